// frexp -- x = fraction * 2^exponent, with 1/2 <= |fraction| < 1; exponent 0 for 0, infinities, NaN
//
//! op        frexp(x) -> fraction, exponent
//! loop      T -> T i32        for float
//! torch     T -> T i32        for float
//! function  fraction_exponent
//! use       exponent

static inline void fraction_exponent(T x, R0 *fraction, R1 *exponent)
{
    int power;
    const T split = FN(split)(x, &power);
    const int plain = (x == 0) | !(fabs(x) < INFINITY);
    *fraction = plain ? x : split;
    *exponent = plain ? 0 : power;
}

//! op        ldexp(x, exponent) -> y
//! doc       x * 2^exponent, rounded once
//! loop      T i32 -> T        for float
//! loop      T i64 -> T        for float
//! torch     T i64 -> T        for f32 from bool int
//! torch     T bool -> T       for f32 from bool int
//! torch     T i64 -> T        for float complex
//! torch     T bool -> T       for complex
//! torch     T T -> T          for float complex
//! torch_error float bool
//! function  times_power_of_two
//! use       exponent
//! use       exp2 for float
//! use       complex complex_exp2 for complex

#if T1_IS_COMPLEX
static inline R times_power_of_two(T x, T1 exponent)
{
    return FN(complex_multiply)(x, FN(complex_exp2)(exponent, 0));
}
#elif T1_IS_FLOAT
static inline R times_power_of_two(T x, T1 exponent)
{
    return x * FN(exp2)(exponent);
}
#else
static inline R times_power_of_two(T x, T1 exponent)
{
    const int enough = 10000, bounded = exponent > enough    ? enough
                                        : exponent < -enough ? -enough
                                                             : (int)exponent;
#if T_IS_COMPLEX
    return (R)(FN(scale)(x.x, bounded), FN(scale)(x.y, bounded));
#else
    return FN(scale)(x, bounded);
#endif
}
#endif
