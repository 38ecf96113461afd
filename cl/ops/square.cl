// square -- x * x
//
//! op        square(x) -> y
//! loop      T -> T            for int float complex
//! torch     T -> T            for i64 from bool
//! torch     T -> T            for int float complex
//! use       complex
//! ulp       f16 0.5  bf16 0.5  f32 0.5  f64 0.5

#if T_IS_INT
static inline R square(T x)
{
    return (R)((T_WRAP)x * (T_WRAP)x);
}
#elif T_IS_COMPLEX
static inline R square(T x)
{
    return FN(complex_multiply)(x, x);
}
#else
static inline R square(T x)
{
    return x * x;
}
#endif
