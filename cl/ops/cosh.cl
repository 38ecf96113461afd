// cosh -- hyperbolic cosine
//
//! op        cosh(x) -> y
//! loop      T -> T            for float
//! function  cosh_
//! use       cosh
//! ulp       f16 0.5  bf16 0.5  f32 0.72  f64 0.72

static inline R cosh_(T x)
{
    return FN(cosh)(x);
}
