/* The functions, with the intervals that their inputs are in. */
#include "bench/functions/functions.h"

#include <string.h>

#define ONE(low, high)                                                                             \
    1,                                                                                             \
    {                                                                                              \
        {                                                                                          \
            low, high, false                                                                       \
        }                                                                                          \
    }
#define TWO(low, high, low2, high2)                                                                \
    2,                                                                                             \
    {                                                                                              \
        {low, high, false},                                                                        \
        {                                                                                          \
            low2, high2, false                                                                     \
        }                                                                                          \
    }
#define DEGREE(low, high)                                                                          \
    2,                                                                                             \
    {                                                                                              \
        {low, high, false},                                                                        \
        {                                                                                          \
            0, 10, true                                                                            \
        }                                                                                          \
    }

const struct function functions[] = {
    {"copy", "a", "rc", ONE(-10, 10), 0},
    {"exp", "exp(a)", "rc", ONE(-10, 10), 0},
    {"exp2", "exp2(a)", "rc", ONE(-10, 10), 0},
    {"exp10", "exp10(a)", "r", ONE(-5, 5), 0},
    {"expm1", "expm1(a)", "rc", ONE(-5, 5), 0},
    {"log", "log(a)", "rc", ONE(1e-3, 100), 0},
    {"log2", "log2(a)", "rc", ONE(1e-3, 100), 0},
    {"log10", "log10(a)", "rc", ONE(1e-3, 100), 0},
    {"log1p", "log1p(a)", "rc", ONE(-0.99, 10), 0},
    {"logaddexp", NULL, "r", TWO(-10, 10, -10, 10), 0},
    {"logaddexp2", NULL, "r", TWO(-10, 10, -10, 10), 0},
    {"xlogy", NULL, "r", TWO(0, 10, 1e-3, 100), 0},
    {"xlog1py", NULL, "r", TWO(0, 10, -0.99, 10), 0},
    {"logit", NULL, "r", ONE(0.001, 0.999), 0},
    {"sigmoid", NULL, "rc", ONE(-10, 10), 0},
    {"entr", NULL, "r", ONE(0, 10), 0},
    {"power", "pow(a, b)", "rc", TWO(0.01, 10, -5, 5), 0},
    {"float_power", "pow(a, b)", "rc", TWO(0.01, 10, -5, 5), 0},
    {"sqrt", "sqrt(a)", "rc", ONE(0, 100), 0},
    {"rsqrt", "rsqrt(a)", "rc", ONE(0.01, 100), 0},
    {"cbrt", "cbrt(a)", "r", ONE(-100, 100), 0},
    {"hypot", "hypot(a, b)", "r", TWO(-100, 100, -100, 100), 0},
    {"sin", "sin(a)", "rc", ONE(-100, 100), 0},
    {"cos", "cos(a)", "rc", ONE(-100, 100), 0},
    {"tan", "tan(a)", "rc", ONE(-100, 100), 0},
    {"sinpi", "sinpi(a)", "r", ONE(-100, 100), 0},
    {"cospi", "cospi(a)", "r", ONE(-100, 100), 0},
    {"tanpi", "tanpi(a)", "r", ONE(-100, 100), 0},
    {"asin", "asin(a)", "rc", ONE(-1, 1), 0},
    {"acos", "acos(a)", "rc", ONE(-1, 1), 0},
    {"atan", "atan(a)", "rc", ONE(-10, 10), 0},
    {"atan2", "atan2(a, b)", "r", TWO(-10, 10, -10, 10), 0},
    {"sinc", NULL, "rc", ONE(-10, 10), 0},
    {"degrees", "degrees(a)", "r", ONE(-10, 10), 0},
    {"radians", "radians(a)", "r", ONE(-500, 500), 0},
    {"sinh", "sinh(a)", "rc", ONE(-10, 10), 0},
    {"cosh", "cosh(a)", "rc", ONE(-10, 10), 0},
    {"tanh", "tanh(a)", "rc", ONE(-5, 5), 0},
    {"asinh", "asinh(a)", "rc", ONE(-100, 100), 0},
    {"acosh", "acosh(a)", "rc", ONE(1, 100), 0},
    {"atanh", "atanh(a)", "rc", ONE(-0.999, 0.999), 0},
    {"absolute", "fabs(a)", "rc", ONE(-10, 10), 0},
    {"reciprocal", NULL, "rc", ONE(0.01, 100), 0},
    {"multiply", NULL, "c", TWO(-5, 5, -5, 5), 0},
    {"divide", NULL, "c", TWO(-5, 5, -5, 5), 0},
    {"sign", NULL, "c", ONE(-5, 5), 0},
    {"angle", NULL, "c", ONE(-5, 5), 0},
    {"polar", NULL, "r", TWO(0, 10, -5, 5), 0},
    {"relu", NULL, "r", ONE(-5, 5), 0},
    {"leaky_relu", NULL, "r", ONE(-5, 5), 0},
    {"silu", NULL, "r", ONE(-10, 10), 0},
    {"gelu", NULL, "r", ONE(-5, 5), 0},
    {"gelu_tanh", NULL, "r", ONE(-5, 5), 0},
    {"softplus", NULL, "r", ONE(-10, 10), 0},
    {"hardtanh", NULL, "r", ONE(-5, 5), 0},
    {"elu", NULL, "r", ONE(-5, 5), 0},
    {"mish", NULL, "r", ONE(-10, 10), 0},
    {"squared_difference", NULL, "r", TWO(-10, 10, -10, 10), 0},
    {"erf", "erf(a)", "r", ONE(-4, 4), 0},
    {"erfc", "erfc(a)", "r", ONE(-4, 4), 0},
    {"erfcx", NULL, "r", ONE(-4, 10), 0},
    {"erfinv", NULL, "r", ONE(-0.999, 0.999), 0},
    {"lgamma", "lgamma(a)", "r", ONE(0.01, 50), 0},
    {"digamma", NULL, "r", ONE(0.01, 50), 0},
    {"polygamma", NULL, "r", ONE(0.1, 50), 2},
    {"mvlgamma", NULL, "r", ONE(2, 50), 3},
    {"igamma", NULL, "r", TWO(0.1, 20, 0, 30), 0},
    {"igammac", NULL, "r", TWO(0.1, 20, 0, 30), 0},
    {"zeta", NULL, "r", TWO(1.1, 10, 0.1, 10), 0},
    {"ndtr", NULL, "r", ONE(-5, 5), 0},
    {"ndtri", NULL, "r", ONE(0.001, 0.999), 0},
    {"log_ndtr", NULL, "r", ONE(-10, 5), 0},
    {"i0", NULL, "r", ONE(-20, 20), 0},
    {"i0e", NULL, "r", ONE(-20, 20), 0},
    {"i1", NULL, "r", ONE(-20, 20), 0},
    {"i1e", NULL, "r", ONE(-20, 20), 0},
    {"bessel_j0", NULL, "r", ONE(-50, 50), 0},
    {"bessel_j1", NULL, "r", ONE(-50, 50), 0},
    {"bessel_y0", NULL, "r", ONE(0.01, 50), 0},
    {"bessel_y1", NULL, "r", ONE(0.01, 50), 0},
    {"modified_bessel_k0", NULL, "r", ONE(0.01, 20), 0},
    {"modified_bessel_k1", NULL, "r", ONE(0.01, 20), 0},
    {"scaled_modified_bessel_k0", NULL, "r", ONE(0.01, 20), 0},
    {"scaled_modified_bessel_k1", NULL, "r", ONE(0.01, 20), 0},
    {"spherical_bessel_j0", NULL, "r", ONE(-50, 50), 0},
    {"airy_ai", NULL, "r", ONE(-10, 10), 0},
    {"chebyshev_polynomial_t", NULL, "r", DEGREE(-1, 1), 0},
    {"chebyshev_polynomial_u", NULL, "r", DEGREE(-1, 1), 0},
    {"chebyshev_polynomial_v", NULL, "r", DEGREE(-1, 1), 0},
    {"chebyshev_polynomial_w", NULL, "r", DEGREE(-1, 1), 0},
    {"shifted_chebyshev_polynomial_t", NULL, "r", DEGREE(0, 1), 0},
    {"shifted_chebyshev_polynomial_u", NULL, "r", DEGREE(0, 1), 0},
    {"shifted_chebyshev_polynomial_v", NULL, "r", DEGREE(0, 1), 0},
    {"shifted_chebyshev_polynomial_w", NULL, "r", DEGREE(0, 1), 0},
    {"hermite_polynomial_h", NULL, "r", DEGREE(-2, 2), 0},
    {"hermite_polynomial_he", NULL, "r", DEGREE(-2, 2), 0},
    {"laguerre_polynomial_l", NULL, "r", DEGREE(0, 5), 0},
    {"legendre_polynomial_p", NULL, "r", DEGREE(-1, 1), 0},
};
const size_t function_count = sizeof functions / sizeof *functions;

const struct function *function_find(const char *name)
{
    for (size_t i = 0; i < function_count; ++i)
        if (strcmp(functions[i].name, name) == 0)
            return &functions[i];
    return NULL;
}

bool function_has(const struct function *function, clw_dtype dtype)
{
    const bool complex = dtype == CLW_C64 || dtype == CLW_C128;
    return strchr(function->kinds, complex ? 'c' : 'r') != NULL;
}

bool function_is_special(const struct function *function)
{
    return function >= function_find("erf");
}

void set_parameter(const struct function *function, const clw_op *op, clw_call_options *options,
                   clw_param *param)
{
    const char *name = clw_op_param_name(op, 0);
    clw_call_options_init(options);
    if (!name || !function || function->parameter == 0)
        return;
    *param = (clw_param){name, CLW_INT(function->parameter).scalar};
    options->params = param;
    options->nparams = 1;
}
