// acosh -- the inverse hyperbolic cosine, for x >= 1
//
//! op        acosh(x) -> y
//! loop      T -> T            for float complex
//! alias     arccosh
//! function  inverse_cosh
//! use       acosh for float
//! use       complex_asin for complex
//! ulp       f16 0.5  bf16 0.5  f32 0.7  f64 0.7  c64 3  c128 3

#if T_IS_COMPLEX
// acos turned by a quarter, so that the real part is not negative.
static inline R inverse_cosh(T x)
{
    const T arc = FN(complex_acos)(x);
    return (T)(fabs(arc.y), copysign(arc.x, x.y));
}
#else
static inline R inverse_cosh(T x)
{
    return FN(acosh)(x);
}
#endif
