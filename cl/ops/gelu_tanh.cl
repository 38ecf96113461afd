// gelu_tanh -- x (1 + tanh(sqrt(2 / pi) (x + 0.044715 x^3))) / 2, near gelu
//
//! op        gelu_tanh(x) -> y
//! loop      T -> T            for float
//! use       double_word sigmoid_parts words
//! ulp       f16 0.5  bf16 0.5  f32 0.9  f64 0.9

// (1 + tanh u) / 2 is the sigmoid of 2 u = x (a + b x^2), here in two words.
static inline R gelu_tanh(T x)
{
    const T a = T_IS_DOUBLE ? T_C(1.5957691216057308) : T_C(1.59576917);
    const T a_low = T_IS_DOUBLE ? T_C(-9.96930880911092e-17) : T_C(-4.53406805e-8);
    const FN(words) b = {T_IS_DOUBLE ? T_C(0.07135481627260025) : T_C(0.0713548139),
                         T_IS_DOUBLE ? T_C(-6.175149918155315e-19) : T_C(2.39883247e-9)};
    // Past 25 the sigmoid is 0 or 1.
    const T above = x < -25 ? -25 : x, bounded = above > 25 ? 25 : above;
    FN(words) square;
    square.high = FN(two_product)(bounded, bounded, &square.low);
    const FN(words) cubic = FN(words_multiply)(square, b);

    T error, rest, low;
    const T factor = FN(two_sum)(a, cubic.high, &error);
    const T high = FN(two_product)(bounded, factor, &rest);
    T_BITS_INT exponent;
    const T gate = FN(sigmoid_parts)(high, fma(bounded, error + (a_low + cubic.low), rest), &low,
                                     &exponent);
    return FN(exp_gate)(x < -25 ? (x == -INFINITY ? x : bounded) : x, gate, low, exponent);
}
