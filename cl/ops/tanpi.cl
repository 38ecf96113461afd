// tanpi -- tangent of pi x
//
//! op        tanpi(x) -> y
//! loop      T -> T            for float
//! function  tangent_pi
//! use       tan_pi
//! ulp       f16 0.5  bf16 0.5  f32 1  f64 1

static inline R tangent_pi(T x)
{
    return FN(tan_pi)(x);
}
