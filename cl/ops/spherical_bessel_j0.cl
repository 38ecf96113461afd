// spherical_bessel_j0 -- spherical Bessel function of the first kind, order 0: sin(x) / x
//
//! op        spherical_bessel_j0(x) -> y
//! loop      T -> T            for float
//! use       sin_cos
//! usual
//! ulp       f16 0.51  bf16 0.51  f32 1.6  f64 1.5

static inline int spherical_bessel_j0_is_usual(T x)
{
    return FN(trig_is_usual)(x);
}

static inline R spherical_bessel_j0_of(T x, T sine)
{
    return x == 0 ? 1 : fabs(x) == INFINITY ? 0 : sine / x;
}

static inline R spherical_bessel_j0_usual(T x)
{
    return spherical_bessel_j0_of(x, FN(sin_usual)(x));
}

static inline R spherical_bessel_j0(T x)
{
    return spherical_bessel_j0_of(x, FN(sin)(x));
}
