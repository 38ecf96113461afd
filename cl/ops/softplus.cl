// softplus -- log(1 + e^(beta x)) / beta, and x itself where beta x is above threshold
//
//! op        softplus(x) -> y
//! loop      T -> T            for float
//! param     beta : T = 1
//! param     threshold : T = 50
//! use       double_word softplus
//! ulp       f16 0.5  bf16 0.5  f32 0.8  f64 0.8

static inline R softplus(T x, T beta, T threshold)
{
    // From 40 on the logarithm is its argument, in every dtype.
    const T limit = threshold > 40 ? 40 : threshold;
    T low;
    const T high = FN(two_product)(beta, x, &low);
    const T y = FN(softplus)(high, fabs(high) < INFINITY ? low : 0);
    return high > limit ? x : y * (1 / beta);
}
