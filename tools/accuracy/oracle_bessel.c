/* Bessel and Airy functions. Power series with the bits that cancellation takes, asymptotic series
 * where their least term is small enough. Numbers are those of Abramowitz and Stegun, and DLMF. */
#include <math.h>

#include "tools/accuracy/oracle.h"

#define N MPFR_RNDN

enum { SPARE_BITS = 32 };

/* The least term of the series for large x is about e^(-2x). */
static int large(double x, mpfr_prec_t bits)
{
    return 2 * x * 1.44 > (double)bits + 20;
}

static int negligible(mpfr_srcptr term, mpfr_srcptr sum)
{
    return mpfr_zero_p(term) || (mpfr_regular_p(sum) &&
                                 mpfr_get_exp(term) < mpfr_get_exp(sum) - (long)mpfr_get_prec(sum));
}

/* sum over k of sign^k (4 v^2 - 1) (4 v^2 - 9) ... / (k! (8x)^k): 9.7.1, 9.7.2 */
static void large_series(mpfr_ptr y, mpfr_srcptr x, int order, int sign)
{
    mpfr_t term;
    mpfr_init2(term, mpfr_get_prec(y));
    mpfr_set_ui(term, 1, N);
    mpfr_set_ui(y, 1, N);
    for (long k = 1; !negligible(term, y); k++) {
        mpfr_mul_si(term, term, sign * (4L * order * order - (2 * k - 1) * (2 * k - 1)), N);
        mpfr_div_ui(term, term, 8 * (unsigned long)k, N);
        mpfr_div(term, term, x, N);
        mpfr_add(y, y, term, N);
    }
    mpfr_clear(term);
}

/* sum of (x^2 / 4)^k / (k! (k + order)!): 9.6.10 without its power of x / 2; with `weights`, each
 * term times psi(k + 1) + psi(k + order + 1): 9.6.11. */
static void small_series(mpfr_ptr y, mpfr_srcptr x, int order, int weights)
{
    mpfr_t term, quarter, weight, part;
    mpfr_inits2(mpfr_get_prec(y), term, quarter, weight, part, (mpfr_ptr)0);
    mpfr_sqr(quarter, x, N);
    mpfr_div_2ui(quarter, quarter, 2, N);
    mpfr_set_ui(term, 1, N);
    mpfr_const_euler(weight, N);
    mpfr_mul_si(weight, weight, -2, N);
    mpfr_add_si(weight, weight, order, N); /* psi(1) + psi(order + 1), order 0 or 1 */
    mpfr_set_zero(y, 1);
    for (unsigned long k = 1;; k++) {
        if (weights)
            mpfr_mul(part, term, weight, N);
        mpfr_add(y, y, weights ? part : term, N);
        if (negligible(term, y))
            break;
        mpfr_mul(term, term, quarter, N);
        mpfr_div_ui(term, term, k, N);
        mpfr_div_ui(term, term, k + (unsigned long)order, N);
        mpfr_set_ui(part, 1, N);
        mpfr_div_ui(part, part, k, N);
        mpfr_add(weight, weight, part, N);
        mpfr_set_ui(part, 1, N);
        mpfr_div_ui(part, part, k + (unsigned long)order, N);
        mpfr_add(weight, weight, part, N);
    }
    mpfr_clears(term, quarter, weight, part, (mpfr_ptr)0);
}

/* e^-|x| I(|x|), and I(|x|) */
static void modified_first(mpfr_ptr y, mpfr_srcptr x, int order, int scaled)
{
    mpfr_t size, factor;
    const mpfr_prec_t bits = mpfr_get_prec(y);
    mpfr_inits2(bits + SPARE_BITS, size, factor, (mpfr_ptr)0);
    mpfr_abs(size, x, N);
    if (mpfr_inf_p(size)) {
        mpfr_set_inf(y, 1);
        if (scaled)
            mpfr_set_zero(y, 1);
    } else if (mpfr_nan_p(size)) {
        mpfr_set_nan(y);
    } else if (large(mpfr_get_d(size, N), bits)) {
        large_series(y, size, order, -1);
        mpfr_const_pi(factor, N);
        mpfr_mul(factor, factor, size, N);
        mpfr_mul_2ui(factor, factor, 1, N);
        mpfr_rec_sqrt(factor, factor, N);
        mpfr_mul(y, y, factor, N);
        mpfr_exp(factor, size, N);
        if (!scaled)
            mpfr_mul(y, y, factor, N);
    } else {
        small_series(y, size, order, 0);
        if (order)
            mpfr_mul(y, y, size, N), mpfr_div_2ui(y, y, 1, N);
        mpfr_neg(factor, size, N);
        mpfr_exp(factor, factor, N);
        if (scaled)
            mpfr_mul(y, y, factor, N);
    }
    if (order && mpfr_signbit(x))
        mpfr_neg(y, y, N);
    mpfr_clears(size, factor, (mpfr_ptr)0);
}

