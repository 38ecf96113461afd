// elu -- x, and alpha (e^x - 1) for negative x
//
//! op        elu(x) -> y
//! loop      T -> T            for float
//! param     alpha : T = 1
//! use       double_word expm1_words
//! ulp       f16 0.5  bf16 0.51 f32 0.9  f64 0.9

static inline R elu(T x, T alpha)
{
    T low, error;
    const T high = FN(expm1_words)(x > 0 ? 0 : x, &low);
    const T product = FN(two_product)(alpha, high, &error);
    const T below = FN(last_sum)(product, fma(alpha, low, error));
    return x >= 0 ? x : below == 0 ? alpha * x : below;
}
