// airy_ai -- Airy function Ai
//
//! op        airy_ai(x) -> y
//! loop      T -> T            for float
//! use       airy_near airy_far airy_wave
//! usual
//! ulp       f16 0.51  bf16 0.51  f32 4|1e-9  f64 4|4e-18

static inline int airy_ai_is_usual(T x)
{
    return !(x < T_C(-3000.0)) | (x == -INFINITY);
}

static inline R airy_ai_usual(T x)
{
    const T near = FN(airy_near)(x);
    return x > T_C(1.5) ? FN(airy_far)(x) : x < T_C(-3.25) ? FN(airy_wave)(-x) : near;
}

static inline R airy_ai(T x)
{
    return airy_ai_is_usual(x) ? airy_ai_usual(x) : FN(airy_huge_wave)(-x);
}
