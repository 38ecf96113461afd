#include "tools/accuracy/oracle.h"

#include <string.h>

enum { INPUT_BITS = 53, FIRST_GUARD_BITS = 32, ZERO_BITS = 2400, MAX_BITS = 12000 };

static const struct oracle *const tables[] = {elementary_oracles, composed_oracles};

const struct oracle *oracle_find(const char *name)
{
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++)
        for (const struct oracle *oracle = tables[i]; oracle->name; oracle++)
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
