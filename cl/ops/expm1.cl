// expm1 -- e^x - 1, accurate near 0
//
//! op        expm1(x) -> y
//! loop      T -> T            for float
//! function  expm1_
//! use       expm1
//! ulp       f16 0.5  bf16 0.5  f32 0.9  f64 0.9

static inline R expm1_(T x)
{
    return FN(expm1)(x);
}
