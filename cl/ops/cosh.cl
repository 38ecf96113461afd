// cosh -- hyperbolic cosine
//
//! op        cosh(x) -> y
//! loop      T -> T            for float complex
//! function  hyperbolic_cosine
//! use       cosh for float
//! use       complex_forms for complex
//! usual     for complex
//! ulp       f16 0.5  bf16 0.5  f32 0.75  f64 0.75  c64 3  c128 3

#if T_IS_COMPLEX
CLW_FORMS(hyperbolic_cosine, x.y, FN(complex_cosh)(x, sine, cosine))
#else
static inline R hyperbolic_cosine(T x)
{
    return FN(cosh)(x);
}
#endif
