/* Functions around Gamma: Hurwitz's zeta, polygamma, incomplete gammas. */
#include <math.h>

#include "tools/accuracy/oracle.h"

#define N MPFR_RNDN

/* y += tail of zeta(s, a) from Euler and Maclaurin's sum, DLMF 25.11.5:
 * a^(1-s) / (s - 1) + a^-s / 2 + sum B_2j / (2j)! s (s + 1) ... (s + 2j - 2) a^(1 - s - 2j), where
 * B_2j / (2j)! = (-1)^(j + 1) 2 zeta(2j) / (2 pi)^2j. */
static void add_hurwitz_tail(mpfr_ptr y, mpfr_srcptr s, mpfr_srcptr a)
{
    mpfr_t power, part, term, turn;
    mpfr_inits2(mpfr_get_prec(y), power, part, term, turn, (mpfr_ptr)0);
    mpfr_neg(part, s, N);
    mpfr_pow(power, a, part, N);
    mpfr_div_2ui(part, power, 1, N);
    mpfr_add(y, y, part, N);
    mpfr_mul(power, power, a, N);
    mpfr_sub_ui(part, s, 1, N);
    mpfr_div(term, power, part, N);
    mpfr_add(y, y, term, N);
    /* term = 2 a^(1-s) s (s + 1) ... / (2 pi a)^2j, without zeta(2j) */
    mpfr_const_pi(turn, N);
    mpfr_mul_2ui(turn, turn, 1, N);
    mpfr_mul(turn, turn, a, N);
    mpfr_sqr(turn, turn, N);
    mpfr_mul(term, power, s, N);
    mpfr_mul_2ui(term, term, 1, N);
    for (unsigned long j = 1;; j++) {
        mpfr_div(term, term, turn, N);
        mpfr_zeta_ui(part, 2 * j, N);
        mpfr_mul(part, part, term, N);
        if (j % 2)
            mpfr_add(y, y, part, N);
        else
            mpfr_sub(y, y, part, N);
        if (!mpfr_regular_p(part) || mpfr_get_exp(part) < mpfr_get_exp(y) - mpfr_get_prec(y))
            break;
        mpfr_add_ui(part, s, 2 * j - 1, N);
        mpfr_mul(term, term, part, N);
        mpfr_add_ui(part, s, 2 * j, N);
        mpfr_mul(term, term, part, N);
    }
    mpfr_clears(power, part, term, turn, (mpfr_ptr)0);
}

/* Whether q is a negative half-integer and s odd: terms up to q + k = -q then cancel in pairs. */
static int cancels(mpfr_srcptr s, mpfr_srcptr q)
{
    const double half = mpfr_get_d(q, N) + 0.5;
    return mpfr_sgn(q) < 0 && floor(half) == half && !mpfr_integer_p(q) &&
           fmod(mpfr_get_d(s, N), 2) == 1;
}

/* sum of (q + k)^-s: terms until they no longer count or until q + k is large beside s and the
 * precision, then the tail. q is no pole; s > 1, an integer if q < 0. */
static void hurwitz(mpfr_ptr y, mpfr_srcptr s, mpfr_srcptr q)
{
    mpfr_t a, minus_s, term;
    const mpfr_prec_t bits = mpfr_get_prec(y);
    const double enough = mpfr_get_d(s, N) + (double)bits / 4 + 4;
    mpfr_inits2(bits, a, minus_s, term, (mpfr_ptr)0);
    mpfr_set(a, q, N);
    if (cancels(s, q))
        mpfr_ui_sub(a, 1, q, N);
    mpfr_neg(minus_s, s, N);
    mpfr_set_zero(y, 1);
    int done = 0;
    while (!done && mpfr_cmp_d(a, enough) < 0) {
        mpfr_pow(term, a, minus_s, N);
        mpfr_add(y, y, term, N);
        done = mpfr_sgn(a) > 0 &&
               (!mpfr_regular_p(term) || mpfr_inf_p(y) ||
                (mpfr_regular_p(y) &&
                 mpfr_get_exp(term) < mpfr_get_exp(y) - (long)bits - (long)log2(enough) - 8));
        mpfr_add_ui(a, a, 1, N);
    }
    if (!done)
        add_hurwitz_tail(y, s, a);
    mpfr_clears(a, minus_s, term, (mpfr_ptr)0);
}

/* As PyTorch: inf at s = 1 and at the poles q = 0, -1, ...; NaN for s < 1 and for the complex
 * values at negative q. */
