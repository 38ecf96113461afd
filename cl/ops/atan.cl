// atan -- arc tangent
//
//! op        atan(x) -> y
//! loop      T -> T            for float complex
//! alias     arctan
//! function  arctangent
//! use       atan for float
//! use       complex_atanh complex for complex
//! ulp       f16 0.5  bf16 0.5  f32 0.8  f64 0.8  c64 3  c128 3

#if T_IS_COMPLEX
// atanh(i x) / i
static inline R arctangent(T x)
{
    return FN(over_i)(FN(complex_atanh)(FN(times_i)(x)));
}
#else
static inline R arctangent(T x)
{
    return FN(atan)(x);
}
#endif
