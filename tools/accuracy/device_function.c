#include "tools/accuracy/device_function.h"

#include <stdio.h>
#include <string.h>

static const struct {
    const char *op, *inputs, *call;
} table[] = {
    {"sqrt", "a", "sqrt(a)"},       {"rsqrt", "a", "rsqrt(a)"},
    {"cbrt", "a", "cbrt(a)"},       {"exp", "a", "exp(a)"},
    {"exp2", "a", "exp2(a)"},       {"exp10", "a", "exp10(a)"},
    {"expm1", "a", "expm1(a)"},     {"log", "a", "log(a)"},
    {"log2", "a", "log2(a)"},       {"log10", "a", "log10(a)"},
    {"log1p", "a", "log1p(a)"},     {"sin", "a", "sin(a)"},
    {"cos", "a", "cos(a)"},         {"tan", "a", "tan(a)"},
    {"asin", "a", "asin(a)"},       {"acos", "a", "acos(a)"},
    {"atan", "a", "atan(a)"},       {"sinpi", "a", "sinpi(a)"},
    {"cospi", "a", "cospi(a)"},     {"tanpi", "a", "tanpi(a)"},
    {"sinh", "a", "sinh(a)"},       {"cosh", "a", "cosh(a)"},
    {"tanh", "a", "tanh(a)"},       {"asinh", "a", "asinh(a)"},
    {"acosh", "a", "acosh(a)"},     {"atanh", "a", "atanh(a)"},
    {"erf", "a", "erf(a)"},         {"erfc", "a", "erfc(a)"},
    {"lgamma", "a", "lgamma(a)"},   {"degrees", "a", "degrees(a)"},
    {"radians", "a", "radians(a)"}, {"hypot", "a, b", "hypot(a, b)"},
    {"power", "a, b", "pow(a, b)"}, {"atan2", "a, b", "atan2(a, b)"},
    {"divide", "a, b", "a / b"},
};

clw_status device_function_define(clw_context *context, const char *op, clw_op **out,
                                  clw_error *error)
{
    char source[600];
    *out = NULL;
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        if (strcmp(table[i].op, op) != 0)
            continue;
        const int two = strchr(table[i].inputs, ',') != NULL;
        snprintf(source, sizeof source,
                 "// builtin -- what the device has\n//\n//! op builtin(%s) -> y\n"
                 "//! loop %s -> T for f32 f64\n//! function call_builtin\n\n"
                 "static inline R call_builtin(%s)\n{\n    return %s;\n}\n",
                 table[i].inputs, two ? "T T" : "T", two ? "T a, T b" : "T a", table[i].call);
        return clw_op_define(context, source, out, error);
    }
    return CLW_OK;
}