/* K by 9.6.11 for n = 0 and 1: -log(x / 2) I0 + ... / 2, and 1 / x + log(x / 2) I1 - ... */
static void small_second(mpfr_ptr y, mpfr_srcptr x, int order)
{
    mpfr_t sum, half, log;
    mpfr_inits2(mpfr_get_prec(y), sum, half, log, (mpfr_ptr)0);
    mpfr_div_2ui(half, x, 1, N);
    mpfr_log(log, half, N);
    small_series(y, x, order, 0);
    mpfr_mul(y, y, log, N);
    small_series(sum, x, order, 1);
    mpfr_div_2ui(sum, sum, 1, N);
    mpfr_sub(y, sum, y, N);
    if (order) {
        mpfr_mul(y, y, half, N);
        mpfr_ui_div(sum, 1, x, N);
        mpfr_sub(y, sum, y, N);
    }
    mpfr_clears(sum, half, log, (mpfr_ptr)0);
}

static void modified_second_finite(mpfr_ptr y, mpfr_srcptr x, int order, int scaled)
{
    const double value = mpfr_get_d(x, N);
    const mpfr_prec_t bits = mpfr_get_prec(y);
    const int far = large(value, bits + SPARE_BITS);
    mpfr_t sum, factor;
    mpfr_inits2(bits + SPARE_BITS + (far ? 0 : (long)(3 * value)), sum, factor, (mpfr_ptr)0);
    if (far) {
        large_series(sum, x, order, 1);
        mpfr_const_pi(factor, N);
        mpfr_div(factor, factor, x, N);
        mpfr_div_2ui(factor, factor, 1, N);
        mpfr_sqrt(factor, factor, N);
        mpfr_mul(sum, sum, factor, N);
        mpfr_neg(factor, x, N);
    } else {
        small_second(sum, x, order);
        mpfr_set(factor, x, N);
    }
    mpfr_exp(factor, factor, N);
    if (far != scaled) /* far and unscaled: e^-x is missing; near and scaled: e^x */
        mpfr_mul(sum, sum, factor, N);
    mpfr_set(y, sum, N);
    mpfr_clears(sum, factor, (mpfr_ptr)0);
}

/* inf at 0, NaN below, as PyTorch. */
static void modified_second(mpfr_ptr y, mpfr_srcptr x, int order, int scaled)
{
    if (mpfr_nan_p(x) || mpfr_sgn(x) < 0)
        mpfr_set_nan(y);
    else if (mpfr_zero_p(x))
        mpfr_set_inf(y, 1);
    else if (mpfr_inf_p(x))
        mpfr_set_zero(y, 1);
    else
        modified_second_finite(y, x, order, scaled);
}

static void i0(mpfr_ptr y, mpfr_t *x)
{
    modified_first(y, x[0], 0, 0);
}

static void i0e(mpfr_ptr y, mpfr_t *x)
{
    modified_first(y, x[0], 0, 1);
}

static void i1(mpfr_ptr y, mpfr_t *x)
{
    modified_first(y, x[0], 1, 0);
}

static void i1e(mpfr_ptr y, mpfr_t *x)
{
    modified_first(y, x[0], 1, 1);
}

static void k0(mpfr_ptr y, mpfr_t *x)
{
    modified_second(y, x[0], 0, 0);
}

static void k0e(mpfr_ptr y, mpfr_t *x)
{
    modified_second(y, x[0], 0, 1);
}

static void k1(mpfr_ptr y, mpfr_t *x)
{
    modified_second(y, x[0], 1, 0);
}

static void k1e(mpfr_ptr y, mpfr_t *x)
{
    modified_second(y, x[0], 1, 1);
}

/* sin(x) / x; 1 at 0, 0 at infinity */
static void spherical_j0(mpfr_ptr y, mpfr_t *x)
{
    mpfr_sin(y, x[0], N);
    mpfr_div(y, y, x[0], N);
    if (mpfr_zero_p(x[0]))
        mpfr_set_ui(y, 1, N);
    if (mpfr_inf_p(x[0]))
        mpfr_set_zero(y, 1);
}

const struct oracle bessel_oracles[] = {
    {.name = "bessel_j0", .unary = mpfr_j0, .flags = ANY_ZERO, .cost = 4},
    {.name = "bessel_j1", .unary = mpfr_j1, .flags = ANY_ZERO, .cost = 4},
    {.name = "bessel_y0", .unary = mpfr_y0, .flags = ANY_ZERO, .cost = 4},
    {.name = "bessel_y1", .unary = mpfr_y1, .flags = ANY_ZERO, .cost = 4},
    {.name = "i0", .real = i0, .cost = 4},
    {.name = "i0e", .real = i0e, .cost = 4},
    {.name = "i1", .real = i1, .cost = 4},
    {.name = "i1e", .real = i1e, .flags = ANY_ZERO, .cost = 4},
    {.name = "modified_bessel_k0", .real = k0, .cost = 4},
    {.name = "modified_bessel_k1", .real = k1, .cost = 4},
    {.name = "scaled_modified_bessel_k0", .real = k0e, .cost = 4},
    {.name = "scaled_modified_bessel_k1", .real = k1e, .cost = 4},
    {.name = "spherical_bessel_j0", .real = spherical_j0, .flags = ANY_ZERO | REDUCED},
    {0},
};
