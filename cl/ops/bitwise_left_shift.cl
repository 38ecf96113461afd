// bitwise_left_shift -- x shifted toward higher bits; 0 if count is negative or the width or more
//
//! op        bitwise_left_shift(x, count) -> y
//! loop      T T -> T          for int
//! torch     T T -> T          for int
//! alias     left_shift

static inline R bitwise_left_shift(T x, T count)
{
    const T_WRAP shifted = (T_WRAP)x << (count & (T_BITS - 1));
    return (T_UNSIGNED)count < T_BITS ? (R)shifted : 0;
}

//! op        bitwise_right_shift(x, count) -> y
//! doc       x shifted toward lower bits, its sign kept; 0 or -1 where the left shift gives 0
//! loop      T T -> T          for int
//! torch     T T -> T          for int
//! alias     right_shift

static inline R bitwise_right_shift(T x, T count)
{
    const int inside = (T_UNSIGNED)count < T_BITS;
    const T shifted = x >> (count & (T_BITS - 1));
    return inside ? shifted : (R)(x < 0 ? -1 : 0);
}
