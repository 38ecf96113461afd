// fmod -- exact remainder of division toward zero, with the sign of a; of integers, 0 where b is 0
//
//! op        fmod(a, b) -> r
//! loop      T T -> T          for int float
//! torch     T T -> T          for int float
//! function  truncated_remainder
//! use       integer fmod
//! ulp       f16 0  bf16 0  f32 0  f64 0

#if T_IS_INT
static inline R truncated_remainder(T a, T b)
{
    return FN(rest)(a, b);
}
#else
static inline R truncated_remainder(T a, T b)
{
    return FN(fmod)(a, b);
}
#endif
