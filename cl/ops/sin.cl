// sin -- sine
//
//! op        sin(x) -> y
//! loop      T -> T            for float
//! function  sine
//! use       sin_cos
//! usual
//! ulp       f16 0.5  bf16 0.5  f32 0.85  f64 0.85

static inline int sine_is_usual(T x)
{
    return FN(trig_is_usual)(x);
}

static inline R sine_usual(T x)
{
    return FN(sin_usual)(x);
}

static inline R sine(T x)
{
    return FN(sin)(x);
}
