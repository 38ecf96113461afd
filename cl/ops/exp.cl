// exp -- e^x
//
//! op        exp(x) -> y
//! loop      T -> T            for float
//! function  exp_
//! use       exp
//! ulp       f16 0.5  bf16 0.5  f32 0.76  f64 0.76

static inline R exp_(T x)
{
    return FN(exp)(x);
}
