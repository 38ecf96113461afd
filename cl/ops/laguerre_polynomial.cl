// laguerre_polynomial_l -- Laguerre polynomial of degree n; NaN for a degree above 2048
//
//! op     laguerre_polynomial_l(x, n) -> y
//! loop   T T -> T        for float
//! use    recurrence
//! ulp    f16 0.5  bf16 0.5  f32 1|1e-6  f64 1|1e-20

// p_{k+1} = p_k + (k (p_k - p_{k-1}) - x p_k) / (k + 1) (DLMF 18.9.1).
static inline R laguerre_polynomial_l(T x, T n)
{
    FN(recurrence) r = {{1, 0}, {0, 0}, 0};
    const int steps = FN(recurrence_steps)(n), far = FN(is_far)(x);
    for (int k = 0; k < (far ? 0 : steps); k++) {
        const FN(words) growth = FN(words_times)(FN(words_subtract)(r.now, r.before), k);
        const FN(words) change = FN(words_subtract)(growth, FN(words_times)(r.now, x));
        r = FN(recurrence_next)(r, FN(words_add)(r.now, FN(words_over)(change, k + 1)));
    }
    const T leading = FN(leading_term)(-x, steps, T_C(0.5), T_C(0.16666666666666666));
    return far ? FN(of_degree)(n, leading) : FN(recurrence_value)(r, n);
}
