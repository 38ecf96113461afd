// digamma -- psi(x), the derivative of log Gamma(x)
//
//! op        digamma(x) -> y
//! loop      T -> T            for float
//! alias     psi
//! use       digamma
//! ulp       f16 0.5  bf16 0.5  f32 1|2e-8  f64 1|5e-17

static inline R digamma(T x)
{
    return FN(digamma)(x);
}
