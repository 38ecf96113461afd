// maximum -- the larger of two; NaN if either is NaN
//
//! op        maximum(a, b) -> y
//! loop      T T -> T          for any
//! torch     T T -> T          for bool int float
//! use       order

static inline R maximum(T a, T b)
{
    return FN(maximum)(a, b);
}

//! op        minimum(a, b) -> y
//! doc       the smaller of two; NaN if either is NaN
//! loop      T T -> T          for any
//! torch     T T -> T          for bool int float
//! use       order

static inline R minimum(T a, T b)
{
    return FN(minimum)(a, b);
}

//! op        fmax(a, b) -> y
//! doc       the larger of two; the other if one is NaN
//! loop      T T -> T          for any
//! torch     T T -> T          for bool int float
//! function  larger_number
//! use       order

static inline R larger_number(T a, T b)
{
    return FN(choose)(FN(is_nan)(b), a, FN(larger)(a, b));
}

//! op        fmin(a, b) -> y
//! doc       the smaller of two; the other if one is NaN
//! loop      T T -> T          for any
//! torch     T T -> T          for bool int float
//! function  smaller_number
//! use       order

static inline R smaller_number(T a, T b)
{
    return FN(choose)(FN(is_nan)(b), a, FN(smaller)(a, b));
}
