// sinc -- sin(pi x) / (pi x), and 1 of 0
//
//! op        sinc(x) -> y
//! loop      T -> T            for f64 from bool int
//! loop      T -> T            for float
//! torch     T -> T            for f32 from bool int
//! torch     T -> T            for float
//! function  sinc_
//! use       sinc
//! ulp       f16 0.5  bf16 0.5  f32 1  f64 1

static inline R sinc_(T x)
{
    return FN(sinc)(x);
}
