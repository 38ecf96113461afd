/* The error function, the normal distribution, and their inverses. */
#include "tools/accuracy/oracle.h"
#include "tools/accuracy/quick.h"

#define N MPFR_RNDN

enum { MAX_NEWTON_STEPS = 100 };

static void set_sqrt_pi(mpfr_ptr y)
{
    mpfr_const_pi(y, N);
    mpfr_sqrt(y, y, N);
}

/* 1 / (x sqrt pi) sum (-1)^k (2k - 1)!! / (2 x^2)^k, DLMF 7.12.1: the least term is e^(-x^2). */
static void erfcx_asymptotic(mpfr_ptr y, mpfr_srcptr x)
{
    mpfr_t term, step;
    mpfr_inits2(mpfr_get_prec(y) + 16, term, step, (mpfr_ptr)0);
    mpfr_sqr(step, x, N);
    mpfr_mul_2ui(step, step, 1, N);
    mpfr_ui_div(step, 1, step, N);
    mpfr_neg(step, step, N);
    mpfr_set_ui(term, 1, N);
    mpfr_set_ui(y, 1, N);
    for (unsigned long k = 1; !mpfr_zero_p(term); k++) {
        mpfr_mul(term, term, step, N);
        mpfr_mul_ui(term, term, 2 * k - 1, N);
        if (mpfr_zero_p(term) || mpfr_get_exp(term) < -(long)mpfr_get_prec(y))
            break;
        mpfr_add(y, y, term, N);
    }
    set_sqrt_pi(term);
    mpfr_mul(term, term, x, N);
    mpfr_div(y, y, term, N);
    mpfr_clears(term, step, (mpfr_ptr)0);
}

/* e^(x^2) erfc(x) */
static void erfcx_of(mpfr_ptr y, mpfr_srcptr x)
{
    const double value = mpfr_get_d(x, N);
    mpfr_t square;
    if (value > 0 && value * value * 1.44 > (double)mpfr_get_prec(y) + 20) {
        erfcx_asymptotic(y, x);
        return;
    }
    mpfr_init2(square, mpfr_get_prec(y) + 16);
    mpfr_sqr(square, x, N);
    mpfr_exp(square, square, N);
    mpfr_erfc(y, x, N);
    mpfr_mul(y, y, square, N);
    mpfr_clear(square);
}

static void erfcx(mpfr_ptr y, mpfr_t *x)
{
    erfcx_of(y, x[0]);
}

/* -x / sqrt 2 */
static void set_normal_argument(mpfr_ptr y, mpfr_srcptr x)
{
    mpfr_t root;
    mpfr_init2(root, mpfr_get_prec(y));
    mpfr_sqrt_ui(root, 2, N);
    mpfr_div(y, x, root, N);
    mpfr_neg(y, y, N);
    mpfr_clear(root);
}

/* erfc(-x / sqrt 2) / 2 */
static void ndtr(mpfr_ptr y, mpfr_t *x)
{
    set_normal_argument(y, x[0]);
    mpfr_erfc(y, y, N);
    mpfr_div_2ui(y, y, 1, N);
}

/* log(erfcx(-x / sqrt 2) / 2) - x^2 / 2, and log1p(-ndtr(-x)) for positive x */
static void log_ndtr(mpfr_ptr y, mpfr_t *x)
{
    mpfr_t other;
    mpfr_init2(other, mpfr_get_prec(y));
    set_normal_argument(other, x[0]);
    if (mpfr_inf_p(x[0])) {
        mpfr_set_inf(y, -1);
        if (mpfr_sgn(x[0]) > 0)
            mpfr_set_zero(y, -1);
    } else if (mpfr_sgn(x[0]) > 0) {
        mpfr_neg(other, other, N);
        mpfr_erfc(y, other, N);
        mpfr_div_2ui(y, y, 1, N);
        mpfr_neg(y, y, N);
        mpfr_log1p(y, y, N);
    } else {
        erfcx_of(y, other);
        mpfr_div_2ui(y, y, 1, N);
        mpfr_log(y, y, N);
        mpfr_sqr(other, other, N);
        mpfr_sub(y, y, other, N);
    }
    mpfr_clear(other);
}

static void gelu(mpfr_ptr y, mpfr_t *x)
{
    ndtr(y, x);
    mpfr_mul(y, y, x[0], N);
}

