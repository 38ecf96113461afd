// hypot -- sqrt(a^2 + b^2), without overflow on the way
//
//! op        hypot(a, b) -> y
//! loop      T T -> T          for float
//! torch     T T -> T          for float
//! function  hypotenuse
//! use       hypot
//! ulp       f16 0.5  bf16 0.5  f32 0.76  f64 0.76

static inline R hypotenuse(T a, T b)
{
    return FN(hypot)(a, b);
}
