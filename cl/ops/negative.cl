// negative -- the number with its sign changed
//
//! op        negative(x) -> y
//! loop      T -> T            for int float complex
//! numpy_error bool
//! torch     T -> T            for int float complex
//! alias     neg

#if T_IS_INT
static inline R negative(T x)
{
    return (R)(0 - (T_WRAP)x);
}
#elif T_IS_COMPLEX
static inline R negative(T x)
{
    return (R)(-x.x, -x.y);
}
#else
static inline R negative(T x)
{
    return -x;
}
#endif
