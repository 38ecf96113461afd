// cos -- cosine
//
//! op        cos(x) -> y
//! loop      T -> T            for float complex
//! function  cosine_
//! use       sin_cos for float
//! use       complex_forms for complex
//! usual
//! ulp       f16 0.5  bf16 0.5  f32 0.87  f64 0.87  c64 3  c128 3

#if T_IS_COMPLEX
CLW_FORMS(cosine_, x.x, FN(complex_cosh)(FN(times_i)(x), sine, cosine))
#else
static inline int cosine__is_usual(T x)
{
    return FN(trig_is_usual)(x);
}

static inline R cosine__usual(T x)
{
    return FN(cos_usual)(x);
}

static inline R cosine_(T x)
{
    return FN(cos)(x);
}
#endif
