// tanh -- hyperbolic tangent
//
//! op        tanh(x) -> y
//! loop      T -> T            for float
//! function  tanh_
//! use       tanh
//! ulp       f16 0.5  bf16 0.5  f32 0.75  f64 0.75

static inline R tanh_(T x)
{
    return FN(tanh)(x);
}
