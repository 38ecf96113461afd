// bessel_j1 -- Bessel function of the first kind, order 1
//
//! op        bessel_j1(x) -> y
//! loop      T -> T            for float
//! use       bessel_j1_near bessel_wave1
//! usual
//! ulp       f16 0.51  bf16 0.51  f32 4|1e-9  f64 4|4e-18

static inline int bessel_j1_is_usual(T x)
{
    return FN(trig_is_usual)(x);
}

static inline R bessel_j1_of(T x, T_BITS_INT k, T r, T low)
{
    const T a = fabs(x), far = FN(bessel_wave1)(a, k, r, low);
    return a < T_C(3.75) ? FN(bessel_j1_near)(x) : copysign((T)1, x) * far;
}

static inline R bessel_j1_usual(T x)
{
    T r, low;
    const T_BITS_INT k = FN(quarter_turns_usual)(fabs(x), &r, &low);
    return bessel_j1_of(x, k, r, low);
}

static inline R bessel_j1(T x)
{
    T r, low;
    const T_BITS_INT k = FN(quarter_turns)(fabs(x), &r, &low);
    return bessel_j1_of(x, k, r, low);
}
