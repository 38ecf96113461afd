// atan -- arc tangent
//
//! op        atan(x) -> y
//! loop      T -> T            for float
//! alias     arctan
//! function  arctangent
//! use       atan
//! ulp       f16 0.5  bf16 0.5  f32 0.8  f64 0.8

static inline R arctangent(T x)
{
    return FN(atan)(x);
}
