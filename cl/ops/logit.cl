// logit -- log(x / (1 - x)); x is taken from eps to 1 - eps, unless eps is negative
//
//! op        logit(x) -> y
//! loop      T -> T            for float
//! param     eps : T = -1
//! use       double_word log1p_words
//! ulp       f16 0.5  bf16 0.5  f32 0.75  f64 0.75

// As -log(1 + u) for x <= 1/2, u = (1 - 2 x) / x in two words; above by symmetry. What is so small
// that u may overflow is raised by 2^lift.
static inline T FN(logit_inside)(T x)
{
    const T side = x < T_C(0.5) ? x : 1 - x;
    const int tiny = side < (T_IS_DOUBLE ? T_C(1e-290) : T_C(1e-30));
    const T power = T_IS_DOUBLE ? T_C(1152921504606846976.0) : T_C(1073741824.0);
    const T lift = T_IS_DOUBLE ? 60 : 30, raised = tiny ? side * power : side;
    T excess_low, low;
    const T excess = FN(fast_two_sum)(1, -2 * side, &excess_low), inverse = 1 / raised;
    const T u = excess * inverse;
    const T u_low = inverse * (fma(-u, raised, excess) + excess_low);
    const T high = FN(log1p_words)(u, u_low, tiny ? lift : 0, &low);
    const T y = FN(last_sum)(high, low);
    return x < T_C(0.5) ? -y : y;
}

static inline R logit(T x, T eps)
{
    const T raised = x < eps ? eps : x, clamped = raised > 1 - eps ? 1 - eps : raised;
    const T z = eps < 0 ? x : clamped;
    const int inside = (z > 0) & (z < 1);
    const T y = FN(logit_inside)(inside ? z : T_C(0.5));
    return inside ? y : z == 0 ? -INFINITY : z == 1 ? INFINITY : NAN;
}
