#include "tools/accuracy/oracle.h"

#include <string.h>

enum { INPUT_BITS = 53, FIRST_GUARD_BITS = 32, ZERO_BITS = 2400, MAX_BITS = 12000 };
/* Below the square of every format's smallest number: what is left of it has no bit that counts. */
enum { ZERO_EXPONENT = -2200 };

static const struct oracle *const tables[] = {elementary_oracles, composed_oracles, error_oracles,
                                              gamma_oracles,      bessel_oracles,   airy_oracles,
                                              polynomial_oracles};

const struct oracle *oracle_find(const char *name)
{
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++)
        for (const struct oracle *oracle = tables[i]; oracle->name; oracle++)
            if (!strcmp(oracle->name, name))
                return oracle;
    return NULL;
}

const struct complex_oracle *complex_oracle_find(const char *name)
{
    for (const struct complex_oracle *oracle = complex_oracles; oracle->name; oracle++)
        if (!strcmp(oracle->name, name))
            return oracle;
    return NULL;
}

/* Two answers to different precisions are one to `bits` bits. 0 is believed only late: it may be
 * all that cancellation left. */
static int agree(mpfr_srcptr a, mpfr_srcptr b, mpfr_prec_t bits)
{
    if (mpfr_nan_p(a) || mpfr_nan_p(b))
        return mpfr_nan_p(a) && mpfr_nan_p(b);
    if (!mpfr_regular_p(a) || !mpfr_regular_p(b))
        return mpfr_equal_p(a, b) && (mpfr_inf_p(a) || mpfr_get_prec(b) >= ZERO_BITS);
    mpfr_t difference;
    mpfr_init2(difference, 32);
    mpfr_sub(difference, a, b, MPFR_RNDN);
    const int same =
        mpfr_zero_p(difference) || mpfr_get_exp(difference) < mpfr_get_exp(b) - (long)bits;
    mpfr_clear(difference);
    return same;
}

/* Ziv's strategy: more bits until they do not matter. */
static void settle(const struct oracle *oracle, mpfr_ptr y, mpfr_t *x)
{
    const mpfr_prec_t wanted = mpfr_get_prec(y);
    mpfr_t coarse, fine;
    mpfr_init2(coarse, wanted + FIRST_GUARD_BITS);
    mpfr_init2(fine, 2 * wanted + 2 * FIRST_GUARD_BITS);
    oracle->real(coarse, x);
    oracle->real(fine, x);
    while (!agree(coarse, fine, wanted) && mpfr_get_prec(fine) < MAX_BITS) {
        if (mpfr_regular_p(fine) && mpfr_get_exp(fine) < ZERO_EXPONENT) {
            mpfr_set_zero(fine, mpfr_sgn(fine));
            break;
        }
        mpfr_swap(coarse, fine);
        mpfr_set_prec(fine, 2 * mpfr_get_prec(coarse));
        oracle->real(fine, x);
    }
    mpfr_set(y, fine, MPFR_RNDN);
    mpfr_clears(coarse, fine, (mpfr_ptr)0);
}

void oracle_value(const struct oracle *oracle, mpfr_ptr y, const double *x, int count)
{
    mpfr_t inputs[ORACLE_MAX_INPUTS];
    for (int i = 0; i < count; i++) {
        mpfr_init2(inputs[i], INPUT_BITS);
        mpfr_set_d(inputs[i], x[i], MPFR_RNDN);
    }
    if (oracle->unary)
        oracle->unary(y, inputs[0], MPFR_RNDN);
    else if (oracle->binary)
        oracle->binary(y, inputs[0], inputs[1], MPFR_RNDN);
    else
        settle(oracle, y, inputs);
    for (int i = 0; i < count; i++)
        mpfr_clear(inputs[i]);
}

/* In the norm: the difference beside the larger part. */
static int agree_in_norm(mpc_srcptr a, mpc_srcptr b, mpfr_prec_t bits)
{
    mpfr_t size, difference;
    int same = 1;
    mpfr_init2(size, 32);
    mpfr_init2(difference, 32);
    mpc_abs(size, b, MPFR_RNDN);
    for (int part = 0; part < 2; part++) {
        mpfr_srcptr of_a = part ? mpc_imagref(a) : mpc_realref(a);
        mpfr_srcptr of_b = part ? mpc_imagref(b) : mpc_realref(b);
        mpfr_sub(difference, of_a, of_b, MPFR_RNDN);
        if (!mpfr_number_p(of_a) || !mpfr_number_p(of_b))
            same = same && (mpfr_equal_p(of_a, of_b) || (mpfr_nan_p(of_a) && mpfr_nan_p(of_b)));
        else if (mpfr_regular_p(difference) && mpfr_regular_p(size))
            same = same && mpfr_get_exp(difference) < mpfr_get_exp(size) - (long)bits;
    }
    if (mpfr_zero_p(size) && mpfr_get_prec(mpc_realref(b)) < ZERO_BITS)
        same = 0;
    mpfr_clears(size, difference, (mpfr_ptr)0);
    return same;
}

static void settle_complex(const struct complex_oracle *oracle, mpc_ptr y, mpc_t *x)
{
    const mpfr_prec_t wanted = mpfr_get_prec(mpc_realref(y));
    mpc_t coarse, fine;
    mpc_init2(coarse, wanted + FIRST_GUARD_BITS);
    mpc_init2(fine, 2 * wanted + 2 * FIRST_GUARD_BITS);
    oracle->formula(coarse, x);
    oracle->formula(fine, x);
    while (!agree_in_norm(coarse, fine, wanted) && mpfr_get_prec(mpc_realref(fine)) < MAX_BITS) {
        mpc_swap(coarse, fine);
        mpc_set_prec(fine, 2 * mpfr_get_prec(mpc_realref(coarse)));
        oracle->formula(fine, x);
    }
    mpc_set(y, fine, MPC_RNDNN);
    mpc_clear(coarse);
    mpc_clear(fine);
}

void complex_oracle_value(const struct complex_oracle *oracle, mpc_ptr y, double (*x)[2], int count)
{
    mpc_t inputs[ORACLE_MAX_INPUTS];
    for (int i = 0; i < count; i++) {
        mpc_init2(inputs[i], INPUT_BITS);
        mpc_set_d_d(inputs[i], x[i][0], x[i][1], MPC_RNDNN);
    }
    if (oracle->unary)
        oracle->unary(y, inputs[0], MPC_RNDNN);
    else if (oracle->binary)
        oracle->binary(y, inputs[0], inputs[1], MPC_RNDNN);
    else
        settle_complex(oracle, y, inputs);
    for (int i = 0; i < count; i++)
        mpc_clear(inputs[i]);
}
