// bessel_j0 -- Bessel function of the first kind, order 0
//
//! op        bessel_j0(x) -> y
//! loop      T -> T            for float
//! use       bessel_j0_near bessel_wave0
//! usual
//! ulp       f16 0.51  bf16 0.51  f32 4|1e-9  f64 4|4e-18

static inline int bessel_j0_is_usual(T x)
{
    return FN(trig_is_usual)(x);
}

static inline R bessel_j0_of(T x, T_BITS_INT k, T r, T low)
{
    const T a = fabs(x), far = FN(bessel_wave0)(a, k + 1, r, low);
    return a < 3 ? FN(bessel_j0_near)(a) : far;
}

static inline R bessel_j0_usual(T x)
{
    T r, low;
    const T_BITS_INT k = FN(quarter_turns_usual)(fabs(x), &r, &low);
    return bessel_j0_of(x, k, r, low);
}

static inline R bessel_j0(T x)
{
    T r, low;
    const T_BITS_INT k = FN(quarter_turns)(fabs(x), &r, &low);
    return bessel_j0_of(x, k, r, low);
}
