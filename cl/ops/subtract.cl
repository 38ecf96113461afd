// subtract -- difference, element by element
//
//! op        subtract(a, b) -> y
//! loop      T T -> T          for int float complex
//! numpy_error bool bool
//! alias     sub
//! flags     torch_no_bool
//! ulp       f16 0.5  bf16 0.5  f32 0.5  f64 0.5

#if T_IS_INT
static inline R subtract(T a, T b)
{
    return (R)((T_WRAP)a - (T_WRAP)b);
}
#elif T_IS_COMPLEX
static inline R subtract(T a, T b)
{
    return (R)(a.x - b.x, a.y - b.y);
}
#else
static inline R subtract(T a, T b)
{
    return a - b;
}
#endif
