// mish -- x tanh(log(1 + e^x))
//
//! op        mish(x) -> y
//! loop      T -> T            for float
//! use       double_word exp_decay ratio
//! ulp       f16 0.5  bf16 0.5  f32 0.9  f64 0.9

// With e = e^-|x| the tanh is e (2 + e) / (2 + e (2 + e)) for x < 0, else
// (1 + 2 e) / (1 + 2 e + 2 e^2).
static inline R mish(T x)
{
    const FN(decay) decay = FN(exp_decay)(x, 0);
    const T e = decay.high * decay.power, e_low = decay.low * decay.power;
    const int left = x < 0;
    T error, low;
    const T rise = FN(fast_two_sum)(left ? 2 : 1, left ? e : 2 * e, &error);
    const T rise_low = error + (left ? e_low : 2 * e_low);

    const T factor = left ? rise : 2 * e;
    const T product = FN(two_product)(left ? decay.high : e, factor, &error);
    const T below_low = fma(decay.high, rise_low, decay.low * rise);
    const T product_low = error + (left ? below_low : 4 * e * e_low);
    const T power = left ? decay.power : 1;
    const T divisor = FN(fast_two_sum)(left ? 2 : rise, product * power, &error);
    const T divisor_low = fma(product_low, power, error) + (left ? 0 : rise_low);
    const T gate = FN(ratio)(left ? product : rise, left ? product_low : rise_low, divisor,
                             divisor_low, &low);
    return FN(exp_gate)(x, gate, low, left ? decay.exponent : 0);
}
