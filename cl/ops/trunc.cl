// trunc -- rounded to a whole number, toward zero
//
//! op        trunc(x) -> y
//! loop      T -> T            for bool int float
//! torch     T -> T            for int float
//! alias     fix
//! use       whole for float
//! function  round_trunc

#if T_IS_FLOAT
static inline R round_trunc(T x)
{
    return FN(trunc)(x);
}
#else
static inline R round_trunc(T x)
{
    return x;
}
#endif
