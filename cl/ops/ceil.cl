// ceil -- rounded to a whole number, toward plus infinity
//
//! op        ceil(x) -> y
//! loop      T -> T            for bool int float
//! torch     T -> T            for int float
//! use       whole for float
//! function  round_ceil

#if T_IS_FLOAT
static inline R round_ceil(T x)
{
    return FN(ceil)(x);
}
#else
static inline R round_ceil(T x)
{
    return x;
}
#endif
