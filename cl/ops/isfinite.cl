// isfinite -- whether x is neither infinite nor NaN; of a complex number, neither part
//
//! op        isfinite(x) -> y
//! loop      T -> bool         for any
//! function  is_finite

#if T_IS_COMPLEX
static inline R is_finite(T x)
{
    return (fabs(x.x) < INFINITY) & (fabs(x.y) < INFINITY);
}
#elif T_IS_FLOAT
static inline R is_finite(T x)
{
    return fabs(x) < INFINITY;
}
#else
static inline R is_finite(T x)
{
    return 1;
}
#endif

//! op        isinf(x) -> y
//! doc       whether x, or a part of it, is infinite
//! loop      T -> bool         for any
//! function  is_infinite

#if T_IS_COMPLEX
static inline R is_infinite(T x)
{
    return (fabs(x.x) == INFINITY) | (fabs(x.y) == INFINITY);
}
#elif T_IS_FLOAT
static inline R is_infinite(T x)
{
    return fabs(x) == INFINITY;
}
#else
static inline R is_infinite(T x)
{
    return 0;
}
#endif

//! op        isnan(x) -> y
//! doc       whether x, or a part of it, is NaN
//! loop      T -> bool         for any
//! function  is_nan
//! use       order

static inline R is_nan(T x)
{
    return FN(is_nan)(x);
}

//! op        isposinf(x) -> y
//! doc       whether x is plus infinity
//! loop      T -> bool         for bool int float
//! function  is_plus_infinity

static inline R is_plus_infinity(T x)
{
    return T_IS_FLOAT && x == INFINITY;
}

//! op        isneginf(x) -> y
//! doc       whether x is minus infinity
//! loop      T -> bool         for bool int float
//! function  is_minus_infinity

static inline R is_minus_infinity(T x)
{
    return T_IS_FLOAT && x == -INFINITY;
}
