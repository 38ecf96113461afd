// mvlgamma -- logarithm of the multivariate gamma function of dimension p, at most 16384
//
//! op        mvlgamma(x) -> y
//! param     p : i32 = 1
//! loop      T -> T            for float
//! torch     T -> T            for float
//! torch     T -> T            for f32 from int
//! alias     multigammaln
//! use       mvlgamma
//! ulp       f16 0.5  bf16 0.5  f32 2|1e-7  f64 2|1e-16

static inline R mvlgamma(T x, int p)
{
    return FN(mvlgamma)(x, p);
}
