/* What MPFR has itself. */
#include <math.h>

#include "tools/accuracy/oracle.h"
#include "tools/accuracy/quick.h"

static int log_gamma(mpfr_ptr y, mpfr_srcptr x, mpfr_rnd_t rounding)
{
    int sign = 0;
    return mpfr_lgamma(y, &sign, x, rounding);
}

static int reciprocal(mpfr_ptr y, mpfr_srcptr x, mpfr_rnd_t rounding)
{
    return mpfr_ui_div(y, 1, x, rounding);
}

/* NumPy's and C's: +inf at both zeros would be MPFR's. */
static int rsqrt(mpfr_ptr y, mpfr_srcptr x, mpfr_rnd_t rounding)
{
    const int inexact = mpfr_rec_sqrt(y, x, rounding);
    if (mpfr_zero_p(x))
        mpfr_setsign(y, y, mpfr_signbit(x), rounding);
    return inexact;
}

const struct oracle elementary_oracles[] = {
    {.name = "exp", .unary = mpfr_exp, .quick = exp},
    {.name = "exp2", .unary = mpfr_exp2, .quick = exp2},
    {.name = "exp10", .unary = mpfr_exp10, .quick = quick_exp10},
    {.name = "expm1", .unary = mpfr_expm1, .quick = expm1},
    {.name = "log", .unary = mpfr_log, .quick = log},
    {.name = "log2", .unary = mpfr_log2, .quick = log2},
    {.name = "log10", .unary = mpfr_log10, .quick = log10},
    {.name = "log1p", .unary = mpfr_log1p, .quick = log1p},
    {.name = "sin", .unary = mpfr_sin, .quick = sin, .flags = REDUCED},
    {.name = "cos", .unary = mpfr_cos, .quick = cos, .flags = REDUCED},
    {.name = "tan", .unary = mpfr_tan, .quick = tan, .flags = REDUCED},
    {.name = "asin", .unary = mpfr_asin, .quick = asin},
    {.name = "acos", .unary = mpfr_acos, .quick = acos},
    {.name = "atan", .unary = mpfr_atan, .quick = atan},
    {.name = "sinpi", .unary = mpfr_sinpi, .quick = quick_sinpi},
    {.name = "cospi", .unary = mpfr_cospi, .quick = quick_cospi},
    {.name = "tanpi", .unary = mpfr_tanpi, .quick = quick_tanpi},
    {.name = "sinh", .unary = mpfr_sinh, .quick = sinh},
    {.name = "cosh", .unary = mpfr_cosh, .quick = cosh},
    {.name = "tanh", .unary = mpfr_tanh, .quick = tanh},
    {.name = "asinh", .unary = mpfr_asinh, .quick = asinh},
    {.name = "acosh", .unary = mpfr_acosh, .quick = acosh},
    {.name = "atanh", .unary = mpfr_atanh, .quick = atanh},
    {.name = "sqrt", .unary = mpfr_sqrt, .quick = sqrt},
    {.name = "rsqrt", .unary = rsqrt, .quick = quick_rsqrt},
    {.name = "cbrt", .unary = mpfr_cbrt, .quick = cbrt},
    {.name = "reciprocal", .unary = reciprocal, .quick = quick_reciprocal},
    {.name = "square", .unary = mpfr_sqr},
    {.name = "erf", .unary = mpfr_erf, .quick = erf},
    {.name = "erfc", .unary = mpfr_erfc, .quick = erfc},
    {.name = "lgamma", .unary = log_gamma, .quick = quick_lgamma, .cost = 2},
    {.name = "digamma", .unary = mpfr_digamma, .cost = 2},
    {.name = "add", .binary = mpfr_add},
    {.name = "subtract", .binary = mpfr_sub},
    {.name = "multiply", .binary = mpfr_mul},
    {.name = "divide", .binary = mpfr_div},
    {.name = "hypot", .binary = mpfr_hypot},
    {.name = "power", .binary = mpfr_pow},
    {.name = "float_power", .binary = mpfr_pow},
    {.name = "atan2", .binary = mpfr_atan2},
    {0},
};
