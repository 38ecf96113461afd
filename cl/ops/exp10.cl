// exp10 -- 10^x
//
//! op        exp10(x) -> y
//! loop      T -> T            for float
//! function  exp10_
//! use       exp10
//! ulp       f16 0.5  bf16 0.5  f32 0.78  f64 0.8

static inline R exp10_(T x)
{
    return FN(exp10)(x);
}
