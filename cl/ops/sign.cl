// sign -- -1, 0 or 1; of NaN, NaN; of a complex number, the number over its modulus
//
//! op        sign(x) -> y
//! loop      T -> T            for int float complex
//! numpy_error bool
//! torch     T -> T            for any
//! alias     sgn
//! function  sign_of
//! use       complex

#if T_IS_COMPLEX
static inline R sign_of(T x)
{
    return FN(complex_sign)(x);
}
#elif T_IS_FLOAT
static inline R sign_of(T x)
{
    return x != x ? x : (R)((x > 0) - (x < 0));
}
#else
static inline R sign_of(T x)
{
    return (R)((x > 0) - (x < 0));
}
#endif
