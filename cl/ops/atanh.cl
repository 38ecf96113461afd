// atanh -- the inverse hyperbolic tangent, for |x| <= 1
//
//! op        atanh(x) -> y
//! loop      T -> T            for float complex
//! alias     arctanh
//! function  inverse_tanh
//! use       atanh for float
//! use       complex_atanh for complex
//! ulp       f16 0.5  bf16 0.5  f32 0.7  f64 0.7  c64 3  c128 3

#if T_IS_COMPLEX
static inline R inverse_tanh(T x)
{
    return FN(complex_atanh)(x);
}
#else
static inline R inverse_tanh(T x)
{
    return FN(atanh)(x);
}
#endif
