/* Orthogonal polynomials of a degree that is truncated to an integer; of negative degree 0, of
 * degree 0 always 1, as in PyTorch. Recurrences are DLMF 18.9.1; Chebyshev's have closed forms,
 * 18.5.1 to 18.5.4, that hold for degrees of any size. */
#include <math.h>

#include "tools/accuracy/oracle.h"

#define N MPFR_RNDN

enum { MAX_DEGREE = 1000 };

/* p_k = (a p_(k-1) - b p_(k-2)) / c */
typedef void recurrence_step(mpfr_ptr next, mpfr_srcptr last, mpfr_srcptr before, mpfr_srcptr x,
                             long k, mpfr_ptr scratch);

static int known_without_x(mpfr_ptr y, mpfr_srcptr degree)
{
    if (mpfr_cmp_si(degree, -1) <= 0)
        mpfr_set_zero(y, 1);
    else if (mpfr_cmp_si(degree, 1) < 0)
        mpfr_set_ui(y, 1, N);
    else
        return 0;
    return 1;
}

static void recur(mpfr_ptr y, mpfr_t *x, mpfr_srcptr first, recurrence_step *step)
{
    mpfr_t before, last, scratch;
    if (known_without_x(y, x[1]))
        return;
    mpfr_inits2(mpfr_get_prec(y), before, last, scratch, (mpfr_ptr)0);
    const long degree = mpfr_get_si(x[1], MPFR_RNDZ);
    mpfr_set_ui(before, 1, N);
    mpfr_set(last, first, N);
    for (long k = 2; k <= degree; k++) {
        step(y, last, before, x[0], k, scratch);
        mpfr_swap(before, last);
        mpfr_set(last, y, N);
    }
    mpfr_set(y, last, N);
    mpfr_clears(before, last, scratch, (mpfr_ptr)0);
}

/* H_k = 2x H_(k-1) - 2(k - 1) H_(k-2) */
static void hermite_h_step(mpfr_ptr next, mpfr_srcptr last, mpfr_srcptr before, mpfr_srcptr x,
                           long k, mpfr_ptr scratch)
{
    mpfr_mul(next, x, last, N);
    mpfr_mul_si(scratch, before, k - 1, N);
    mpfr_sub(next, next, scratch, N);
    mpfr_mul_2ui(next, next, 1, N);
}

/* He_k = x He_(k-1) - (k - 1) He_(k-2) */
static void hermite_he_step(mpfr_ptr next, mpfr_srcptr last, mpfr_srcptr before, mpfr_srcptr x,
                            long k, mpfr_ptr scratch)
{
    mpfr_mul(next, x, last, N);
    mpfr_mul_si(scratch, before, k - 1, N);
    mpfr_sub(next, next, scratch, N);
}

/* k L_k = (2k - 1 - x) L_(k-1) - (k - 1) L_(k-2) */
static void laguerre_step(mpfr_ptr next, mpfr_srcptr last, mpfr_srcptr before, mpfr_srcptr x,
                          long k, mpfr_ptr scratch)
{
    mpfr_si_sub(scratch, 2 * k - 1, x, N);
    mpfr_mul(next, scratch, last, N);
    mpfr_mul_si(scratch, before, k - 1, N);
    mpfr_sub(next, next, scratch, N);
    mpfr_div_si(next, next, k, N);
}

/* k P_k = (2k - 1) x P_(k-1) - (k - 1) P_(k-2) */
static void legendre_step(mpfr_ptr next, mpfr_srcptr last, mpfr_srcptr before, mpfr_srcptr x,
                          long k, mpfr_ptr scratch)
{
    mpfr_mul(next, x, last, N);
    mpfr_mul_si(next, next, 2 * k - 1, N);
    mpfr_mul_si(scratch, before, k - 1, N);
    mpfr_sub(next, next, scratch, N);
    mpfr_div_si(next, next, k, N);
}

static void hermite_h(mpfr_ptr y, mpfr_t *x)
{
    mpfr_t first;
    mpfr_init2(first, mpfr_get_prec(y));
    mpfr_mul_2ui(first, x[0], 1, N);
    recur(y, x, first, hermite_h_step);
    mpfr_clear(first);
}

static void hermite_he(mpfr_ptr y, mpfr_t *x)
{
    recur(y, x, x[0], hermite_he_step);
}

static void laguerre(mpfr_ptr y, mpfr_t *x)
{
    mpfr_t first;
    mpfr_init2(first, mpfr_get_prec(y));
    mpfr_ui_sub(first, 1, x[0], N);
    recur(y, x, first, laguerre_step);
    mpfr_clear(first);
}

static void legendre(mpfr_ptr y, mpfr_t *x)
{
    recur(y, x, x[0], legendre_step);
}

/* With x = cos t, |x| < 1: cos(nt), sin((n + 1)t) / sin t, cos((n + 1/2)t) / cos(t / 2),
 * sin((n + 1/2)t) / sin(t / 2); with x = cosh t, x > 1, the same of cosh and sinh. */
enum kind { KIND_T, KIND_U, KIND_V, KIND_W };

static void inside(mpfr_ptr y, mpfr_srcptr t, mpfr_srcptr degree, enum kind kind, int hyperbolic)
{
    mpfr_unary *const sine = hyperbolic ? mpfr_sinh : mpfr_sin;
    mpfr_unary *const cosine = hyperbolic ? mpfr_cosh : mpfr_cos;
    const double shift[] = {0, 1, 0.5, 0.5};
    mpfr_t angle, bottom;
    mpfr_inits2(mpfr_get_prec(t), angle, bottom, (mpfr_ptr)0);
    mpfr_add_d(angle, degree, shift[kind], N);
    mpfr_mul(angle, angle, t, N);
    mpfr_mul_d(bottom, t, shift[kind], N);
    if (kind == KIND_T || kind == KIND_V) {
        cosine(y, angle, N);
        cosine(bottom, bottom, N);
    } else {
        sine(y, angle, N);
        sine(bottom, bottom, N);
    }
    mpfr_div(y, y, bottom, N);
    mpfr_clears(angle, bottom, (mpfr_ptr)0);
}

