/* Complex functions: what MPC has, and formulas of real and imaginary parts. */
#include "tools/accuracy/oracle.h"

#define N MPFR_RNDN
#define RE(z) mpc_realref(z)
#define IM(z) mpc_imagref(z)

static mpfr_prec_t bits_of(mpc_srcptr y)
{
    return mpfr_get_prec(RE(y));
}

static void reciprocal(mpc_ptr y, mpc_t *z)
{
    mpc_ui_div(y, 1, z[0], MPC_RNDNN);
}

/* e^(z log 2) */
static void exp2_of(mpc_ptr y, mpc_t *z)
{
    mpfr_t log_2;
    mpfr_init2(log_2, bits_of(y));
    mpfr_const_log2(log_2, N);
    mpc_mul_fr(y, z[0], log_2, MPC_RNDNN);
    mpc_exp(y, y, MPC_RNDNN);
    mpfr_clear(log_2);
}

static void log2_of(mpc_ptr y, mpc_t *z)
{
    mpfr_t log_2;
    mpfr_init2(log_2, bits_of(y));
    mpfr_const_log2(log_2, N);
    mpc_log(y, z[0], MPC_RNDNN);
    mpc_div_fr(y, y, log_2, MPC_RNDNN);
    mpfr_clear(log_2);
}

/* expm1(x) cos y - 2 sin(y / 2)^2 + i e^x sin y */
static void expm1_of(mpc_ptr y, mpc_t *z)
{
    mpfr_t half, cosine;
    mpfr_inits2(bits_of(y), half, cosine, (mpfr_ptr)0);
    mpfr_div_2ui(half, IM(z[0]), 1, N);
    mpfr_sin(half, half, N);
    mpfr_sqr(half, half, N);
    mpfr_mul_2ui(half, half, 1, N);
    mpfr_cos(cosine, IM(z[0]), N);
    mpfr_expm1(RE(y), RE(z[0]), N);
    mpfr_mul(RE(y), RE(y), cosine, N);
    mpfr_sub(RE(y), RE(y), half, N);
    mpfr_sin(IM(y), IM(z[0]), N);
    mpfr_exp(cosine, RE(z[0]), N);
    mpfr_mul(IM(y), IM(y), cosine, N);
    mpfr_clears(half, cosine, (mpfr_ptr)0);
}

/* log1p(x (2 + x) + y^2) / 2 + i atan2(y, 1 + x) */
static void log1p_of(mpc_ptr y, mpc_t *z)
{
    mpfr_t square;
    mpfr_init2(square, bits_of(y));
    mpfr_sqr(square, IM(z[0]), N);
    mpfr_add_ui(RE(y), RE(z[0]), 2, N);
    mpfr_mul(RE(y), RE(y), RE(z[0]), N);
    mpfr_add(RE(y), RE(y), square, N);
    mpfr_log1p(RE(y), RE(y), N);
    mpfr_div_2ui(RE(y), RE(y), 1, N);
    mpfr_add_ui(square, RE(z[0]), 1, N);
    mpfr_atan2(IM(y), IM(z[0]), square, N);
    mpfr_clear(square);
}

/* 1 / (1 + e^-z) */
/* Where |e^-z| is beyond 2^4000 or below 2^-4000 it leaves e^z or 1. */
static void sigmoid(mpc_ptr y, mpc_t *z)
{
    if (mpfr_cmp_si(RE(z[0]), -3000) < 0) {
        mpc_exp(y, z[0], MPC_RNDNN);
        return;
    }
    if (mpfr_cmp_si(RE(z[0]), 3000) > 0) {
        mpc_set_ui(y, 1, MPC_RNDNN);
        return;
    }
    mpc_neg(y, z[0], MPC_RNDNN);
    mpc_exp(y, y, MPC_RNDNN);
    mpc_add_ui(y, y, 1, MPC_RNDNN);
    mpc_ui_div(y, 1, y, MPC_RNDNN);
}

static void rsqrt(mpc_ptr y, mpc_t *z)
{
    mpc_sqrt(y, z[0], MPC_RNDNN);
    mpc_ui_div(y, 1, y, MPC_RNDNN);
}

/* (sin(pi x) cosh(pi y) + i cos(pi x) sinh(pi y)) / (pi z) */
static void sinc(mpc_ptr y, mpc_t *z)
{
    mpfr_t pi, turn;
    if (mpfr_zero_p(RE(z[0])) && mpfr_zero_p(IM(z[0]))) {
        mpc_set_ui(y, 1, MPC_RNDNN);
        return;
    }
    mpfr_inits2(bits_of(y), pi, turn, (mpfr_ptr)0);
    mpfr_const_pi(pi, N);
    mpfr_mul(turn, pi, IM(z[0]), N);
    mpfr_sinh_cosh(IM(y), RE(y), turn, N);
    mpfr_sinpi(turn, RE(z[0]), N);
    mpfr_mul(RE(y), RE(y), turn, N);
    mpfr_cospi(turn, RE(z[0]), N);
    mpfr_mul(IM(y), IM(y), turn, N);
    mpc_div(y, y, z[0], MPC_RNDNN);
    mpc_div_fr(y, y, pi, MPC_RNDNN);
    mpfr_clears(pi, turn, (mpfr_ptr)0);
}

