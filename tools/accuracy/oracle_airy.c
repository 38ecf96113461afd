/* Ai: its Maclaurin series, DLMF 9.4.1, and for large arguments 9.7.5 and 9.7.9. */
#include <math.h>

#include "tools/accuracy/oracle.h"

#define N MPFR_RNDN

/* y = sum of x^3k / (first (first + 1)) ((first + 3) (first + 4)) ... */
static void cubes(mpfr_ptr y, mpfr_srcptr x, unsigned long first)
{
    mpfr_t cube, term;
    mpfr_inits2(mpfr_get_prec(y), cube, term, (mpfr_ptr)0);
    mpfr_pow_ui(cube, x, 3, N);
    mpfr_set_ui(term, 1, N);
    mpfr_set_ui(y, 1, N);
    for (unsigned long k = first; mpfr_regular_p(term); k += 3) {
        mpfr_mul(term, term, cube, N);
        mpfr_div_ui(term, term, k * (k + 1), N);
        mpfr_add(y, y, term, N);
        if (mpfr_regular_p(term) && mpfr_get_exp(term) < -(long)mpfr_get_prec(y))
            break;
    }
    mpfr_clears(cube, term, (mpfr_ptr)0);
}

/* f(x) / (3^(2/3) Gamma(2/3)) - x g(x) / (3^(1/3) Gamma(1/3)) */
static void near_zero(mpfr_ptr y, mpfr_srcptr x)
{
    mpfr_t third, root, factor, other;
    mpfr_inits2(mpfr_get_prec(y), third, root, factor, other, (mpfr_ptr)0);
    mpfr_set_ui(third, 3, N);
    mpfr_cbrt(root, third, N);
    mpfr_ui_div(third, 1, third, N);
    mpfr_gamma(factor, third, N);
    mpfr_mul(factor, factor, root, N);
    cubes(other, x, 3);
    cubes(y, x, 2);
    mpfr_mul(other, other, x, N);
    mpfr_div(other, other, factor, N);
    mpfr_mul_2ui(third, third, 1, N);
    mpfr_gamma(factor, third, N);
    mpfr_sqr(root, root, N);
    mpfr_mul(factor, factor, root, N);
    mpfr_div(y, y, factor, N);
    mpfr_sub(y, y, other, N);
    mpfr_clears(third, root, factor, other, (mpfr_ptr)0);
}

/* even and odd terms of sum u_k / zeta^k, u_k = u_(k-1) (6k - 5) (6k - 3) (6k - 1) / (216 k (2k -
 * 1)); `alternating`: each of the two alternates by itself. */
static void terms(mpfr_ptr even, mpfr_ptr odd, mpfr_srcptr zeta, int alternating)
{
    mpfr_t term;
    mpfr_init2(term, mpfr_get_prec(even));
    mpfr_set_ui(term, 1, N);
    mpfr_set_ui(even, 1, N);
    mpfr_set_zero(odd, 1);
    for (unsigned long k = 1; mpfr_get_exp(term) > -(long)mpfr_get_prec(even); k++) {
        mpfr_mul_ui(term, term, (6 * k - 5) * (6 * k - 3) * (6 * k - 1), N);
        mpfr_div_ui(term, term, 216 * k * (2 * k - 1), N);
        mpfr_div(term, term, zeta, N);
        const int minus = alternating && k % 4 >= 2;
        mpfr_ptr sum = k % 2 ? odd : even;
        if (minus)
            mpfr_sub(sum, sum, term, N);
        else
            mpfr_add(sum, sum, term, N);
        if (mpfr_zero_p(term))
            break;
    }
    mpfr_clear(term);
}

/* x > 0: e^-zeta / (2 sqrt(pi) x^(1/4)) (even - odd); x < 0:
 * (cos(zeta - pi/4) even + sin(zeta - pi/4) odd) / (sqrt(pi) |x|^(1/4)) */
static void far_from_zero(mpfr_ptr y, mpfr_srcptr x)
{
    mpfr_t zeta, even, odd, root, sine;
    const mpfr_prec_t bits = mpfr_get_prec(y);
    mpfr_inits2(bits, even, odd, root, sine, (mpfr_ptr)0);
    mpfr_init2(zeta, bits + (mpfr_get_exp(x) > 0 ? 2 * mpfr_get_exp(x) : 0) + 16);
    mpfr_abs(zeta, x, N);
    mpfr_sqrt(zeta, zeta, N);
    mpfr_sqrt(root, zeta, N);
    mpfr_pow_ui(zeta, zeta, 3, N);
    mpfr_mul_2ui(zeta, zeta, 1, N);
    mpfr_div_ui(zeta, zeta, 3, N);
    terms(even, odd, zeta, mpfr_sgn(x) < 0);
    if (mpfr_sgn(x) > 0) {
        mpfr_sub(y, even, odd, N);
        mpfr_div_2ui(y, y, 1, N);
        mpfr_neg(zeta, zeta, N);
        mpfr_exp(sine, zeta, N);
        mpfr_mul(y, y, sine, N);
    } else {
        mpfr_const_pi(sine, N);
        mpfr_div_2ui(sine, sine, 2, N);
        mpfr_t quarter;
        mpfr_init2(quarter, mpfr_get_prec(zeta));
        mpfr_const_pi(quarter, N);
        mpfr_div_2ui(quarter, quarter, 2, N);
        mpfr_sub(zeta, zeta, quarter, N);
        mpfr_clear(quarter);
        mpfr_sin_cos(sine, y, zeta, N);
        mpfr_mul(y, y, even, N);
        mpfr_mul(sine, sine, odd, N);
        mpfr_add(y, y, sine, N);
    }
    mpfr_div(y, y, root, N);
    mpfr_const_pi(root, N);
    mpfr_rec_sqrt(root, root, N);
    mpfr_mul(y, y, root, N);
    mpfr_clears(zeta, even, odd, root, sine, (mpfr_ptr)0);
}

static void airy_ai(mpfr_ptr y, mpfr_t *x)
{
    const double value = mpfr_get_d(x[0], N);
    const double zeta = 2.0 / 3 * pow(fabs(value), 1.5);
    mpfr_t more;
    if (isnan(value)) {
        mpfr_set_nan(y);
    } else if (isinf(value)) {
        mpfr_set_zero(y, 1);
    } else if (2 * zeta * 1.44 > (double)mpfr_get_prec(y) + 20) {
        far_from_zero(y, x[0]);
    } else {
        mpfr_init2(more, mpfr_get_prec(y) + (long)(4 * zeta) + 32);
        near_zero(more, x[0]);
        mpfr_set(y, more, N);
        mpfr_clear(more);
    }
}

const struct oracle airy_oracles[] = {
    {.name = "airy_ai", .real = airy_ai, .cost = 4},
    {0},
};
