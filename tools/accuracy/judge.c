#include "tools/accuracy/judge.h"

#include <math.h>
#include <string.h>

#include "tools/accuracy/ulp.h"

enum { GUARD_BITS = 40 };

void verdict_init(struct verdict *verdict, const struct judge *judge)
{
    mpc_init2(verdict->exact, judge->format->precision + GUARD_BITS);
}

void verdict_finish(struct verdict *verdict)
{
    mpc_clear(verdict->exact);
    mpfr_free_cache2(MPFR_FREE_LOCAL_CACHE);
}

void keep_worse(struct worst *worst, const struct worst *other)
{
    if (other->ulp > worst->ulp)
        *worst = *other;
}

/* 2^exponent, for exponents of normal numbers. */
static double power_of_two(int exponent)
{
    const uint64_t bits = (uint64_t)(exponent + 1023) << 52;
    double x = 0;
    memcpy(&x, &bits, sizeof x);
    return x;
}

/* Whether a double, whose relative error is below 2^-46, shows already that the error of y is at
 * most `worst` ULP. */
static int surely_within(const struct float_format *format, double exact, double y, double worst)
{
    if (isnan(exact) || isnan(y))
        return isnan(exact) && isnan(y);
    if (!signbit(exact) != !signbit(y))
        return 0;
    /* From half a step beyond the largest number on, values round to infinity. */
    const double limit = format->largest + power_of_two(format->max_exponent - format->precision);
    if (isinf(y))
        return fabs(exact) > limit * (1 + 0x1p-46);
    if (exact == 0 || fabs(exact) > format->largest)
        return exact == y;
    const double low = exact * (1 - 0x1p-46); /* in the lower binade, at a power of two */
    uint64_t bits = 0;
    memcpy(&bits, &low, sizeof bits);
    const int exponent = (int)(bits >> 52 & 0x7ff) - 1023;
    const int binade = exponent < format->min_exponent ? format->min_exponent : exponent;
    const double ulp = power_of_two(binade - format->precision + 1);
    return fabs(y - exact) + fabs(exact) * 0x1p-46 <= worst * ulp;
}

/* Most points of 16 and 32 bits need no more. */
static int is_quickly_judged(const struct judge *judge, double x, double y, double worst)
{
    return judge->real && judge->real->quick && !judge->real->unknown &&
           judge->format->precision <= 24 &&
           surely_within(judge->format, judge->real->quick(x), y, worst);
}

static void consider(const struct judge *judge, struct measurement *found, struct worst *here,
                     double absolute, const struct verdict *verdict)
{
    const int is_worse = here->ulp > found->all.ulp || here->ulp > found->beyond.ulp;
    if (is_worse) {
        mpfr_snprintf(here->exact[0], EXACT_TEXT, "%.32Rg", mpc_realref(verdict->exact));
        mpfr_snprintf(here->exact[1], EXACT_TEXT, "%.32Rg", mpc_imagref(verdict->exact));
        keep_worse(&found->all, here);
    }
    if (absolute > judge->bound.absolute)
        keep_worse(&found->beyond, here);
    else if (mpfr_cmpabs_ui(mpc_realref(verdict->exact), 1) < 0)
        found->absolute = fmax(found->absolute, absolute);
}

/* A device that flushes subnormals gives 0 for them. */
static int flushed(const struct judge *judge, double y, mpfr_srcptr exact)
{
    return judge->no_subnormals && y == 0 &&
           fabs(mpfr_get_d(exact, MPFR_RNDN)) < judge->format->smallest_normal;
}

static void judge_real(const struct judge *judge, struct worst *here, struct measurement *found,
                       struct verdict *verdict)
{
    mpfr_ptr exact = mpc_realref(verdict->exact);
    double arguments[ORACLE_MAX_INPUTS], absolute = 0;
    memcpy(arguments, here->x, (size_t)judge->inputs * sizeof *arguments);
    memcpy(arguments + judge->inputs, judge->params,
           (size_t)judge->param_count * sizeof *arguments);
    if (judge->real->unknown && judge->real->unknown(arguments))
        return;
    found->points++;
    oracle_value(judge->real, exact, arguments, judge->inputs + judge->param_count);
    if (here->y[0] == 0 && mpfr_zero_p(exact) && (judge->real->flags & ANY_ZERO))
        return;
    if (flushed(judge, here->y[0], exact))
        return;
    here->ulp = ulp_error(judge->format, here->y[0], exact, &absolute);
    consider(judge, found, here, absolute, verdict);
}

