// clip -- min(max(x, low), high): high where low > high, NaN where a bound is NaN
//
//! op        clip(x, low, high) -> y
//! loop      T T T -> T        for any
//! torch     T T T -> T        for int float
//! alias     clamp
//! use       order

static inline R clip(T x, T low, T high)
{
    return FN(minimum)(FN(maximum)(x, low), high);
}
