// divide -- quotient, element by element; of integers, a float
//
//! op        divide(a, b) -> y
//! loop      T T -> T          for f64 from bool int
//! loop      T T -> T          for float complex
//! torch     T T -> T          for f32 from bool int
//! torch     T T -> T          for float complex
//! alias     true_divide div
//! use       complex
//! ulp       f16 0.5  bf16 0.5  f32 0.5  f64 0.5

#if T_IS_COMPLEX
static inline R divide(T a, T b)
{
    return FN(complex_divide)(a, b);
}
#else
static inline R divide(T a, T b)
{
    return a / b;
}
#endif
