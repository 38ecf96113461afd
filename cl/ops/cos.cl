// cos -- cosine
//
//! op        cos(x) -> y
//! loop      T -> T            for float
//! function  cosine
//! use       sin_cos
//! usual
//! ulp       f16 0.5  bf16 0.5  f32 0.85  f64 0.85

static inline int cosine_is_usual(T x)
{
    return FN(trig_is_usual)(x);
}

static inline R cosine_usual(T x)
{
    return FN(cos_usual)(x);
}

static inline R cosine(T x)
{
    return FN(cos)(x);
}
