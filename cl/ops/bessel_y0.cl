// bessel_y0 -- Bessel function of the second kind, order 0
//
//! op        bessel_y0(x) -> y
//! loop      T -> T            for float
//! use       bessel_y0_near bessel_wave0
//! usual
//! ulp       f16 0.51  bf16 0.51  f32 4|1e-9  f64 4|4e-18

static inline int bessel_y0_is_usual(T x)
{
    return FN(trig_is_usual)(x);
}

static inline R bessel_y0_of(T x, T_BITS_INT k, T r, T low)
{
    const T far = FN(bessel_wave0)(x, k, r, low);
    return x < 3 ? FN(bessel_y0_near)(x) : far;
}

static inline R bessel_y0_usual(T x)
{
    T r, low;
    const T_BITS_INT k = FN(quarter_turns_usual)(x, &r, &low);
    return bessel_y0_of(x, k, r, low);
}

static inline R bessel_y0(T x)
{
    T r, low;
    const T_BITS_INT k = FN(quarter_turns)(x, &r, &low);
    return bessel_y0_of(x, k, r, low);
}
