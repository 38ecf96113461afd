// signbit -- whether the sign bit is set, also of -0 and NaN
//
//! op        signbit(x) -> y
//! loop      T -> bool         for bool int float
//! function  is_minus

#if T_IS_FLOAT
static inline R is_minus(T x)
{
    return AS_INT(x) < 0;
}
#else
static inline R is_minus(T x)
{
    return x < 0;
}
#endif
