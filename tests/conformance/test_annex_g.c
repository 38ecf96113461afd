/* Complex functions at special values, as C Annex G has them, by the C library's own functions.
 * Where the standard leaves a sign open (of a zero or infinity that comes from an infinity or a
 * NaN), either will do. */
#include <complex.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <clwise/clwise.h>

#include <cmocka.h>

static const struct function {
    const char *name;
    double complex (*exact)(double complex);
} functions[] = {
    {"exp", cexp},   {"log", clog},   {"sqrt", csqrt},   {"sin", csin},     {"cos", ccos},
    {"tan", ctan},   {"asin", casin}, {"acos", cacos},   {"atan", catan},   {"sinh", csinh},
    {"cosh", ccosh}, {"tanh", ctanh}, {"asinh", casinh}, {"acosh", cacosh}, {"atanh", catanh},
};

static const double parts[] = {
    0.0,    -0.0,    1.0,   -1.0,   0.5,      -0.5,      2.0, -2.0,
    1e-300, -1e-300, 1e300, -1e300, INFINITY, -INFINITY, NAN,
};
enum { PARTS = sizeof parts / sizeof *parts, POINTS = PARTS * PARTS };

static clw_context *context;

static int same_part(double got, double wanted, double size, int open_sign)
{
    if (isnan(wanted))
        return isnan(got);
    if (isinf(wanted) || wanted == 0)
        return fabs(got) == fabs(wanted) && (open_sign || signbit(got) == signbit(wanted));
    return fabs(got - wanted) <= 8 * 0x1p-53 * size;
}

static int is_finite_point(double complex z)
{
    return isfinite(creal(z)) && isfinite(cimag(z));
}

/* 1 if the results agree. In the norm: a part that is tiny beside the other is not judged. */
static int agree(double complex z, double complex got, double complex wanted)
{
    const int open_sign = !is_finite_point(z);
    const double size = is_finite_point(wanted) ? cabs(wanted) : INFINITY;
    const double real = creal(wanted), imaginary = cimag(wanted);
    const double slack = isfinite(size) ? size : fabs(isfinite(real) ? real : imaginary);
    if (is_finite_point(wanted) && size > 0 && is_finite_point(got))
        return cabs(got - wanted) <= 8 * 0x1p-53 * size &&
               (real != 0 || signbit(creal(got)) == signbit(real) || open_sign) &&
               (imaginary != 0 || signbit(cimag(got)) == signbit(imaginary) || open_sign);
    return same_part(creal(got), real, slack, open_sign) &&
           same_part(cimag(got), imaginary, slack, open_sign);
}

static void run(const struct function *function, const double complex *z, double complex *got)
{
    clw_error error;
    clw_array *in = NULL, *out = NULL;
    const clw_op *op = clw_op_find(context, function->name);
    if (!op)
        fail_msg("there is no %s", function->name);
    if (clw_array_from_host(context, CLW_C128, CLW_SHAPE(POINTS), NULL, z, &in, &error))
        fail_msg("%s", error.message);
    const clw_operand operand = CLW_ARRAY(in);
    if (clw_call(context, op, &operand, 1, &out, 1, NULL, &error) ||
        clw_array_read(out, got, sizeof *got * POINTS, &error))
        fail_msg("%s", error.message);
    clw_array_release(in);
    clw_array_release(out);
}

static void test_special_values(void **state)
{
    (void)state;
    double complex z[POINTS], got[POINTS];
    int wrong = 0;
    clw_error error;
    clw_device_info device = {.struct_size = sizeof device};
    if (clw_context_device(context, &device, &error))
        fail_msg("%s", error.message);
    if (!device.fp64) {
        print_message("annex_g: %s has no f64: left out\n", device.device_name);
        skip();
    }
    for (int i = 0; i < POINTS; i++)
        memcpy(&z[i], (double[]){parts[i / PARTS], parts[i % PARTS]}, sizeof z[i]);
    for (size_t f = 0; f < sizeof functions / sizeof *functions; f++) {
        run(&functions[f], z, got);
        for (int i = 0; i < POINTS; i++) {
            const double complex wanted = functions[f].exact(z[i]);
            if (agree(z[i], got[i], wanted))
                continue;
            wrong++;
            print_error("%s(%g, %g) should be (%g, %g), is (%g, %g)\n", functions[f].name,
                        creal(z[i]), cimag(z[i]), creal(wanted), cimag(wanted), creal(got[i]),
                        cimag(got[i]));
        }
    }
    assert_int_equal(wrong, 0);
}

static int open_context(void **state)
{
    (void)state;
    clw_error error;
    if (clw_context_create(NULL, &context, &error))
        fail_msg("%s", error.message);
    return 0;
}

static int close_context(void **state)
{
    (void)state;
    clw_context_release(context);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_special_values)};
    return cmocka_run_group_tests_name("annex_g", tests, open_context, close_context);
}
