// degrees -- an angle in radians, in degrees
//
//! op        degrees(x) -> y
//! loop      T -> T            for float
//! alias     rad2deg
//! function  to_degrees
//! use       times_words
//! ulp       f16 0.5  bf16 0.5  f32 0.7  f64 0.82

static inline R to_degrees(T x)
{
#if T_IS_DOUBLE
    return FN(times_words)(x, 57.295779513082323, -1.9878495670576283e-15);
#else
    return FN(times_words)(x, 57.2957802f, -6.68802443e-7f);
#endif
}

//! op        radians(x) -> y
//! doc       an angle in degrees, in radians
//! loop      T -> T            for float
//! alias     deg2rad
//! function  to_radians
//! use       times_words
//! ulp       f16 0.5  bf16 0.5  f32 0.64  f64 0.66

static inline R to_radians(T x)
{
#if T_IS_DOUBLE
    return FN(times_words)(x, 0.017453292519943295, 2.9486522708701687e-19);
#else
    return FN(times_words)(x, 0.0174532924f, 1.35199602e-10f);
#endif
}
