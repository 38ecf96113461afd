// where -- a where the condition is true, else b
//
//! op        where(condition, a, b) -> y
//! loop      bool T T -> T     for any
//! use       choose

static inline R where(T0 condition, T a, T b)
{
    return FN(choose)(condition, a, b);
}
