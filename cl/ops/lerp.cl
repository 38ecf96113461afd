// lerp -- linear interpolation, a + weight * (b - a)
//
//! op        lerp(a, b, weight) -> y
//! loop      T T T -> T        for float complex
//! torch     T T T -> T        for float complex
//! flags     torch_same
//! use       choose complex

// From the end that is nearer, so that weight 1 gives b itself.
#if T_IS_COMPLEX
static inline R lerp(T a, T b, T weight)
{
    const int near = weight.x * weight.x + weight.y * weight.y < T_C(0.25);
    const T way = (T)(b.x - a.x, b.y - a.y), rest = (T)(1 - weight.x, -weight.y);
    const T step = FN(complex_multiply)(FN(choose)(near, weight, rest), way);
    return (R)(near ? a.x + step.x : b.x - step.x, near ? a.y + step.y : b.y - step.y);
}
#else
static inline R lerp(T a, T b, T weight)
{
    const T way = b - a;
    return fabs(weight) < T_C(0.5) ? a + weight * way : b - (1 - weight) * way;
}
#endif
