// laguerre_polynomial_l -- Laguerre polynomial of degree n; NaN for a degree above 2048
//
//! op     laguerre_polynomial_l(x, n) -> y
//! loop   T T -> T        for float
//! use    recurrence small_degree
//! usual
//! ulp    f16 0.5  bf16 0.5  f32 1|1e-6  f64 1|1e-20

static inline int laguerre_polynomial_l_is_usual(T x, T n)
{
    return FN(is_small)(x, n);
}

// With q_k = (-1)^k k! L_k: q_{k+1} = (x - 2 k - 1) q_k - k^2 q_{k-1}. x is cut so that the factor
// of q_k is exact; 48 is in the middle of a binade.
static inline FN(clenshaw) laguerre_step(FN(clenshaw) y, T x, T factorial, int k, int n)
{
    const T upper = (x + 48) - 48, lower = x - upper, sign = k & 1 ? -1 : 1;
    const T inverse = sign / factorial;
    const FN(words) first = {inverse, fma(-inverse, factorial, sign) / factorial};
    FN(words) fallen = FN(clenshaw_times)(y.next, (k + 1) * (k + 1));
    fallen.low = fma(-lower, y.now.high, fallen.low);
    return FN(clenshaw_step)(y, upper - (2 * k + 1), fallen, k == n, first);
}

static inline R laguerre_polynomial_l_usual(T x, T degree)
{
    const int n = (int)degree;
    FN(clenshaw) y = {{0, 0}, {0, 0}};
    T factorial = T_C(39916800.0); // of SMALL_DEGREES - 1
#pragma unroll
    for (int k = SMALL_DEGREES - 1; k >= 0; k--) {
        y = laguerre_step(y, x, factorial, k, n);
        factorial /= k ? k : 1;
    }
    return FN(last_sum)(y.now.high, y.now.low);
}

// The same steps for the same bits, in a loop that is quick to build.
static inline T laguerre_small(T x, int n)
{
    FN(clenshaw) y = {{0, 0}, {0, 0}};
    T factorial = T_C(39916800.0); // of SMALL_DEGREES - 1
#pragma nounroll
    for (int k = SMALL_DEGREES - 1; k >= 0; k--) {
        y = laguerre_step(y, x, factorial, k, n);
        factorial /= k ? k : 1;
    }
    return FN(last_sum)(y.now.high, y.now.low);
}

// p_{k+1} = p_k + (k (p_k - p_{k-1}) - x p_k) / (k + 1) (DLMF 18.9.1).
static inline R laguerre_polynomial_l(T x, T n)
{
    FN(recurrence) r = {{1, 0}, {0, 0}, 0};
    const int steps = FN(recurrence_steps)(n), far = FN(is_far)(x);
    if (FN(is_small)(x, n))
        return laguerre_small(x, steps);
#pragma nounroll
    for (int k = 0; k < (far ? 0 : steps); k++) {
        const FN(words) growth = FN(words_times)(FN(words_subtract)(r.now, r.before), k);
        const FN(words) change = FN(words_subtract)(growth, FN(words_times)(r.now, x));
        r = FN(recurrence_next)(r, FN(words_add)(r.now, FN(words_over)(change, k + 1)));
    }
    const T leading = FN(leading_term)(-x, steps, T_C(0.5), 1, 6, -1);
    return far ? FN(of_degree)(n, leading) : FN(recurrence_value)(r, n);
}
