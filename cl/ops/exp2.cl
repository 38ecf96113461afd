// exp2 -- 2^x
//
//! op        exp2(x) -> y
//! loop      T -> T            for float
//! function  exp2_
//! use       exp2
//! ulp       f16 0.5  bf16 0.5  f32 0.76  f64 0.8

static inline R exp2_(T x)
{
    return FN(exp2)(x);
}
