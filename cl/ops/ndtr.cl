// ndtr -- the normal distribution: the integral of e^(-t^2 / 2) / sqrt(2 pi) from -inf to x
//
//! op        ndtr(x) -> y
//! loop      T -> T            for float
//! use       ndtr
//! function  normal_below
//! ulp       f16 0.5  bf16 0.5  f32 0.9  f64 0.9

static inline R normal_below(T x)
{
    return FN(ndtr)(x);
}
