// rsqrt -- 1 / sqrt(x)
//
//! op        rsqrt(x) -> y
//! loop      T -> T            for float complex
//! function  inverse_root
//! use       rsqrt for float
//! use       complex for complex
//! ulp       f16 0.5  bf16 0.5  f32 0.5001  f64 0.5001  c64 4  c128 4

#if T_IS_COMPLEX
static inline R inverse_root(T x)
{
    return FN(complex_reciprocal)(FN(complex_sqrt)(x));
}
#else
static inline R inverse_root(T x)
{
    return FN(rsqrt)(x);
}
#endif
