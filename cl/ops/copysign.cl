// copysign -- the magnitude of a with the sign of b
//
//! op        copysign(a, b) -> y
//! loop      T T -> T          for float
//! function  with_sign_of
//! ulp       f16 0  bf16 0  f32 0  f64 0

static inline R with_sign_of(T a, T b)
{
    return copysign(a, b);
}
