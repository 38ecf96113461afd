// frac -- fractional part, x - trunc(x); NaN for infinities
//
//! op        frac(x) -> y
//! loop      T -> T            for float
//! torch     T -> T            for float
//! use       whole
//! ulp       f16 0  bf16 0  f32 0  f64 0

static inline R frac(T x)
{
    return x - FN(trunc)(x);
}

//! op        modf(x) -> fraction, whole
//! doc       fractional and whole part, both with the sign of x; of an infinity, 0 and itself
//! loop      T -> T T          for float
//! use       whole
//! function  split_whole

static inline void split_whole(T x, R0 *fraction, R1 *whole)
{
    const T floored = FN(trunc)(x);
    *whole = floored;
    *fraction = copysign(x == floored ? 0 : x - floored, x);
}
