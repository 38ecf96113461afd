// igamma -- lower incomplete gamma function P(a, x), regularised
//
//! op        igamma(a, x) -> y
//! loop      T T -> T          for float
//! torch     T T -> T          for float
//! alias     gammainc
//! use       igamma
//! ulp       f16 0.5  bf16 0.5  f32 1.5  f64 1.5

static inline R igamma(T a, T x)
{
    return FN(igamma)(a, x, 0);
}

//! op        igammac(a, x) -> y
//! doc       upper incomplete gamma function Q(a, x), regularised
//! loop      T T -> T          for float
//! torch     T T -> T          for float
//! alias     gammaincc
//! use       igamma
//! ulp       f16 0.5  bf16 0.5  f32 3  f64 3

static inline R igammac(T a, T x)
{
    return FN(igamma)(a, x, 1);
}
