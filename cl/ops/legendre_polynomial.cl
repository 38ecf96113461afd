// legendre_polynomial_p -- Legendre polynomial of degree n; NaN for a degree above 2048
//
//! op     legendre_polynomial_p(x, n) -> y
//! loop   T T -> T        for float
//! use    recurrence small_degree
//! usual
//! ulp    f16 0.5  bf16 0.5  f32 1|1e-10  f64 1|1e-25

static inline int legendre_polynomial_p_is_usual(T x, T n)
{
    return FN(is_small)(x, n);
}

// With p_k = P_k / leading_k: p_{k+1} = x p_k - k^2 / (4 k^2 - 1) p_{k-1}, where leading_k =
// (2 k)! / (2^k k!^2) is exact, and so is the way down to it.
static inline FN(clenshaw) legendre_step(FN(clenshaw) y, T x, T leading, int k, int n)
{
    const T square = (k + 1) * (k + 1), divisor = 4 * square - 1;
    const T fall = square / divisor, rest = fma(-fall, divisor, square) / divisor;
    const FN(words) first = {leading, 0};
    FN(words) fallen = FN(clenshaw_times)(y.next, fall);
    fallen.low = fma(rest, y.next.high, fallen.low);
    return FN(clenshaw_step)(y, x, fallen, k == n, first);
}

static inline R legendre_polynomial_p_usual(T x, T degree)
{
    const int n = (int)degree;
    FN(clenshaw) y = {{0, 0}, {0, 0}};
    T leading = T_C(344.44921875); // of SMALL_DEGREES - 1
#pragma unroll
    for (int k = SMALL_DEGREES - 1; k >= 0; k--) {
        y = legendre_step(y, x, leading, k, n);
        leading = leading / (2 * k - 1) * k;
    }
    return FN(last_sum)(y.now.high, y.now.low);
}

// The same steps for the same bits, in a loop that is quick to build.
static inline T legendre_small(T x, int n)
{
    FN(clenshaw) y = {{0, 0}, {0, 0}};
    T leading = T_C(344.44921875); // of SMALL_DEGREES - 1
#pragma nounroll
    for (int k = SMALL_DEGREES - 1; k >= 0; k--) {
        y = legendre_step(y, x, leading, k, n);
        leading = leading / (2 * k - 1) * k;
    }
    return FN(last_sum)(y.now.high, y.now.low);
}

// p_{k+1} = x p_k + (x p_k - p_{k-1}) k / (k + 1) (DLMF 18.9.1).
static inline R legendre_polynomial_p(T x, T n)
{
    FN(recurrence) r = {{1, 0}, {0, 0}, 0};
    const int steps = FN(recurrence_steps)(n), far = FN(is_far)(x);
    if (FN(is_small)(x, n))
        return legendre_small(x, steps);
#pragma nounroll
    for (int k = 0; k < (far ? 0 : steps); k++) {
        const FN(words) forward = FN(words_times)(r.now, x);
        const FN(words) change = FN(words_times)(FN(words_subtract)(forward, r.before), k);
        r = FN(recurrence_next)(r, FN(words_add)(forward, FN(words_over)(change, k + 1)));
    }
    const T leading = FN(leading_term)(x, steps, T_C(1.5), T_C(2.5), 1, 0);
    return far ? FN(of_degree)(n, leading) : FN(recurrence_value)(r, n);
}
