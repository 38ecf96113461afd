// log -- the natural logarithm
//
//! op        log(x) -> y
//! loop      T -> T            for float complex
//! function  natural_logarithm
//! use       log for float
//! use       complex_log for complex
//! use_real  atan2 for complex
//! ulp       f16 0.5  bf16 0.5  f32 0.65  f64 0.7  c64 3  c128 3

#if T_IS_COMPLEX
static inline R natural_logarithm(T x)
{
    T_REAL k;
    const T_REAL rest = FN(log_modulus)(x.x, 0, x.y, &k);
    return (T)(FN(log_of_size)(x, FN(natural)(k, rest)), RFN(atan2)(x.y, x.x));
}
#else
static inline R natural_logarithm(T x)
{
    return FN(log)(x);
}
#endif
