// floor_divide -- quotient rounded toward minus infinity; of integers, 0 where b is 0
//
//! op        floor_divide(a, b) -> q
//! loop      T T -> T          for int float
//! torch     T T -> T          for int float
//! use       floor_divide

static inline R floor_divide(T a, T b)
{
    T remainder;
    return FN(floor_divide)(a, b, &remainder);
}

//! op        remainder(a, b) -> r
//! doc       what floor_divide leaves, with the sign of b; of integers, 0 where b is 0
//! loop      T T -> T          for int float
//! torch     T T -> T          for int float
//! alias     mod
//! function  floor_remainder
//! use       floor_divide

static inline R floor_remainder(T a, T b)
{
    T remainder;
    FN(floor_divide)(a, b, &remainder);
    return remainder;
}

//! op        divmod(a, b) -> q, r
//! doc       floor_divide and remainder
//! loop      T T -> T T        for int float
//! torch     T T -> T T        for int float
//! use       floor_divide

static inline void divmod(T a, T b, R0 *q, R1 *r)
{
    *q = FN(floor_divide)(a, b, r);
}
