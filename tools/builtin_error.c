#include "tools/builtin_error.h"

#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "tools/accuracy/float_format.h"
#include "tools/digest.h"

enum { POINTS = 20000 };

static const struct function {
    const char *op, *call;
    long double (*unary)(long double);
    long double (*binary)(long double, long double);
} functions[] = {
    {"sqrt", "sqrt(a)", sqrtl, NULL},       {"cbrt", "cbrt(a)", cbrtl, NULL},
    {"exp", "exp(a)", expl, NULL},          {"exp2", "exp2(a)", exp2l, NULL},
    {"expm1", "expm1(a)", expm1l, NULL},    {"log", "log(a)", logl, NULL},
    {"log2", "log2(a)", log2l, NULL},       {"log10", "log10(a)", log10l, NULL},
    {"log1p", "log1p(a)", log1pl, NULL},    {"sin", "sin(a)", sinl, NULL},
    {"cos", "cos(a)", cosl, NULL},          {"tan", "tan(a)", tanl, NULL},
    {"asin", "asin(a)", asinl, NULL},       {"acos", "acos(a)", acosl, NULL},
    {"atan", "atan(a)", atanl, NULL},       {"sinh", "sinh(a)", sinhl, NULL},
    {"cosh", "cosh(a)", coshl, NULL},       {"tanh", "tanh(a)", tanhl, NULL},
    {"asinh", "asinh(a)", asinhl, NULL},    {"acosh", "acosh(a)", acoshl, NULL},
    {"atanh", "atanh(a)", atanhl, NULL},    {"erf", "erf(a)", erfl, NULL},
    {"erfc", "erfc(a)", erfcl, NULL},       {"atan2", "atan2(a, b)", NULL, atan2l},
    {"hypot", "hypot(a, b)", NULL, hypotl}, {"power", "pow(a, b)", NULL, powl},
};

int builtin_count(void)
{
    return (int)(sizeof functions / sizeof *functions);
}

const char *builtin_op(int index)
{
    return functions[index].op;
}

int builtin_has_reference(clw_dtype dtype)
{
    return dtype == CLW_F32 || LDBL_MANT_DIG > DBL_MANT_DIG;
}

static clw_status define_builtin(clw_context *context, const struct function *function, clw_op **op,
                                 clw_error *error)
{
    char source[400];
    const int two = function->binary != NULL;
    snprintf(
        source, sizeof source,
        "// builtin -- what the device has\n//! op builtin(%s) -> y\n//! loop %s -> T for f32 f64\n"
        "//! function call_builtin\nstatic inline R call_builtin(%s)\n{\n    return %s;\n}\n",
        two ? "a, b" : "a", two ? "T T" : "T", two ? "T a, T b" : "T a", function->call);
    return clw_op_define(context, source, op, error);
}

/* In units of the exact value's last place; numbers beyond the largest round to infinity. */
static double error_of(const struct float_format *format, double got, long double exact)
{
    int exponent = format->min_exponent;
    if (isnan(exact) || isnan(got))
        return isnan(exact) && isnan(got) ? 0 : INFINITY;
    if (isinf(got) || isinf(exact))
        return got == float_round(format, (double)exact) ? 0 : INFINITY;
    if (fabsl(exact) >= (long double)format->smallest_normal)
        frexpl(exact, &exponent);
    else
        exponent++;
    exponent--;
    return (double)ldexpl(fabsl((long double)got - exact), format->precision - 1 - exponent);
}

/* Flushed results are not held against a device that says so. */
static int is_judged(const struct float_format *format, long double exact, int subnormals)
{
    return subnormals || exact == 0 || !(fabsl(exact) < 2 * (long double)format->smallest_normal);
}

static clw_status measure(clw_context *context, const struct function *function, const clw_op *op,
                          const struct float_format *format, clw_array *const *in, double *worst,
                          clw_error *error)
{
    const int inputs = function->binary ? 2 : 1;
    const size_t bytes = POINTS * (size_t)format->bytes;
    unsigned char *const memory = malloc(3 * bytes);
    clw_operand operands[2];
    clw_array *out = NULL;
    clw_device_info info = {.struct_size = sizeof info};
    clw_status status = memory ? clw_context_device(context, &info, error) : CLW_ERROR_MEMORY;
    for (int i = 0; i < inputs && !status; i++) {
        operands[i] = clw_operand_array(in[i]);
        status = clw_array_read(in[i], memory + (size_t)i * bytes, bytes, error);
    }
    if (!status)
        status = clw_call(context, op, operands, inputs, &out, 1, NULL, error);
    if (!status)
        status = clw_array_read(out, memory + 2 * bytes, bytes, error);
    for (size_t i = 0; i < POINTS && !status; i++) {
        const long double a = float_load(format, memory, i);
        const long double b = inputs == 2 ? float_load(format, memory + bytes, i) : 0;
        const long double exact = inputs == 2 ? function->binary(a, b) : function->unary(a);
        if (is_judged(format, exact, info.subnormals || format->dtype == CLW_F64))
            *worst =
                fmax(*worst, error_of(format, float_load(format, memory + 2 * bytes, i), exact));
    }
    clw_array_release(out);
    free(memory);
    return status;
}

clw_status builtin_measure(clw_context *context, int index, clw_dtype dtype,
                           struct builtin_error *found, clw_error *error)
{
    const struct function *const function = &functions[index];
    const struct float_format *const format = float_format_of(dtype);
    const clw_op *const ours = clw_op_find(context, function->op);
    struct random_stream stream = {1};
    clw_array *in[2] = {NULL, NULL};
    clw_op *builtin = NULL;
    *found = (struct builtin_error){function->op, dtype, 0, 0};
    clw_status status = ours ? CLW_OK : CLW_ERROR_NOT_FOUND;
    for (int i = 0; i < 2 && !status; i++)
        status = digest_inputs(context, dtype, POINTS, &stream, &in[i], error);
    if (!status)
        status = define_builtin(context, function, &builtin, error);
    if (!status)
        status = measure(context, function, ours, format, in, &found->ours, error);
    if (!status)
        status = measure(context, function, builtin, format, in, &found->builtin, error);
    clw_op_release(builtin);
    clw_array_release(in[0]);
    clw_array_release(in[1]);
    return status;
}