static void zeta(mpfr_ptr y, mpfr_t *x)
{
    if (mpfr_nan_p(x[0]) || mpfr_nan_p(x[1]) || mpfr_cmp_ui(x[0], 1) < 0)
        mpfr_set_nan(y);
    else if (mpfr_cmp_ui(x[0], 1) == 0 || (mpfr_sgn(x[1]) <= 0 && mpfr_integer_p(x[1])))
        mpfr_set_inf(y, 1);
    else if (mpfr_sgn(x[1]) < 0 && !mpfr_integer_p(x[0]))
        mpfr_set_nan(y);
    else
        hurwitz(y, x[0], x[1]);
}

/* Sums of a million terms are not waited for; powers beyond MPFR's range on both sides of 0. */
static int zeta_unknown(const double *x)
{
    return !isfinite(x[0]) || !isfinite(x[1]) || x[1] < -64 || (x[0] > 1e8 && x[1] < 0) ||
           (x[0] > 1e4 && x[1] < x[0] && x[1] > 10);
}

/* psi of order n at x: (-1)^(n + 1) n! zeta(n + 1, x). At a pole +-inf for odd and even orders; the
 * order 0 is digamma. */
static void polygamma(mpfr_ptr y, mpfr_t *x)
{
    mpfr_t factor;
    const unsigned long order = mpfr_get_ui(x[1], N);
    if (order == 0) {
        mpfr_digamma(y, x[0], N);
        return;
    }
    mpfr_init2(factor, mpfr_get_prec(y));
    if (mpfr_nan_p(x[0])) {
        mpfr_set_nan(y);
    } else if (mpfr_inf_p(x[0])) {
        mpfr_set_zero(y, 1);
    } else if (mpfr_sgn(x[0]) <= 0 && mpfr_integer_p(x[0])) {
        mpfr_set_inf(y, 1);
    } else {
        mpfr_set_ui(factor, order + 1, N);
        hurwitz(y, factor, x[0]);
        mpfr_fac_ui(factor, order, N);
        mpfr_mul(y, y, factor, N);
    }
    if (order % 2 == 0)
        mpfr_neg(y, y, N);
    mpfr_clear(factor);
}

static int polygamma_unknown(const double *x)
{
    return x[0] < -64;
}

/* p (p - 1) / 4 log pi + sum of log|Gamma(x - j / 2)|, j < p */
static void mvlgamma(mpfr_ptr y, mpfr_t *x)
{
    mpfr_t part;
    const unsigned long p = mpfr_get_ui(x[1], N);
    mpfr_init2(part, mpfr_get_prec(y));
    mpfr_const_pi(y, N);
    mpfr_log(y, y, N);
    mpfr_mul_ui(y, y, p * (p - 1), N);
    mpfr_div_2ui(y, y, 2, N);
    for (unsigned long j = 0; j < p; j++) {
        int sign = 0;
        mpfr_sub_d(part, x[0], 0.5 * (double)j, N);
        mpfr_lgamma(part, &sign, part, N);
        mpfr_add(y, y, part, N);
    }
    mpfr_clear(part);
}

static int mvlgamma_unknown(const double *x)
{
    return x[0] <= (x[1] - 1) / 2;
}

/* x^a e^-x / Gamma(a + 1) */
static void set_front(mpfr_ptr y, mpfr_srcptr a, mpfr_srcptr x)
{
    mpfr_t part;
    int sign = 0;
    mpfr_init2(part, mpfr_get_prec(y));
    mpfr_log(y, x, N);
    mpfr_mul(y, y, a, N);
    mpfr_sub(y, y, x, N);
    mpfr_add_ui(part, a, 1, N);
    mpfr_lgamma(part, &sign, part, N);
    mpfr_sub(y, y, part, N);
    mpfr_exp(y, y, N);
    mpfr_clear(part);
}

/* P: front sum x^k / ((a + 1) ... (a + k)), DLMF 8.11.4: all terms positive. */
static void lower(mpfr_ptr y, mpfr_srcptr a, mpfr_srcptr x)
{
    mpfr_t term, bottom;
    mpfr_inits2(mpfr_get_prec(y), term, bottom, (mpfr_ptr)0);
    mpfr_set(bottom, a, N);
    mpfr_set_ui(term, 1, N);
    mpfr_set_ui(y, 1, N);
    do {
        mpfr_add_ui(bottom, bottom, 1, N);
        mpfr_mul(term, term, x, N);
        mpfr_div(term, term, bottom, N);
        mpfr_add(y, y, term, N);
    } while (
        mpfr_regular_p(term) &&
        (mpfr_cmp(bottom, x) < 0 || mpfr_get_exp(term) > mpfr_get_exp(y) - (long)mpfr_get_prec(y)));
    set_front(term, a, x);
    mpfr_mul(y, y, term, N);
    mpfr_clears(term, bottom, (mpfr_ptr)0);
}

