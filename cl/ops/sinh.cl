// sinh -- hyperbolic sine
//
//! op        sinh(x) -> y
//! loop      T -> T            for float
//! function  sinh_
//! use       sinh
//! ulp       f16 0.5  bf16 0.5  f32 0.8  f64 0.8

static inline R sinh_(T x)
{
    return FN(sinh)(x);
}