/* Tables of golden values judge infinities and NaN. */
static int is_ordinary(const struct float_format *format, mpfr_srcptr part)
{
    return mpfr_number_p(part) && fabs(mpfr_get_d(part, MPFR_RNDA)) <= format->largest;
}

/* So small that parts which a device flushes matter. */
static int is_fragile(const struct judge *judge, mpfr_srcptr real, mpfr_srcptr imaginary)
{
    const double limit = ldexp(1, judge->format->min_exponent + judge->format->precision);
    return judge->no_subnormals && fabs(mpfr_get_d(real, MPFR_RNDN)) < limit &&
           fabs(mpfr_get_d(imaginary, MPFR_RNDN)) < limit;
}

static void judge_complex(const struct judge *judge, struct worst *here, struct measurement *found,
                          struct verdict *verdict)
{
    double arguments[ORACLE_MAX_INPUTS][2] = {{0}}, absolute = 0;
    mpfr_ptr real = mpc_realref(verdict->exact), imaginary = mpc_imagref(verdict->exact);
    int column = 0;
    for (int i = 0; i < judge->inputs; i++) {
        arguments[i][0] = here->x[column++];
        if (judge->complex_input[i])
            arguments[i][1] = here->x[column++];
    }
    for (int i = 0; i < column; i++)
        if (!isfinite(here->x[i]))
            return;
    complex_oracle_value(judge->complex, verdict->exact, arguments, judge->inputs);
    if (!is_ordinary(judge->format, real) || !is_ordinary(judge->format, imaginary) ||
        is_fragile(judge, real, imaginary))
        return;
    found->points++;
    if (!judge->complex_result && here->y[0] == 0 && mpfr_zero_p(real))
        return;
    if (!judge->complex_result)
        here->ulp = ulp_error(judge->format, here->y[0], real, &absolute);
    else if (!isfinite(here->y[0]) || !isfinite(here->y[1]))
        here->ulp = absolute = HUGE_VAL;
    else
        here->ulp = ulp_error_complex(judge->format, here->y, real, imaginary, &absolute);
    consider(judge, found, here, absolute, verdict);
}

/* Where no bound is stated: beyond `most`; and for bases of powers on the branch cut, whose signed
 * zero MPC does not see, or so large that the result's parts may round to infinity. */
static int is_beyond(const struct judge *judge, const struct worst *here, int columns)
{
    const double most = judge->complex->most, *const last = here->x + columns - 2;
    if (most <= 0)
        return 0;
    if (fabs(last[0]) > most || fabs(last[1]) > most)
        return 1;
    return columns == 4 && ((here->x[1] == 0 && here->x[0] < 0) ||
                            fabs(here->x[0]) + fabs(here->x[1]) > judge->format->largest / 16);
}

void judge_point(const struct judge *judge, const struct points *points, size_t at,
                 const double y[2], struct measurement *found, struct verdict *verdict)
{
    struct worst here;
    /* Errors below 2^-10 ULP are of no interest, and far above those of a double. */
    const double floor = judge->bound.absolute > 0 ? 0x1p-10 : fmax(found->all.ulp, 0x1p-10);
    if (is_quickly_judged(judge, points->x[0][at], y[0], floor)) {
        found->points++;
        return;
    }
    here.ulp = 0;
    for (int i = 0; i < points->columns; i++)
        here.x[i] = points->x[i][at];
    here.y[0] = y[0];
    here.y[1] = y[1];
    memcpy(here.params, judge->params, sizeof here.params);
    if (judge->complex && is_beyond(judge, &here, points->columns))
        return;
    if (judge->complex)
        judge_complex(judge, &here, found, verdict);
    else
        judge_real(judge, &here, found, verdict);
}
