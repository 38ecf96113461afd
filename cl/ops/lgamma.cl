// lgamma -- logarithm of |Gamma(x)|
//
//! op        lgamma(x) -> y
//! loop      T -> T            for float
//! alias     gammaln
//! function  log_gamma
//! usual
//! use       lgamma
//! ulp       f16 0.5  bf16 0.5  f32 1|2e-8  f64 1|3e-17

static inline int log_gamma_is_usual(T x)
{
    return x > 0;
}

static inline R log_gamma_usual(T x)
{
    return FN(lgamma_usual)(x);
}

static inline R log_gamma(T x)
{
    return FN(lgamma)(x);
}
