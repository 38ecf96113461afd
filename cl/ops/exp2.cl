// exp2 -- 2^x
//
//! op        exp2(x) -> y
//! loop      T -> T            for float complex
//! function  power_of_2
//! use       exp2 for float
//! use       complex_forms for complex
//! usual     for complex
//! ulp       f16 0.5  bf16 0.5  f32 0.78  f64 0.8  c64 3  c128 3

#if T_IS_COMPLEX
// e^(x log 2), the products in two words. Past 2^20 (2^48) the angle is rounded to its own last place.
static inline R power_of_2_turned(T x, T_REAL sine, T_REAL cosine)
{
    const T_REAL log2 = T_C(0.69314718055994530942);
    const T_REAL log2_low = T_IS_DOUBLE ? T_C(2.3190468138462996e-17) : T_C(-1.9046542999577680e-9);
    const T_REAL real = x.x * log2, angle = x.y * log2;
    const T_REAL real_low = fma(x.x, log2, -real) + x.x * log2_low;
    const T_REAL angle_rest = fma(x.y, log2, -angle) + x.y * log2_low;
    const T_REAL angle_low = fabs(x.y) < (T_IS_DOUBLE ? T_C(0x1p48) : T_C(0x1p20)) ? angle_rest : 0;
    return FN(complex_exp)((T)(real, angle), real_low, fma(cosine, angle_low, sine),
                           fma(-sine, angle_low, cosine));
}

CLW_FORMS(power_of_2, x.y * T_C(0.69314718055994530942), power_of_2_turned(x, sine, cosine))
#else
static inline R power_of_2(T x)
{
    return FN(exp2)(x);
}
#endif
