// asin -- arc sine
//
//! op        asin(x) -> y
//! loop      T -> T            for float complex
//! alias     arcsin
//! function  arcsine
//! use       asin for float
//! use       complex_asin for complex
//! ulp       f16 0.5  bf16 0.5  f32 0.7  f64 0.7  c64 3  c128 3

#if T_IS_COMPLEX
static inline R arcsine(T x)
{
    return FN(complex_asin)(x);
}
#else
static inline R arcsine(T x)
{
    return FN(asin)(x);
}
#endif
