// lerp -- linear interpolation, a + weight * (b - a)
//
//! op        lerp(a, b, weight) -> y
//! loop      T T T -> T        for float complex
//! torch     T T T -> T        for float complex
//! flags     torch_same
//! use       complex

// From the end that is nearer, so that weight 1 gives b itself.
#if T_IS_COMPLEX
static inline R lerp(T a, T b, T weight)
{
    const int near = weight.x * weight.x + weight.y * weight.y < T_C(0.25);
    const T way = (T)(b.x - a.x, b.y - a.y);
    const T rest = near ? weight : (T)(weight.x - 1, weight.y);
    const T start = near ? a : b, step = FN(complex_multiply)(rest, way);
    return (R)(start.x + step.x, start.y + step.y);
}
#else
static inline R lerp(T a, T b, T weight)
{
    const int near = fabs(weight) < T_C(0.5);
    return (near ? a : b) + (near ? weight : weight - 1) * (b - a);
}
#endif
