// where -- a where the condition is true, else b
//
//! op        where(condition, a, b) -> y
//! loop      bool T T -> T     for any

static inline R where(T0 condition, T a, T b)
{
    return condition ? a : b;
}
