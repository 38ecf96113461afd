// sin -- sine
//
//! op        sin(x) -> y
//! loop      T -> T            for float complex
//! function  sine_
//! use       sin_cos for float
//! use       complex_forms for complex
//! usual
//! ulp       f16 0.5  bf16 0.5  f32 0.87  f64 0.87  c64 3  c128 3

#if T_IS_COMPLEX
CLW_FORMS(sine_, x.x, FN(over_i)(FN(complex_sinh)(FN(times_i)(x), sine, cosine)))
#else
static inline int sine__is_usual(T x)
{
    return FN(trig_is_usual)(x);
}

static inline R sine__usual(T x)
{
    return FN(sin_usual)(x);
}

static inline R sine_(T x)
{
    return FN(sin)(x);
}
#endif