/* Newton's steps for erf(y) = v, |v| <= 1/2; both sides as relative errors. */
static void solve_erf(mpfr_ptr y, mpfr_srcptr v)
{
    mpfr_t step, slope;
    mpfr_inits2(mpfr_get_prec(y), step, slope, (mpfr_ptr)0);
    set_sqrt_pi(slope);
    mpfr_div_2ui(slope, slope, 1, N);
    mpfr_mul(y, v, slope, N);
    for (int i = 0; i < MAX_NEWTON_STEPS && mpfr_regular_p(y); i++) {
        /* (erf(y) - v) e^(y^2) sqrt(pi) / 2 */
        mpfr_sqr(slope, y, N);
        mpfr_exp(slope, slope, N);
        mpfr_erf(step, y, N);
        mpfr_sub(step, step, v, N);
        mpfr_mul(step, step, slope, N);
        set_sqrt_pi(slope);
        mpfr_mul(step, step, slope, N);
        mpfr_div_2ui(step, step, 1, N);
        mpfr_sub(y, y, step, N);
        if (mpfr_zero_p(step) ||
            mpfr_get_exp(step) < mpfr_get_exp(y) - (long)mpfr_get_prec(y) * 3 / 4)
            break;
    }
    mpfr_clears(step, slope, (mpfr_ptr)0);
}

/* Newton's steps for log erfc(y) = log t, 0 < t <= 1/2: the function is concave, so they converge
 * from anywhere. erfc(x) is about e^(-x^2) / (x sqrt pi), which gives the first y. */
static void solve_erfc(mpfr_ptr y, mpfr_srcptr t)
{
    mpfr_t goal, step, scaled, square;
    mpfr_inits2(mpfr_get_prec(y) + 16, goal, step, scaled, square, (mpfr_ptr)0);
    mpfr_log(goal, t, N);
    mpfr_neg(step, goal, N);
    mpfr_sqrt(y, step, N);
    for (int i = 0; i < MAX_NEWTON_STEPS && mpfr_number_p(y); i++) {
        /* (log erfcx(y) - y^2 - log t) erfcx(y) sqrt(pi) / 2 */
        erfcx_of(scaled, y);
        mpfr_log(step, scaled, N);
        mpfr_sqr(square, y, N);
        mpfr_sub(step, step, square, N);
        mpfr_sub(step, step, goal, N);
        mpfr_mul(step, step, scaled, N);
        set_sqrt_pi(square);
        mpfr_mul(step, step, square, N);
        mpfr_div_2ui(step, step, 1, N);
        mpfr_add(y, y, step, N);
        if (mpfr_zero_p(step) ||
            mpfr_get_exp(step) < mpfr_get_exp(y) - (long)mpfr_get_prec(y) * 3 / 4)
            break;
    }
    mpfr_clears(goal, step, scaled, square, (mpfr_ptr)0);
}

/* erf(y) = v, where 1 - |v| is given too: it may be all that is left of v near 1. */
static void inverse_erf(mpfr_ptr y, mpfr_srcptr v, mpfr_srcptr one_less)
{
    if (mpfr_nan_p(v) || mpfr_sgn(one_less) < 0) {
        mpfr_set_nan(y);
    } else if (mpfr_zero_p(one_less)) {
        mpfr_set_inf(y, mpfr_sgn(v));
    } else if (mpfr_zero_p(v)) {
        mpfr_set(y, v, N);
    } else if (mpfr_cmp_d(one_less, 0.5) >= 0) {
        solve_erf(y, v);
    } else {
        solve_erfc(y, one_less);
        mpfr_setsign(y, y, mpfr_signbit(v), N);
    }
}

static void erfinv(mpfr_ptr y, mpfr_t *x)
{
    mpfr_t one_less;
    mpfr_init2(one_less, mpfr_get_prec(y) + 64);
    mpfr_abs(one_less, x[0], N);
    mpfr_ui_sub(one_less, 1, one_less, N);
    inverse_erf(y, x[0], one_less);
    mpfr_clear(one_less);
}

/* sqrt(2) erfinv(2p - 1) */
static void ndtri(mpfr_ptr y, mpfr_t *x)
{
    mpfr_t v, one_less;
    mpfr_inits2(mpfr_get_prec(y) + 64, v, one_less, (mpfr_ptr)0);
    mpfr_mul_2ui(v, x[0], 1, N);
    if (mpfr_cmp_d(x[0], 0.5) < 0)
        mpfr_set(one_less, v, N);
    else
        mpfr_ui_sub(one_less, 2, v, N);
    mpfr_sub_ui(v, v, 1, N);
    inverse_erf(y, v, one_less);
    mpfr_sqrt_ui(v, 2, N);
    mpfr_mul(y, y, v, N);
    mpfr_clears(v, one_less, (mpfr_ptr)0);
}

const struct oracle error_oracles[] = {
    {.name = "erfcx", .real = erfcx},
    {.name = "erfinv", .real = erfinv, .cost = 4},
    {.name = "ndtr", .real = ndtr, .quick = quick_ndtr},
    {.name = "ndtri", .real = ndtri, .flags = ANY_ZERO, .cost = 4},
    {.name = "log_ndtr", .real = log_ndtr, .flags = ANY_ZERO},
    {.name = "gelu", .real = gelu, .quick = quick_gelu},
    {0},
};
