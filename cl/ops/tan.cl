// tan -- tangent
//
//! op        tan(x) -> y
//! loop      T -> T            for float complex
//! function  tangent
//! use       tan for float
//! use       complex_forms for complex
//! usual
//! ulp       f16 0.5  bf16 0.5  f32 1  f64 1  c64 4  c128 4

#if T_IS_COMPLEX
CLW_FORMS(tangent, x.x, FN(over_i)(FN(complex_tanh)(FN(times_i)(x), sine, cosine)))
#else
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
#endif
