// rint -- rounded to the nearest whole number, half to even; of complex numbers, each part
//
//! op        rint(x) -> y
//! loop      bool -> f16
//! loop      T -> T            for int float complex
//! torch     T -> T            for int float
//! alias     round
//! use       whole for float complex
//! function  round_rint

#if T_IS_COMPLEX
static inline R round_rint(T x)
{
    return (R)(FN(rint)(x.x), FN(rint)(x.y));
}
#elif T_IS_FLOAT
static inline R round_rint(T x)
{
    return FN(rint)(x);
}
#else
static inline R round_rint(T x)
{
    return x;
}
#endif
