// multiply -- product, element by element; bool * bool is logical and
//
//! op        multiply(a, b) -> y
//! loop      bool bool -> bool
//! loop      T T -> T          for int float complex
//! alias     mul
//! identity  1
//! flags     commutative
//! use       complex
//! ulp       f16 0.5  bf16 0.5  f32 0.5  f64 0.5

#if T_IS_BOOL
static inline R multiply(T a, T b)
{
    return a & b;
}
#elif T_IS_INT
static inline R multiply(T a, T b)
{
    return (R)((T_WRAP)a * (T_WRAP)b);
}
#elif T_IS_COMPLEX
static inline R multiply(T a, T b)
{
    return FN(complex_multiply)(a, b);
}
#else
static inline R multiply(T a, T b)
{
    return a * b;
}
#endif
