// sinc -- sin(pi x) / (pi x), and 1 of 0
//
//! op        sinc(x) -> y
//! loop      T -> T            for f64 from bool int
//! loop      T -> T            for float complex
//! torch     T -> T            for f32 from bool int
//! torch     T -> T            for float complex
//! function  sine_ratio
//! use       sinc for float
//! use       complex_sinc for complex
//! ulp       f16 0.5  bf16 0.5  f32 1  f64 1  c64 4  c128 4

#if T_IS_COMPLEX
static inline R sine_ratio(T x)
{
    return FN(complex_sinc)(x);
}
#else
static inline R sine_ratio(T x)
{
    return FN(sinc)(x);
}
#endif
