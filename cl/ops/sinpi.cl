// sinpi -- sine of pi x
//
//! op        sinpi(x) -> y
//! loop      T -> T            for float
//! function  sine_pi
//! use       sin_cos_pi
//! ulp       f16 0.5  bf16 0.5  f32 1  f64 1

static inline R sine_pi(T x)
{
    return FN(sin_pi)(x);
}
