// atan2 -- angle of the point (x, y), from -pi to pi
//
//! op        atan2(y, x) -> angle
//! loop      T T -> T          for float
//! alias     arctan2
//! function  arctangent2
//! use       atan2
//! ulp       f16 0.51  bf16 0.51  f32 0.9  f64 0.9

static inline R arctangent2(T y, T x)
{
    return FN(atan2)(y, x);
}
