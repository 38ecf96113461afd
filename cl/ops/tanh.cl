// tanh -- hyperbolic tangent
//
//! op        tanh(x) -> y
//! loop      T -> T            for float complex
//! function  hyperbolic_tangent
//! use       tanh for float
//! use       complex_forms for complex
//! usual     for complex
//! ulp       f16 0.5  bf16 0.5  f32 0.98  f64 0.78  c64 4  c128 4

#if T_IS_COMPLEX
CLW_FORMS(hyperbolic_tangent, x.y, FN(complex_tanh)(x, sine, cosine))
#else
static inline R hyperbolic_tangent(T x)
{
    return FN(tanh)(x);
}
#endif