/* The value at 1, and for -1 the sign: T 1, U n + 1, V 1, W 2n + 1; at -1 V and W change places. */
static void at_end(mpfr_ptr y, mpfr_srcptr degree, enum kind kind)
{
    mpfr_set_ui(y, 1, N);
    if (kind == KIND_U)
        mpfr_add_ui(y, degree, 1, N);
    if (kind == KIND_W) {
        mpfr_mul_2ui(y, degree, 1, N);
        mpfr_add_ui(y, y, 1, N);
    }
}

static int is_odd(mpfr_srcptr degree)
{
    mpfr_t half;
    mpfr_init2(half, mpfr_get_prec(degree) + 2);
    mpfr_div_2ui(half, degree, 1, N);
    const int odd = !mpfr_integer_p(half);
    mpfr_clear(half);
    return odd;
}

static void chebyshev(mpfr_ptr y, mpfr_srcptr x, mpfr_srcptr n, enum kind kind)
{
    static const enum kind mirrored[] = {KIND_T, KIND_U, KIND_W, KIND_V};
    mpfr_t t, size, degree;
    if (known_without_x(y, n))
        return;
    if (mpfr_nan_p(x)) {
        mpfr_set_nan(y);
        return;
    }
    mpfr_init2(degree, mpfr_get_prec(n) + 64);
    mpfr_trunc(degree, n);
    const mpfr_prec_t bits = mpfr_get_prec(y) + mpfr_get_exp(degree) + 16;
    mpfr_inits2(bits, t, size, (mpfr_ptr)0);
    mpfr_abs(size, x, N);
    const enum kind side = mpfr_signbit(x) ? mirrored[kind] : kind;
    const int order = mpfr_cmp_ui(size, 1);
    if (order == 0) {
        at_end(y, degree, side);
    } else {
        if (order < 0)
            mpfr_acos(t, size, N);
        else
            mpfr_acosh(t, size, N);
        inside(y, t, degree, side, order > 0);
    }
    if (mpfr_signbit(x) && is_odd(degree))
        mpfr_neg(y, y, N);
    mpfr_clears(t, size, degree, (mpfr_ptr)0);
}

static void shifted(mpfr_ptr y, mpfr_t *x, enum kind kind)
{
    mpfr_t argument;
    mpfr_init2(argument, mpfr_get_prec(y) + 1200);
    mpfr_mul_2ui(argument, x[0], 1, N);
    mpfr_sub_ui(argument, argument, 1, N);
    chebyshev(y, argument, x[1], kind);
    mpfr_clear(argument);
}

static void chebyshev_t(mpfr_ptr y, mpfr_t *x)
{
    chebyshev(y, x[0], x[1], KIND_T);
}

static void chebyshev_u(mpfr_ptr y, mpfr_t *x)
{
    chebyshev(y, x[0], x[1], KIND_U);
}

static void chebyshev_v(mpfr_ptr y, mpfr_t *x)
{
    chebyshev(y, x[0], x[1], KIND_V);
}

static void chebyshev_w(mpfr_ptr y, mpfr_t *x)
{
    chebyshev(y, x[0], x[1], KIND_W);
}

static void shifted_t(mpfr_ptr y, mpfr_t *x)
{
    shifted(y, x, KIND_T);
}

static void shifted_u(mpfr_ptr y, mpfr_t *x)
{
    shifted(y, x, KIND_U);
}

static void shifted_v(mpfr_ptr y, mpfr_t *x)
{
    shifted(y, x, KIND_V);
}

static void shifted_w(mpfr_ptr y, mpfr_t *x)
{
    shifted(y, x, KIND_W);
}

/* Where no degree or no argument is a number the op has its own answer. */
static int not_finite(const double *x)
{
    return !isfinite(x[0]) || !isfinite(x[1]);
}

static int not_finite_or_high(const double *x)
{
    return not_finite(x) || x[1] > MAX_DEGREE;
}

#define CLOSED .unknown = not_finite_or_high, .flags = ANY_ZERO | DEGREE, .cost = 2
#define RECURRENT .unknown = not_finite_or_high, .flags = ANY_ZERO | DEGREE, .cost = 2

const struct oracle polynomial_oracles[] = {
    {.name = "chebyshev_polynomial_t", .real = chebyshev_t, CLOSED},
    {.name = "chebyshev_polynomial_u", .real = chebyshev_u, CLOSED},
    {.name = "chebyshev_polynomial_v", .real = chebyshev_v, CLOSED},
    {.name = "chebyshev_polynomial_w", .real = chebyshev_w, CLOSED},
    {.name = "shifted_chebyshev_polynomial_t", .real = shifted_t, CLOSED},
    {.name = "shifted_chebyshev_polynomial_u", .real = shifted_u, CLOSED},
    {.name = "shifted_chebyshev_polynomial_v", .real = shifted_v, CLOSED},
    {.name = "shifted_chebyshev_polynomial_w", .real = shifted_w, CLOSED},
    {.name = "hermite_polynomial_h", .real = hermite_h, RECURRENT},
    {.name = "hermite_polynomial_he", .real = hermite_he, RECURRENT},
    {.name = "laguerre_polynomial_l", .real = laguerre, RECURRENT},
    {.name = "legendre_polynomial_p", .real = legendre, RECURRENT},
    {0},
};
