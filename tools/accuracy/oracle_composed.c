/* Functions made of those that MPFR has. */
#include "tools/accuracy/oracle.h"
#include "tools/accuracy/quick.h"

#define N MPFR_RNDN

/* 1 / (1 + e^-x) */
static void sigmoid(mpfr_ptr y, mpfr_t *x)
{
    mpfr_neg(y, x[0], N);
    mpfr_exp(y, y, N);
    mpfr_add_ui(y, y, 1, N);
    mpfr_ui_div(y, 1, y, N);
}

/* log(1 + e^x), which is x to more bits than anyone asks for where e^x would overflow. */
static void softplus_of(mpfr_ptr y, mpfr_srcptr x)
{
    if (mpfr_cmp_ui(x, 1000000) > 0) {
        mpfr_set(y, x, N);
    } else {
        mpfr_exp(y, x, N);
        mpfr_log1p(y, y, N);
    }
}

/* log(1 + e^(beta x)) / beta */
static void softplus(mpfr_ptr y, mpfr_t *x)
{
    mpfr_mul(y, x[0], x[1], N);
    softplus_of(y, y);
    mpfr_div(y, y, x[1], N);
}

/* x / (1 + e^-x) */
static void silu(mpfr_ptr y, mpfr_t *x)
{
    sigmoid(y, x);
    mpfr_mul(y, y, x[0], N);
}

static void mish(mpfr_ptr y, mpfr_t *x)
{
    softplus_of(y, x[0]);
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

/* high + log(1 + base^(low - high)) */
static void log_add_exp(mpfr_ptr y, mpfr_t *x, mpfr_unary *power, mpfr_unary *log1p)
{
    mpfr_srcptr high = mpfr_cmp(x[0], x[1]) > 0 ? x[0] : x[1];
    mpfr_srcptr low = high == x[0] ? x[1] : x[0];
    if (mpfr_nan_p(x[0]) || mpfr_nan_p(x[1])) {
        mpfr_set_nan(y);
    } else if (mpfr_inf_p(high) || mpfr_inf_p(low)) {
        mpfr_set(y, high, N);
    } else {
        mpfr_sub(y, low, high, N);
        power(y, y, N);
        log1p(y, y, N);
        mpfr_add(y, high, y, N);
    }
}

static void logaddexp(mpfr_ptr y, mpfr_t *x)
{
    log_add_exp(y, x, mpfr_exp, mpfr_log1p);
}

static void logaddexp2(mpfr_ptr y, mpfr_t *x)
{
    log_add_exp(y, x, mpfr_exp2, mpfr_log2p1);
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

/* The tanh form: x / (1 + e^(-2u)), u = sqrt(2 / pi) (x + 0.044715 x^3) */
static void gelu_tanh(mpfr_ptr y, mpfr_t *x)
{
    mpfr_t u, scale;
    mpfr_inits2(mpfr_get_prec(y), u, scale, (mpfr_ptr)0);
    mpfr_sqr(u, x[0], N);
    mpfr_mul_ui(u, u, 44715, N);
    mpfr_div_ui(u, u, 1000000, N);
    mpfr_add_ui(u, u, 1, N);
    mpfr_mul(u, u, x[0], N);
    mpfr_const_pi(scale, N);
    mpfr_ui_div(scale, 2, scale, N);
    mpfr_sqrt(scale, scale, N);
    mpfr_mul(u, u, scale, N);
    mpfr_mul_2ui(u, u, 1, N);
    sigmoid(y, &u);
    mpfr_mul(y, y, x[0], N);
    mpfr_clears(u, scale, (mpfr_ptr)0);
}

/* x, and alpha (e^x - 1) below 0 */
static void elu(mpfr_ptr y, mpfr_t *x)
{
    if (mpfr_nan_p(x[0]) || mpfr_sgn(x[0]) >= 0) {
        mpfr_set(y, x[0], N);
    } else {
        mpfr_expm1(y, x[0], N);
        mpfr_mul(y, y, x[1], N);
    }
}

static void leaky_relu(mpfr_ptr y, mpfr_t *x)
{
    mpfr_set(y, x[0], N);
    if (mpfr_sgn(x[0]) < 0)
        mpfr_mul(y, x[0], x[1], N);
}

static void relu(mpfr_ptr y, mpfr_t *x)
{
    mpfr_set_zero(y, 1);
    if (mpfr_nan_p(x[0]) || mpfr_sgn(x[0]) > 0)
        mpfr_set(y, x[0], N);
}

/* Of a real number: 0, or pi below 0. Golden values judge the zeros. */
static void angle(mpfr_ptr y, mpfr_t *x)
{
    mpfr_set_zero(y, 1);
    if (mpfr_nan_p(x[0]))
        mpfr_set_nan(y);
    else if (mpfr_sgn(x[0]) < 0)
        mpfr_const_pi(y, N);
}

static int is_zero(const double *x)
{
    return x[0] == 0;
}

static void hardtanh(mpfr_ptr y, mpfr_t *x)
{
    mpfr_max(y, x[0], x[1], N);
    mpfr_min(y, y, x[2], N);
    if (mpfr_nan_p(x[0]))
        mpfr_set_nan(y);
}

static void squared_difference(mpfr_ptr y, mpfr_t *x)
{
    mpfr_sub(y, x[0], x[1], N);
    mpfr_sqr(y, y, N);
}

const struct oracle composed_oracles[] = {
    {.name = "sigmoid", .real = sigmoid, .quick = quick_sigmoid},
    {.name = "softplus", .real = softplus, .params = {{"beta", {1}, 1}}},
    {.name = "silu", .real = silu, .quick = quick_silu},
    {.name = "mish", .real = mish, .quick = quick_mish},
    {.name = "logit", .real = logit, .quick = quick_logit},
    {.name = "logaddexp", .real = logaddexp, .flags = ANY_ZERO},
    {.name = "logaddexp2", .real = logaddexp2, .flags = ANY_ZERO},
    {.name = "xlogy", .real = xlogy, .flags = ANY_ZERO},
    {.name = "xlog1py", .real = xlog1py, .flags = ANY_ZERO},
    {.name = "entr", .real = entr, .quick = quick_entr, .flags = ANY_ZERO},
    {.name = "sinc", .real = sinc, .quick = quick_sinc, .flags = ANY_ZERO},
    {.name = "degrees", .real = degrees, .quick = quick_degrees},
    {.name = "radians", .real = radians, .quick = quick_radians},
    {.name = "gelu_tanh", .real = gelu_tanh},
    {.name = "elu", .real = elu, .params = {{"alpha", {1, 0.5, 3}, 3}}},
    {.name = "angle", .real = angle, .unknown = is_zero},
    {.name = "relu", .real = relu, .flags = ANY_ZERO},
    {.name = "leaky_relu", .real = leaky_relu, .params = {{"alpha", {0.25, 0.4375, 3}, 3}}},
    {.name = "hardtanh",
     .real = hardtanh,
     .flags = ANY_ZERO,
     .params = {{"min_val", {-1, -0.5}, 2}, {"max_val", {1, 3}, 2}}},
    {.name = "squared_difference", .real = squared_difference, .flags = ANY_ZERO},
    {0},
};
