// legendre_polynomial_p -- Legendre polynomial of degree n; NaN for a degree above 2048
//
//! op     legendre_polynomial_p(x, n) -> y
//! loop   T T -> T        for float
//! use    recurrence
//! ulp    f16 0.5  bf16 0.5  f32 1|1e-10  f64 1|1e-25

// p_{k+1} = x p_k + (x p_k - p_{k-1}) k / (k + 1) (DLMF 18.9.1).
static inline R legendre_polynomial_p(T x, T n)
{
    FN(recurrence) r = {{1, 0}, {0, 0}, 0};
    const int steps = FN(recurrence_steps)(n), far = FN(is_far)(x);
    for (int k = 0; k < (far ? 0 : steps); k++) {
        const FN(words) forward = FN(words_times)(r.now, x);
        const FN(words) change = FN(words_times)(FN(words_subtract)(forward, r.before), k);
        r = FN(recurrence_next)(r, FN(words_add)(forward, FN(words_over)(change, k + 1)));
    }
    const T leading = FN(leading_term)(x, steps, T_C(1.5), T_C(2.5));
    return far ? FN(of_degree)(n, leading) : FN(recurrence_value)(r, n);
}
