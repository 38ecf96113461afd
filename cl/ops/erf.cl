// erf -- the error function, 2 / sqrt(pi) times the integral of e^(-t^2) from 0 to x
//
//! op        erf(x) -> y
//! loop      T -> T            for float
//! use       erf
//! function  error_function
//! ulp       f16 0.5  bf16 0.5  f32 0.84  f64 0.9

static inline R error_function(T x)
{
    return FN(erf)(x);
}
