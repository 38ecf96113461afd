// gelu -- x (1 + erf(x / sqrt(2))) / 2, x times the normal distribution's part below it
//
//! op        gelu(x) -> y
//! loop      T -> T            for float
//! use       normal_loss for f32
//! use       double_word normal_tail exp_decay for f16 bf16 f64
//! ulp       f16 0.5  bf16 0.5  f32 2  f64 1

#if T_IS_F32
// x less what the tail takes of it; of -INFINITY it is NaN. The sign is x's, also where devices
// take a subnormal x for 0.
static inline R gelu(T x)
{
    const T most = x < 0 ? (x == -INFINITY ? NAN : 0) : x;
    return copysign(fma(-5.421010862427522e-20f, FN(normal_loss)(x), most), x); // -2^-64
}
#else
// x tail for x < 0, else x (1 - tail).
static inline R gelu(T x)
{
    T low, error;
    T_BITS_INT exponent;
    const T high = FN(normal_tail)(x, &low, &exponent);
    const T power = FN(exp_power)(exponent < -101 ? -101 : exponent);
    const T most_part = FN(fast_two_sum)(1, -high * power, &error);
    const int left = x < 0;
    return FN(exp_gate)(left & (x > -INFINITY) ? -FN(normal_bounded)(x) : x,
                        left ? high : most_part, left ? low : fma(-low, power, error),
                        left ? exponent : 0);
}
#endif
