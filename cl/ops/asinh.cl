// asinh -- the inverse hyperbolic sine
//
//! op        asinh(x) -> y
//! loop      T -> T            for float complex
//! alias     arcsinh
//! function  inverse_sinh
//! use       asinh for float
//! use       complex_asin complex for complex
//! ulp       f16 0.5  bf16 0.5  f32 0.8  f64 0.8  c64 3  c128 3

#if T_IS_COMPLEX
// i asin(x / i)
static inline R inverse_sinh(T x)
{
    return FN(times_i)(FN(complex_asin)(FN(over_i)(x)));
}
#else
static inline R inverse_sinh(T x)
{
    return FN(asinh)(x);
}
#endif
