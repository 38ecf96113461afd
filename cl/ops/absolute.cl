// absolute -- absolute value; of complex numbers, the modulus
//
//! op        absolute(x) -> y
//! loop      T -> T            for bool int float
//! loop      T -> T.real       for complex
//! torch     T -> T            for int float
//! torch     T -> T.real       for complex
//! alias     abs
//! use       integer complex
//! ulp       c64 1  c128 1

#if T_IS_INT
static inline R absolute(T x)
{
    return (R)FN(magnitude)(x);
}
#elif T_IS_COMPLEX
static inline R absolute(T x)
{
    return FN(modulus)(x);
}
#elif T_IS_FLOAT
static inline R absolute(T x)
{
    return fabs(x);
}
#else
static inline R absolute(T x)
{
    return x;
}
#endif
