// silu -- x / (1 + e^-x), x times its sigmoid
//
//! op        silu(x) -> y
//! loop      T -> T            for float
//! use       sigmoid_parts for f16 bf16
//! use       logistic_tail for f32 f64
//! ulp       f16 0.5  bf16 0.5  f32 1.6  f64 1.6

static inline R silu(T x)
{
#if T_IS_F16 || T_IS_BF16
    T low;
    T_BITS_INT exponent;
    const T gate = FN(sigmoid_parts)(x, 0, &low, &exponent);
    return FN(exp_gate)(x, gate, low, exponent);
#else
    // x less what the tail takes of it; zeros keep their sign, and of -INFINITY it is NaN.
    const T size = FN(logistic_size)(x), loss = FN(logistic_tail)(size, size);
    return fma(-FN(logistic_unit)(), loss, x < 0 ? x * 0 : x);
#endif
}
