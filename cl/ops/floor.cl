// floor -- rounded to a whole number, toward minus infinity
//
//! op        floor(x) -> y
//! loop      T -> T            for bool int float
//! torch     T -> T            for int float
//! use       whole for float
//! function  round_floor

#if T_IS_FLOAT
static inline R round_floor(T x)
{
    return FN(floor)(x);
}
#else
static inline R round_floor(T x)
{
    return x;
}
#endif
