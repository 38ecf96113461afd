// equal -- whether a equals b
//
//! op        equal(a, b) -> y
//! loop      T T -> bool       for any
//! loop      i64 u64 -> bool
//! loop      u64 i64 -> bool
//! torch     T T -> bool       for any
//! alias     eq
//! flags     commutative exact_compare

static inline R equal(T0 a, T1 b)
{
#if T_IS_COMPLEX
    return (a.x == b.x) & (a.y == b.y);
#elif T_IS_INT && T_BITS == 64 // also i64 with u64: of one sign, they compare as u64
    return ((a < 0) == (b < 0)) & (a == b);
#else
    return a == b;
#endif
}

//! op        not_equal(a, b) -> y
//! doc       whether a differs from b; true for NaN
//! loop      T T -> bool       for any
//! loop      i64 u64 -> bool
//! loop      u64 i64 -> bool
//! torch     T T -> bool       for any
//! alias     ne
//! flags     commutative exact_compare

static inline R not_equal(T0 a, T1 b)
{
#if T_IS_COMPLEX
    return (a.x != b.x) | (a.y != b.y);
#elif T_IS_INT && T_BITS == 64
    return ((a < 0) != (b < 0)) | (a != b);
#else
    return a != b;
#endif
}
