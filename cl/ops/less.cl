// less -- whether a < b; false for NaN; complex numbers by real part, then imaginary

// Integers of 64 bits may be i64 with u64: of one sign, they compare as u64; else one is negative.
#undef LESS
#undef LESS_EQUAL
#if T_IS_COMPLEX
#define LESS(a, b) FN(less)(a, b)
#define LESS_EQUAL(a, b) FN(less_equal)(a, b)
#elif T_IS_INT && T_BITS == 64
#define LESS(a, b) (((a) < 0) == ((b) < 0) ? (a) < (b) : (a) < 0)
#define LESS_EQUAL(a, b) (((a) < 0) == ((b) < 0) ? (a) <= (b) : (a) < 0)
#else
#define LESS(a, b) ((a) < (b))
#define LESS_EQUAL(a, b) ((a) <= (b))
#endif

//! op        less(a, b) -> y
//! loop      T T -> bool       for any
//! loop      i64 u64 -> bool
//! loop      u64 i64 -> bool
//! torch     T T -> bool       for bool int float
//! alias     lt
//! flags     exact_compare
//! use       order

static inline R less(T0 a, T1 b)
{
    return LESS(a, b);
}

//! op        less_equal(a, b) -> y
//! doc       whether a <= b; false for NaN
//! loop      T T -> bool       for any
//! loop      i64 u64 -> bool
//! loop      u64 i64 -> bool
//! torch     T T -> bool       for bool int float
//! alias     le
//! flags     exact_compare
//! use       order

static inline R less_equal(T0 a, T1 b)
{
    return LESS_EQUAL(a, b);
}

//! op        greater(a, b) -> y
//! doc       whether a > b; false for NaN
//! loop      T T -> bool       for any
//! loop      i64 u64 -> bool
//! loop      u64 i64 -> bool
//! torch     T T -> bool       for bool int float
//! alias     gt
//! flags     exact_compare
//! use       order

static inline R greater(T0 a, T1 b)
{
    return LESS(b, a);
}

//! op        greater_equal(a, b) -> y
//! doc       whether a >= b; false for NaN
//! loop      T T -> bool       for any
//! loop      i64 u64 -> bool
//! loop      u64 i64 -> bool
//! torch     T T -> bool       for bool int float
//! alias     ge
//! flags     exact_compare
//! use       order

static inline R greater_equal(T0 a, T1 b)
{
    return LESS_EQUAL(b, a);
}
