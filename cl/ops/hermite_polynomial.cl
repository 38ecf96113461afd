// hermite_polynomial_h -- physicists' Hermite polynomial of degree n; NaN for a degree above 2048
//
//! op     hermite_polynomial_h(x, n) -> y
//! loop   T T -> T        for float
//! use    hermite
//! usual
//! ulp    f16 0.5  bf16 0.5  f32 1|1e-6  f64 1|1e-20

static inline int hermite_polynomial_h_is_usual(T x, T n)
{
    return FN(is_small)(x, n);
}

static inline R hermite_polynomial_h_usual(T x, T n)
{
    return FN(hermite_usual)(x, n, 2);
}

static inline R hermite_polynomial_h(T x, T n)
{
    return FN(hermite)(x, n, 2);
}

//! op     hermite_polynomial_he(x, n) -> y
//! doc    probabilists' Hermite polynomial of degree n; NaN for a degree above 2048
//! loop   T T -> T        for float
//! use    hermite
//! usual
//! ulp    f16 0.5  bf16 0.5  f32 1|1e-6  f64 1|1e-20

static inline int hermite_polynomial_he_is_usual(T x, T n)
{
    return FN(is_small)(x, n);
}

static inline R hermite_polynomial_he_usual(T x, T n)
{
    return FN(hermite_usual)(x, n, 1);
}

static inline R hermite_polynomial_he(T x, T n)
{
    return FN(hermite)(x, n, 1);
}
