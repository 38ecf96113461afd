// exp2 -- 2^x; of complex numbers with its phase for imaginary parts up to 2^20
//
//! op        exp2(x) -> y
//! loop      T -> T            for float complex
//! function  power_of_2
//! use       exp2 for float
//! use       complex_exp2 for complex
//! usual     for complex
//! ulp       f16 0.5  bf16 0.5  f32 0.88  f64 0.9  c64 3  c128 3

#if T_IS_COMPLEX
static inline int power_of_2_is_usual(T x)
{
    return FN(exp2_is_usual)(x);
}

static inline R power_of_2_usual(T x)
{
    return FN(complex_exp2)(x, 1);
}

static inline R power_of_2(T x)
{
    return FN(complex_exp2)(x, 0);
}
#else
static inline R power_of_2(T x)
{
    return FN(exp2)(x);
}
#endif
