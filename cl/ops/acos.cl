// acos -- arc cosine
//
//! op        acos(x) -> y
//! loop      T -> T            for float complex
//! alias     arccos
//! function  arccosine
//! use       acos for float
//! use       complex_asin for complex
//! ulp       f16 0.5  bf16 0.5  f32 0.7  f64 0.7  c64 3  c128 3

#if T_IS_COMPLEX
static inline R arccosine(T x)
{
    return FN(complex_acos)(x);
}
#else
static inline R arccosine(T x)
{
    return FN(acos)(x);
}
#endif
