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
    // x less what the tail takes of it; of -INFINITY it is NaN. The sign is x's, also where devices
    // take a subnormal x for 0.
    const T size = FN(logistic_size)(x), loss = FN(logistic_tail)(size, size);
    const T most = x < 0 ? (x == -INFINITY ? NAN : 0) : x;
    return copysign(fma(-FN(logistic_unit)(), loss, most), x);
#endif
}
