// reciprocal -- 1 / x; of integers toward zero, and 0 for 0
//
//! op        reciprocal(x) -> y
//! loop      T -> T            for int float complex
//! torch     T -> T            for f32 from bool int
//! torch     T -> T            for float complex
//! use       complex
//! ulp       f16 0.5  bf16 0.5  f32 0.5  f64 0.5

#if T_IS_SIGNED
static inline R reciprocal(T x)
{
    return (R)((x == 1) - (x == -1));
}
#elif T_IS_UNSIGNED
static inline R reciprocal(T x)
{
    return x == 1;
}
#elif T_IS_COMPLEX
static inline R reciprocal(T x)
{
    return FN(complex_reciprocal)(x);
}
#else
static inline R reciprocal(T x)
{
    return 1 / x;
}
#endif
