// logical_and -- whether both are true; anything but zero is, also NaN
//
//! op        logical_and(a, b) -> y
//! loop      T T -> bool       for any
//! loop      i64 u64 -> bool
//! loop      u64 i64 -> bool
//! torch     T T -> bool       for any
//! flags     commutative exact_compare
//! use       truth

static inline R logical_and(T0 a, T1 b)
{
    return FN(is_true)(a) & FN(is_true)(b);
}

//! op        logical_or(a, b) -> y
//! doc       whether either is true
//! loop      T T -> bool       for any
//! loop      i64 u64 -> bool
//! loop      u64 i64 -> bool
//! torch     T T -> bool       for any
//! flags     commutative exact_compare
//! use       truth

static inline R logical_or(T0 a, T1 b)
{
    return FN(is_true)(a) | FN(is_true)(b);
}

//! op        logical_xor(a, b) -> y
//! doc       whether just one is true
//! loop      T T -> bool       for any
//! loop      i64 u64 -> bool
//! loop      u64 i64 -> bool
//! torch     T T -> bool       for any
//! flags     commutative exact_compare
//! use       truth

static inline R logical_xor(T0 a, T1 b)
{
    return FN(is_true)(a) ^ FN(is_true)(b);
}

//! op        logical_not(x) -> y
//! doc       whether x is zero
//! loop      T -> bool         for any
//! use       truth

static inline R logical_not(T x)
{
    return !FN(is_true)(x);
}
