// angle -- of complex numbers, from -pi to pi; 0 or pi of real ones
//
//! op        angle(z) -> y
//! loop      T -> T            for f64 from bool
//! loop      T -> T            for float
//! loop      T -> T.real       for complex
//! torch     T -> T            for f32 from bool int
//! torch     T -> T            for float
//! torch     T -> T.real       for complex
//! function  angle_of
//! use_real  atan2 for complex
//! ulp       f16 0.5  bf16 0.5  f32 0.5  f64 0.5  c64 0.9  c128 0.9

#if T_IS_COMPLEX
static inline R angle_of(T z)
{
    return RFN(atan2)(z.y, z.x);
}
#else
// As the complex number with an imaginary part of 0: that of -0 is pi.
static inline R angle_of(T z)
{
    return z != z ? z : AS_INT(z) < 0 ? T_C(3.1415926535897931) : 0;
}
#endif
