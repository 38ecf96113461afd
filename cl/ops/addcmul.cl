// addcmul -- a + value * b * c
//
//! op        addcmul(a, b, c) -> y
//! loop      T T T -> T        for int float complex
//! torch     T T T -> T        for int float complex
//! param     value : T = 1
//! use       complex

#if T_IS_INT
static inline R addcmul(T a, T b, T c, T value)
{
    return (R)((T_WRAP)a + (T_WRAP)value * (T_WRAP)b * (T_WRAP)c);
}
#elif T_IS_COMPLEX
static inline R addcmul(T a, T b, T c, T value)
{
    const T product = FN(complex_multiply)(FN(complex_multiply)(value, b), c);
    return (R)(a.x + product.x, a.y + product.y);
}
#else
static inline R addcmul(T a, T b, T c, T value)
{
    return a + value * b * c;
}
#endif

//! op        addcdiv(a, b, c) -> y
//! doc       a + value * b / c
//! loop      T T T -> T        for float complex
//! torch     T T T -> T        for float complex
//! torch_error any bool,int bool,int
//! param     value : T = 1
//! use       complex

#if T_IS_COMPLEX
static inline R addcdiv(T a, T b, T c, T value)
{
    const T quotient = FN(complex_multiply)(value, FN(complex_divide)(b, c));
    return (R)(a.x + quotient.x, a.y + quotient.y);
}
#else
static inline R addcdiv(T a, T b, T c, T value)
{
    return a + value * (b / c);
}
#endif
