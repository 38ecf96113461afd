// rsqrt -- 1 / sqrt(x)
//
//! op        rsqrt(x) -> y
//! loop      T -> T            for float
//! function  inverse_root
//! use       rsqrt
//! ulp       f16 0.5  bf16 0.5  f32 0.5001  f64 0.5001

static inline R inverse_root(T x)
{
    return FN(rsqrt)(x);
}