/* (sinh 2x + i sin 2y) / (cosh 2x + cos 2y), and for large x its limit */
static void tanh_parts(mpfr_ptr real, mpfr_ptr imaginary, mpfr_srcptr x, mpfr_srcptr y)
{
    mpfr_t scale, sine, cosine;
    mpfr_inits2(mpfr_get_prec(real), scale, sine, cosine, (mpfr_ptr)0);
    mpfr_mul_2ui(scale, y, 1, N);
    mpfr_sin_cos(sine, cosine, scale, N);
    mpfr_mul_2ui(scale, x, 1, N);
    if (mpfr_cmpabs(x, sine) > 0 && mpfr_get_exp(x) > 40) {
        mpfr_set_si(real, mpfr_sgn(x), N);
        mpfr_abs(scale, scale, N);
        mpfr_neg(scale, scale, N);
        mpfr_exp(scale, scale, N);
        mpfr_mul_2ui(scale, scale, 1, N);
        mpfr_mul(imaginary, sine, scale, N);
    } else {
        mpfr_sinh_cosh(real, scale, scale, N);
        mpfr_add(scale, scale, cosine, N);
        mpfr_div(real, real, scale, N);
        mpfr_div(imaginary, sine, scale, N);
    }
    mpfr_clears(scale, sine, cosine, (mpfr_ptr)0);
}

static void tanh_of(mpc_ptr y, mpc_t *z)
{
    tanh_parts(RE(y), IM(y), RE(z[0]), IM(z[0]));
}

/* tan z = -i tanh(i z) */
static void tan_of(mpc_ptr y, mpc_t *z)
{
    mpfr_t x;
    mpfr_init2(x, mpfr_get_prec(RE(z[0])));
    mpfr_set(x, RE(z[0]), N);
    tanh_parts(IM(y), RE(y), IM(z[0]), x);
    mpfr_clear(x);
}

static void absolute(mpc_ptr y, mpc_t *z)
{
    mpc_abs(RE(y), z[0], N);
    mpfr_set_ui(IM(y), 0, N);
}

static void angle(mpc_ptr y, mpc_t *z)
{
    mpc_arg(RE(y), z[0], N);
    mpfr_set_ui(IM(y), 0, N);
}

/* z / |z|; 0 at 0 */
static void sign(mpc_ptr y, mpc_t *z)
{
    mpfr_t size;
    mpfr_init2(size, bits_of(y));
    mpc_abs(size, z[0], N);
    if (mpfr_zero_p(size))
        mpc_set(y, z[0], MPC_RNDNN);
    else
        mpc_div_fr(y, z[0], size, MPC_RNDNN);
    mpfr_clear(size);
}

/* r cos t + i r sin t */
static void polar(mpc_ptr y, mpc_t *z)
{
    mpfr_sin_cos(IM(y), RE(y), RE(z[1]), N);
    mpfr_mul(RE(y), RE(y), RE(z[0]), N);
    mpfr_mul(IM(y), IM(y), RE(z[0]), N);
}

const struct complex_oracle complex_oracles[] = {
    {.name = "add", .binary = mpc_add},
    {.name = "subtract", .binary = mpc_sub},
    {.name = "multiply", .binary = mpc_mul},
    {.name = "divide", .binary = mpc_div},
    {.name = "power", .binary = mpc_pow, .cost = 4, .most = 100},
    {.name = "float_power", .binary = mpc_pow, .cost = 4, .most = 100},
    {.name = "square", .unary = mpc_sqr},
    {.name = "reciprocal", .formula = reciprocal},
    {.name = "absolute", .formula = absolute},
    {.name = "angle", .formula = angle},
    {.name = "sign", .formula = sign},
    {.name = "polar", .formula = polar},
    {.name = "exp", .unary = mpc_exp},
    {.name = "exp2", .formula = exp2_of, .most = 0x1p20},
    {.name = "expm1", .formula = expm1_of},
    {.name = "log", .unary = mpc_log},
    {.name = "log2", .formula = log2_of},
    {.name = "log10", .unary = mpc_log10},
    {.name = "log1p", .formula = log1p_of},
    {.name = "sigmoid", .formula = sigmoid},
    {.name = "sqrt", .unary = mpc_sqrt},
    {.name = "rsqrt", .formula = rsqrt},
    {.name = "sin", .unary = mpc_sin},
    {.name = "cos", .unary = mpc_cos},
    {.name = "tan", .formula = tan_of},
    {.name = "asin", .unary = mpc_asin},
    {.name = "acos", .unary = mpc_acos},
    {.name = "atan", .unary = mpc_atan},
    {.name = "sinh", .unary = mpc_sinh},
    {.name = "cosh", .unary = mpc_cosh},
    {.name = "tanh", .formula = tanh_of},
    {.name = "asinh", .unary = mpc_asinh},
    {.name = "acosh", .unary = mpc_acosh},
    {.name = "atanh", .unary = mpc_atanh},
    {.name = "sinc", .formula = sinc},
    {0},
};
