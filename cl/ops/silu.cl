// silu -- x / (1 + e^-x), x times its sigmoid
//
//! op        silu(x) -> y
//! loop      T -> T            for float
//! use       sigmoid_parts
//! ulp       f16 0.5  bf16 0.5  f32 0.8  f64 0.8

static inline R silu(T x)
{
    T low;
    T_BITS_INT exponent;
    const T gate = FN(sigmoid_parts)(x, 0, &low, &exponent);
    return FN(exp_gate)(x, gate, low, exponent);
}
