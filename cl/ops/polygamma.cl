// polygamma -- derivative of order n of psi(x), the derivative of log Gamma(x); NaN for negative n
//
//! op        polygamma(x) -> y
//! param     n : i32 = 0
//! loop      T -> T            for float
//! use       polygamma
//! ulp       f16 0.5  bf16 0.5  f32 2|3e-8  f64 2|1e-16

static inline R polygamma(T x, int n)
{
    return FN(polygamma)(x, n);
}
