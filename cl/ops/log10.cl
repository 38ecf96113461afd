// log10 -- the logarithm to base 10
//
//! op        log10(x) -> y
//! loop      T -> T            for float complex
//! function  logarithm_to_10
//! use       log10 for float
//! use       complex_log for complex
//! use_real  atan2 for complex
//! ulp       f16 0.5  bf16 0.5  f32 0.7  f64 0.7  c64 4  c128 4

#if T_IS_COMPLEX
// log_10 2 and 1 / log 10
static inline R logarithm_to_10(T x)
{
    const T_REAL step = T_C(0.30102999566398119521), scale = T_C(0.43429448190325182765);
    T_REAL k;
    const T_REAL rest = FN(log_modulus)(x.x, 0, x.y, &k);
    return (T)(FN(log_of_size)(x, fma(rest, scale, k * step)), scale * RFN(atan2)(x.y, x.x));
}
#else
static inline R logarithm_to_10(T x)
{
    return FN(log10)(x);
}
#endif
