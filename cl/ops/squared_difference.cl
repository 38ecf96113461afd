// squared_difference -- (a - b)^2; of complex numbers |a - b|^2, as a complex number
//
//! op        squared_difference(a, b) -> y
//! loop      T T -> T          for int float complex
//! ulp       f32 1.92  f64 1.92
//! flags     commutative

#if T_IS_INT
static inline R squared_difference(T a, T b)
{
    const T_WRAP difference = (T_WRAP)a - (T_WRAP)b;
    return (R)(difference * difference);
}
#elif T_IS_COMPLEX
static inline R squared_difference(T a, T b)
{
    const T_REAL x = a.x - b.x, y = a.y - b.y;
    return (R)(fma(x, x, y * y), 0);
}
#else
static inline R squared_difference(T a, T b)
{
    const T difference = a - b;
    return difference * difference;
}
#endif
