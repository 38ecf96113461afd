// sinh -- hyperbolic sine
//
//! op        sinh(x) -> y
//! loop      T -> T            for float complex
//! function  hyperbolic_sine
//! use       sinh for float
//! use       complex_forms for complex
//! usual     for complex
//! ulp       f16 0.5  bf16 0.5  f32 0.8  f64 0.8  c64 3  c128 3

#if T_IS_COMPLEX
CLW_FORMS(hyperbolic_sine, x.y, FN(complex_sinh)(x, sine, cosine))
#else
static inline R hyperbolic_sine(T x)
{
    return FN(sinh)(x);
}
#endif
