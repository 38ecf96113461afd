/* Functions made of those that MPFR has. */
#include "tools/accuracy/oracle.h"

#define N MPFR_RNDN

/* 1 / (1 + e^-x) */
static void sigmoid(mpfr_ptr y, mpfr_t *x)
{
    mpfr_neg(y, x[0], N);
    mpfr_exp(y, y, N);
    mpfr_add_ui(y, y, 1, N);
    mpfr_ui_div(y, 1, y, N);
}

/* log(1 + e^x) */
static void softplus_of(mpfr_ptr y, mpfr_srcptr x)
{
    mpfr_exp(y, x, N);
    mpfr_log1p(y, y, N);
}

static void softplus(mpfr_ptr y, mpfr_t *x)
{
    if (mpfr_cmp_ui(x[0], 1000000) > 0)
        mpfr_set(y, x[0], N);
    else
        softplus_of(y, x[0]);
}

/* x / (1 + e^-x), with 0 at minus infinity's end taken as the limit. */
static void silu(mpfr_ptr y, mpfr_t *x)
{
    sigmoid(y, x);
    mpfr_mul(y, y, x[0], N);
}

static void mish(mpfr_ptr y, mpfr_t *x)
{
    softplus(y, x);
    mpfr_tanh(y, y, N);
    mpfr_mul(y, y, x[0], N);
}

/* log(x / (1 - x)) */
static void logit(mpfr_ptr y, mpfr_t *x)
{
    mpfr_ui_sub(y, 1, x[0], N);
    mpfr_div(y, x[0], y, N);
    mpfr_log(y, y, N);
}

static void log_add_exp_base(mpfr_ptr y, mpfr_t *x, unsigned long base)
{
    mpfr_srcptr high = mpfr_cmp(x[0], x[1]) > 0 ? x[0] : x[1];
    mpfr_srcptr low = high == x[0] ? x[1] : x[0];
    mpfr_t log_base;
    if (mpfr_nan_p(x[0]) || mpfr_nan_p(x[1])) {
        mpfr_set_nan(y);
        return;
    }
    if (mpfr_inf_p(high) || mpfr_inf_p(low)) {
        mpfr_set(y, high, N);
        return;
    }
    mpfr_init2(log_base, mpfr_get_prec(y));
    mpfr_sub(y, low, high, N);
    if (base == 2)
        mpfr_exp2(y, y, N);
    else
        mpfr_exp(y, y, N);
    mpfr_log1p(y, y, N);
    if (base == 2) {
        mpfr_const_log2(log_base, N);
        mpfr_div(y, y, log_base, N);
    }
    mpfr_add(y, high, y, N);
    mpfr_clear(log_base);
}

static void logaddexp(mpfr_ptr y, mpfr_t *x)
{
    log_add_exp_base(y, x, 0);
}

static void logaddexp2(mpfr_ptr y, mpfr_t *x)
{
    log_add_exp_base(y, x, 2);
}

/* 0 where x is 0 and y is a number, as PyTorch. */
static void xlogy_with(mpfr_ptr y, mpfr_t *x, mpfr_unary *log)
{
    log(y, x[1], N);
    if (mpfr_zero_p(x[0]) && !mpfr_nan_p(x[1]))
        mpfr_set_ui(y, 0, N);
    else
        mpfr_mul(y, x[0], y, N);
}

static void xlogy(mpfr_ptr y, mpfr_t *x)
{
    xlogy_with(y, x, mpfr_log);
}

static void xlog1py(mpfr_ptr y, mpfr_t *x)
{
    xlogy_with(y, x, mpfr_log1p);
}

/* -x log(x); 0 at 0, minus infinity below. */
static void entr(mpfr_ptr y, mpfr_t *x)
{
    if (mpfr_zero_p(x[0])) {
        mpfr_set_ui(y, 0, N);
    } else if (!mpfr_nan_p(x[0]) && mpfr_sgn(x[0]) < 0) {
        mpfr_set_inf(y, -1);
    } else {
        mpfr_log(y, x[0], N);
        mpfr_mul(y, y, x[0], N);
        mpfr_neg(y, y, N);
    }
}

/* sin(pi x) / (pi x) */
static void sinc(mpfr_ptr y, mpfr_t *x)
{
    mpfr_t angle;
    if (mpfr_zero_p(x[0])) {
        mpfr_set_ui(y, 1, N);
        return;
    }
    mpfr_init2(angle, mpfr_get_prec(y));
    mpfr_const_pi(angle, N);
    mpfr_mul(angle, angle, x[0], N);
    mpfr_sinpi(y, x[0], N);
    mpfr_div(y, y, angle, N);
    mpfr_clear(angle);
}

static void degrees(mpfr_ptr y, mpfr_t *x)
{
    mpfr_const_pi(y, N);
    mpfr_ui_div(y, 180, y, N);
    mpfr_mul(y, y, x[0], N);
}

static void radians(mpfr_ptr y, mpfr_t *x)
{
    mpfr_const_pi(y, N);
    mpfr_div_ui(y, y, 180, N);
    mpfr_mul(y, y, x[0], N);
}

/* x erfc(-x / sqrt 2) / 2: x times the normal distribution */
static void ndtr(mpfr_ptr y, mpfr_t *x)
{
    mpfr_t root;
    mpfr_init2(root, mpfr_get_prec(y));
    mpfr_sqrt_ui(root, 2, N);
    mpfr_div(y, x[0], root, N);
    mpfr_neg(y, y, N);
    mpfr_erfc(y, y, N);
    mpfr_div_2ui(y, y, 1, N);
    mpfr_clear(root);
}

static void log_ndtr(mpfr_ptr y, mpfr_t *x)
{
    ndtr(y, x);
    mpfr_log(y, y, N);
}

static void gelu(mpfr_ptr y, mpfr_t *x)
{
    ndtr(y, x);
    mpfr_mul(y, y, x[0], N);
}

const struct oracle composed_oracles[] = {
    {.name = "sigmoid", .real = sigmoid},
    {.name = "softplus", .real = softplus},
    {.name = "silu", .real = silu},
    {.name = "mish", .real = mish},
    {.name = "logit", .real = logit},
    {.name = "logaddexp", .real = logaddexp},
    {.name = "logaddexp2", .real = logaddexp2},
    {.name = "xlogy", .real = xlogy, .flags = ANY_ZERO},
    {.name = "xlog1py", .real = xlog1py, .flags = ANY_ZERO},
    {.name = "entr", .real = entr, .flags = ANY_ZERO},
    {.name = "sinc", .real = sinc, .flags = ANY_ZERO},
    {.name = "degrees", .real = degrees},
    {.name = "radians", .real = radians},
    {.name = "ndtr", .real = ndtr},
    {.name = "log_ndtr", .real = log_ndtr},
    {.name = "gelu", .real = gelu},
    {0},
};
