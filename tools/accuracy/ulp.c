#include "tools/accuracy/ulp.h"

#include <math.h>

enum { GUARD_BITS = 64 };

int ulp_exponent(const struct float_format *format, mpfr_srcptr magnitude)
{
    long exponent = format->min_exponent;
    if (mpfr_regular_p(magnitude) && mpfr_get_exp(magnitude) - 1 > exponent)
        exponent = mpfr_get_exp(magnitude) - 1;
    if (exponent > format->max_exponent)
        exponent = format->max_exponent;
    return (int)exponent - format->precision + 1;
}

/* Half a step beyond the largest finite number, from where a value rounds to infinity. */
static int rounds_to_infinity(const struct float_format *format, mpfr_srcptr exact)
{
    const double half_step = ldexp(1, format->max_exponent - format->precision);
    mpfr_t limit;
    mpfr_init2(limit, 128);
    mpfr_set_d(limit, format->largest, MPFR_RNDN);
    mpfr_add_d(limit, limit, half_step, MPFR_RNDN);
    const int beyond = mpfr_cmpabs(exact, limit) >= 0;
    mpfr_clear(limit);
    return beyond;
}

static double same_or_infinite(int same, double *absolute)
{
    if (absolute)
        *absolute = same ? 0 : HUGE_VAL;
    return same ? 0 : HUGE_VAL;
}

static double distance(const struct float_format *format, double result, mpfr_srcptr exact,
                       double *absolute)
{
    mpfr_t difference;
    mpfr_init2(difference, mpfr_get_prec(exact) + GUARD_BITS);
    if (isinf(result)) {
        mpfr_set_ui_2exp(difference, 1, format->max_exponent + 1, MPFR_RNDN);
        mpfr_setsign(difference, difference, signbit(result), MPFR_RNDN);
    } else {
        mpfr_set_d(difference, result, MPFR_RNDN);
    }
    mpfr_sub(difference, difference, exact, MPFR_RNDN);
    mpfr_abs(difference, difference, MPFR_RNDN);
    if (absolute)
        *absolute = mpfr_get_d(difference, MPFR_RNDN);
    mpfr_mul_2si(difference, difference, -ulp_exponent(format, exact), MPFR_RNDN);
    const double error = mpfr_get_d(difference, MPFR_RNDN);
    mpfr_clear(difference);
    return error;
}

double ulp_error(const struct float_format *format, double result, mpfr_srcptr exact,
                 double *absolute)
{
    if (isnan(result) || mpfr_nan_p(exact))
        return same_or_infinite(isnan(result) && mpfr_nan_p(exact), absolute);
    const int same_sign = !signbit(result) == !mpfr_signbit(exact);
    if (mpfr_inf_p(exact))
        return same_or_infinite(isinf(result) && same_sign, absolute);
    if (isinf(result) && same_sign && rounds_to_infinity(format, exact))
        return same_or_infinite(1, absolute);
    if ((result == 0 && !same_sign) || (isinf(result) && !same_sign))
        return same_or_infinite(0, absolute);
    return distance(format, result, exact, absolute);
}

double ulp_error_complex(const struct float_format *format, const double result[2],
                         mpfr_srcptr real, mpfr_srcptr imaginary, double *absolute)
{
    mpfr_t norm, difference[2];
    mpfr_init2(norm, mpfr_get_prec(real));
    for (int i = 0; i < 2; i++) {
        mpfr_init2(difference[i], mpfr_get_prec(real) + GUARD_BITS);
        mpfr_set_d(difference[i], result[i], MPFR_RNDN);
        mpfr_sub(difference[i], difference[i], i ? imaginary : real, MPFR_RNDN);
    }
    mpfr_hypot(norm, real, imaginary, MPFR_RNDN);
    mpfr_hypot(difference[0], difference[0], difference[1], MPFR_RNDN);
    if (absolute)
        *absolute = mpfr_get_d(difference[0], MPFR_RNDN);
    mpfr_mul_2si(difference[0], difference[0], -ulp_exponent(format, norm), MPFR_RNDN);
    const double error = mpfr_get_d(difference[0], MPFR_RNDN);
    mpfr_clears(norm, difference[0], difference[1], (mpfr_ptr)0);
    return error;
}
