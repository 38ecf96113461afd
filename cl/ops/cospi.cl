// cospi -- cosine of pi x
//
//! op        cospi(x) -> y
//! loop      T -> T            for float
//! function  cosine_pi
//! use       sin_cos_pi
//! ulp       f16 0.5  bf16 0.5  f32 0.85  f64 0.85

static inline R cosine_pi(T x)
{
    return FN(cos_pi)(x);
}