/* Q: a front / (x + 1 - a - 1 (1 - a) / (x + 3 - a - 2 (2 - a) / ...)), DLMF 8.9.2, by the method
 * of Lentz and Thompson; x > a + 1. */
static void upper(mpfr_ptr y, mpfr_srcptr a, mpfr_srcptr x)
{
    mpfr_t b, c, d, top;
    const mpfr_prec_t bits = mpfr_get_prec(y);
    mpfr_inits2(bits, b, c, d, top, (mpfr_ptr)0);
    mpfr_sub(b, x, a, N);
    mpfr_add_ui(b, b, 1, N);
    mpfr_ui_div(d, 1, b, N);
    mpfr_set(y, d, N);
    mpfr_set_inf(c, 1);
    for (unsigned long k = 1;; k++) {
        mpfr_sub_ui(top, a, k, N);
        mpfr_mul_ui(top, top, k, N); /* -k (k - a) */
        mpfr_add_ui(b, b, 2, N);
        mpfr_mul(d, d, top, N);
        mpfr_add(d, d, b, N);
        mpfr_ui_div(d, 1, d, N);
        mpfr_div(c, top, c, N);
        mpfr_add(c, c, b, N);
        mpfr_mul(top, c, d, N);
        mpfr_mul(y, y, top, N);
        mpfr_sub_ui(top, top, 1, N);
        if (!mpfr_regular_p(top) || mpfr_get_exp(top) < 4 - (long)bits)
            break;
    }
    set_front(top, a, x);
    mpfr_mul(top, top, a, N);
    mpfr_mul(y, y, top, N);
    mpfr_clears(b, c, d, top, (mpfr_ptr)0);
}

/* Whichever of the two is small directly, the other from it. */
static void incomplete(mpfr_ptr y, mpfr_srcptr a, mpfr_srcptr x, int want_upper)
{
    mpfr_t limit;
    mpfr_init2(limit, 64);
    mpfr_add_ui(limit, a, 1, MPFR_RNDU);
    const int have_upper = mpfr_cmp(x, limit) > 0;
    mpfr_clear(limit);
    if (have_upper)
        upper(y, a, x);
    else
        lower(y, a, x);
    if (have_upper != want_upper)
        mpfr_ui_sub(y, 1, y, N);
}

/* The ends as PyTorch has them. */
static void incomplete_or_end(mpfr_ptr y, mpfr_t *x, int want_upper)
{
    mpfr_srcptr a = x[0], at = x[1];
    const int bad = mpfr_nan_p(a) || mpfr_nan_p(at) || mpfr_sgn(a) < 0 || mpfr_sgn(at) < 0;
    if (bad || (mpfr_zero_p(a) && mpfr_zero_p(at)) || (mpfr_inf_p(a) && mpfr_inf_p(at)))
        mpfr_set_nan(y);
    else if (mpfr_zero_p(a) || mpfr_inf_p(at))
        mpfr_set_ui(y, want_upper ? 0 : 1, N);
    else if (mpfr_zero_p(at) || mpfr_inf_p(a))
        mpfr_set_ui(y, want_upper ? 1 : 0, N);
    else
        incomplete(y, a, at, want_upper);
}

static void igamma(mpfr_ptr y, mpfr_t *x)
{
    incomplete_or_end(y, x, 0);
}

static void igammac(mpfr_ptr y, mpfr_t *x)
{
    incomplete_or_end(y, x, 1);
}

/* Both large and alike: the series are too long. */
static int incomplete_unknown(const double *x)
{
    return x[0] > 1e5 && x[1] > 1e5 && x[1] < 4 * x[0] && x[0] < 4 * x[1];
}

const struct oracle gamma_oracles[] = {
    {.name = "zeta", .real = zeta, .unknown = zeta_unknown, .cost = 50},
    {.name = "polygamma",
     .real = polygamma,
     .unknown = polygamma_unknown,
     .cost = 50,
     .params = {{"n", {0, 1, 2, 7}, 4}}},
    {.name = "mvlgamma",
     .real = mvlgamma,
     .unknown = mvlgamma_unknown,
     .cost = 10,
     .params = {{"p", {1, 2, 5}, 3}}},
    {.name = "igamma",
     .real = igamma,
     .unknown = incomplete_unknown,
     .flags = ANY_ZERO,
     .cost = 20},
    {.name = "igammac",
     .real = igammac,
     .unknown = incomplete_unknown,
     .flags = ANY_ZERO,
     .cost = 20},
    {0},
};
