// exp -- e^x
//
//! op        exp(x) -> y
//! loop      T -> T            for float complex
//! function  exponential
//! use       exp for float
//! use       complex_forms for complex
//! usual     for complex
//! ulp       f16 0.5  bf16 0.5  f32 0.78  f64 0.8  c64 2  c128 2

#if T_IS_COMPLEX
CLW_FORMS(exponential, x.y, FN(complex_exp)(x, 0, sine, cosine))
#else
static inline R exponential(T x)
{
    return FN(exp)(x);
}
#endif
