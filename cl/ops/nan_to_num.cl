// nan_to_num -- numbers for NaN and infinities; posinf or neginf NaN: the largest finite one
//
//! op        nan_to_num(x) -> y
//! loop      T -> T            for any
//! param     nan : T.real = 0
//! param     posinf : T.real = nan
//! param     neginf : T.real = nan
//! use       finite

#if T_IS_FLOAT
static inline R nan_to_num(T x, T nan, T posinf, T neginf)
{
    return FN(finite)(x, nan, posinf, neginf);
}
#elif T_IS_COMPLEX
static inline R nan_to_num(T x, T_REAL nan, T_REAL posinf, T_REAL neginf)
{
    return (R)(FN(finite)(x.x, nan, posinf, neginf), FN(finite)(x.y, nan, posinf, neginf));
}
#else
static inline R nan_to_num(T x, T nan, T posinf, T neginf)
{
    return x;
}
#endif
