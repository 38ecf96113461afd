// tan -- tangent
//
//! op        tan(x) -> y
//! loop      T -> T            for float
//! function  tangent
//! use       tan
//! usual
//! ulp       f16 0.5  bf16 0.5  f32 1  f64 1

static inline int tangent_is_usual(T x)
{
    return FN(trig_is_usual)(x);
}

static inline R tangent_usual(T x)
{
    return FN(tan_usual)(x);
}

static inline R tangent(T x)
{
    return FN(tan)(x);
}
