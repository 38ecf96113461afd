// log1p -- log(1 + x), accurate near 0
//
//! op        log1p(x) -> y
//! loop      T -> T            for float complex
//! function  logarithm_of_more
//! use       log1p for float
//! use       complex_log for complex
//! use_real  atan2 for complex
//! ulp       f16 0.5  bf16 0.5  f32 0.8  f64 0.8  c64 4  c128 4

#if T_IS_COMPLEX
static inline R logarithm_of_more(T x)
{
    T_REAL k, low;
    const T_REAL above = RFN(two_sum)(1, x.x, &low);
    const T_REAL rest = FN(log_modulus)(above, low, x.y, &k);
    return (T)(FN(log_of_size)((T)(above, x.y), FN(natural)(k, rest)), RFN(atan2)(x.y, above));
}
#else
static inline R logarithm_of_more(T x)
{
    return FN(log1p)(x);
}
#endif
