// lgamma -- logarithm of |Gamma(x)|
//
//! op        lgamma(x) -> y
//! loop      T -> T            for float
//! alias     gammaln
//! function  lgamma_
//! use       lgamma
//! ulp       f16 0.5  bf16 0.5  f32 1|3e-9  f64 1|2e-17

static inline R lgamma_(T x)
{
    return FN(lgamma)(x);
}
