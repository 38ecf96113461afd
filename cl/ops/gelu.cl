// gelu -- x (1 + erf(x / sqrt(2))) / 2, x times the normal distribution's part below it
//
//! op        gelu(x) -> y
//! loop      T -> T            for float
//! use       double_word erfc_parts exp_decay
//! ulp       f16 0.5  bf16 0.5  f32 0.85  f64 0.85

// x (erfc(a) / 2) for x < 0, else x (1 - erfc(a) / 2), a = |x| / sqrt(2).
static inline R gelu(T x)
{
    const T root = T_IS_DOUBLE ? T_C(0.7071067811865476) : T_C(0.707106769);
    const T root_low = T_IS_DOUBLE ? T_C(-4.833646656726457e-17) : T_C(1.21016175e-8);
    // From there on y vanishes for x < 0.
    const T most = T_IS_DOUBLE ? T_C(38.6) : T_C(14.5), size = fabs(x);
    const T bounded = size > most ? most : size;
    T a_low, square_low, low, error;
    T_BITS_INT exponent;
    const T a = FN(two_product)(bounded, root, &a_low);
    const T square = FN(two_product)(bounded, T_C(0.5) * bounded, &square_low);
    const T high = FN(erfc_parts)(a, fma(bounded, root_low, a_low), square, square_low, &low,
                                  &exponent);

    const T power = FN(exp_power)(exponent < -100 ? -101 : exponent - 1);
    const T most_part = FN(fast_two_sum)(1, -high * power, &error);
    const int left = x < 0;
    return FN(exp_gate)(left & (x > -INFINITY) ? -bounded : x, left ? high : most_part,
                        left ? low : fma(-low, power, error), left ? exponent - 1 : 0);
}
