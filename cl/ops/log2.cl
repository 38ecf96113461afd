// log2 -- the logarithm to base 2
//
//! op        log2(x) -> y
//! loop      T -> T            for float complex
//! function  logarithm_to_2
//! use       log2 for float
//! use       complex_log for complex
//! use_real  atan2 for complex
//! ulp       f16 0.5  bf16 0.5  f32 0.75  f64 0.75  c64 4  c128 4

#if T_IS_COMPLEX
// 1 / log 2
static inline R logarithm_to_2(T x)
{
    const T_REAL scale = T_C(1.4426950408889634074);
    T_REAL k;
    const T_REAL rest = FN(log_modulus)(x.x, 0, x.y, &k);
    return (T)(FN(log_of_size)(x, fma(rest, scale, k)), scale * RFN(atan2)(x.y, x.x));
}
#else
static inline R logarithm_to_2(T x)
{
    return FN(log2)(x);
}
#endif
