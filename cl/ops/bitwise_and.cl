// bitwise_and -- the bits that are set in both
//
//! op        bitwise_and(a, b) -> y
//! loop      T T -> T          for bool int
//! torch     T T -> T          for bool int
//! flags     commutative

static inline R bitwise_and(T a, T b)
{
    return a & b;
}

//! op        bitwise_or(a, b) -> y
//! doc       the bits that are set in either
//! loop      T T -> T          for bool int
//! torch     T T -> T          for bool int
//! flags     commutative

static inline R bitwise_or(T a, T b)
{
    return a | b;
}

//! op        bitwise_xor(a, b) -> y
//! doc       the bits that are set in just one
//! loop      T T -> T          for bool int
//! torch     T T -> T          for bool int
//! flags     commutative

static inline R bitwise_xor(T a, T b)
{
    return a ^ b;
}

//! op        bitwise_invert(x) -> y
//! doc       all bits changed; of bool, logical not
//! loop      T -> T            for bool int
//! torch     T -> T            for bool int
//! alias     invert bitwise_not

static inline R bitwise_invert(T x)
{
    return T_IS_BOOL ? !x : (R)~x;
}

//! op        bitwise_count(x) -> y
//! doc       how many bits of the absolute value are set
//! loop      T -> u8           for int
//! use       integer

static inline R bitwise_count(T x)
{
    return (R)popcount(FN(magnitude)(x));
}
