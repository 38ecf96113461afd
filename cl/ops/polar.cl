// polar -- complex number of a modulus and an angle
//
//! op        polar(abs, angle) -> z
//! loop      T T -> T.complex  for float
//! torch     T T -> T.complex  for f32 f64
//! flags     torch_same
//! function  of_polar
//! use       sin_cos
//! usual
//! ulp       f16 2  bf16 2  f32 2  f64 2

static inline int of_polar_is_usual(T abs, T angle)
{
    return FN(trig_is_usual)(angle);
}

static inline R of_polar_usual(T abs, T angle)
{
    T cosine;
    const T sine = FN(sin_cos_usual)(angle, &cosine);
    return (R)(abs * cosine, abs * sine);
}

static inline R of_polar(T abs, T angle)
{
    T cosine;
    const T sine = FN(sin_cos)(angle, &cosine);
    return (R)(abs * cosine, abs * sine);
}
