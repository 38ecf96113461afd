// bessel_y1 -- Bessel function of the second kind, order 1
//
//! op        bessel_y1(x) -> y
//! loop      T -> T            for float
//! use       bessel_y1_near bessel_wave1
//! usual
//! ulp       f16 0.51  bf16 0.51  f32 4|1e-9  f64 4|4e-18

static inline int bessel_y1_is_usual(T x)
{
    return FN(trig_is_usual)(x);
}

static inline R bessel_y1_of(T x, T_BITS_INT k, T r, T low)
{
    const T far = FN(bessel_wave1)(x, k - 1, r, low);
    return x < T_C(3.75) ? FN(bessel_y1_near)(x) : far;
}

static inline R bessel_y1_usual(T x)
{
    T r, low;
    const T_BITS_INT k = FN(quarter_turns_usual)(x, &r, &low);
    return bessel_y1_of(x, k, r, low);
}

static inline R bessel_y1(T x)
{
    T r, low;
    const T_BITS_INT k = FN(quarter_turns)(x, &r, &low);
    return bessel_y1_of(x, k, r, low);
}
