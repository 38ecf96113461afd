// cbrt -- cube root
//
//! op        cbrt(x) -> y
//! loop      T -> T            for float
//! function  cube_root
//! use       cbrt
//! ulp       f16 0.5  bf16 0.5  f32 0.5003  f64 0.5001

static inline R cube_root(T x)
{
    return FN(cbrt)(x);
}
