// expm1 -- e^x - 1, accurate near 0
//
//! op        expm1(x) -> y
//! loop      T -> T            for float complex
//! function  exponential_less_one
//! use       expm1 for float
//! use       complex_forms complex_expm1 for complex
//! usual     for complex
//! ulp       f16 0.5  bf16 0.5  f32 0.9  f64 0.9  c64 3  c128 3

#if T_IS_COMPLEX
CLW_FORMS(exponential_less_one, x.y, FN(complex_expm1)(x, sine, cosine))
#else
static inline R exponential_less_one(T x)
{
    return FN(expm1)(x);
}
#endif
