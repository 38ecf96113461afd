// add -- sum, element by element; bool + bool is logical or
//
//! op        add(a, b) -> y
//! loop      bool bool -> bool
//! loop      T T -> T          for int float complex
//! identity  0
//! flags     commutative
//! ulp       f16 0.5  bf16 0.5  f32 0.5  f64 0.5

#if T_IS_BOOL
static inline R add(T a, T b)
{
    return a | b;
}
#elif T_IS_INT
static inline R add(T a, T b)
{
    return (R)((T_WRAP)a + (T_WRAP)b);
}
#elif T_IS_COMPLEX
static inline R add(T a, T b)
{
    return (R)(a.x + b.x, a.y + b.y);
}
#else
static inline R add(T a, T b)
{
    return a + b;
}
#endif
