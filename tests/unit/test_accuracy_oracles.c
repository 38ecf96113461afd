/* The exact values that ops are measured against, at points with published values, and the measure
 * itself. Values are from Abramowitz and Stegun, Handbook of Mathematical Functions (table in the
 * comment), unless they are closed forms. */
#include "tools/accuracy/bound.h"
#include "tools/accuracy/float_format.h"
#include "tools/accuracy/oracle.h"
#include "tools/accuracy/ulp.h"
#include "tools/float16.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <string.h>

static const struct {
    const char *name;
    double x[2];
    int count;
    double value, unit; /* of the last place that is published */
} published[] = {
    {"exp", {1}, 1, 2.718281828459045, 1e-15},                    /* 4.2 */
    {"log", {2}, 1, 0.6931471805599453, 2e-16},                   /* 1.1 */
    {"sinpi", {0.25}, 1, 0.7071067811865476, 2e-16},              /* 1.1 */
    {"erf", {0.5}, 1, 0.5204998778, 1e-10},                       /* 7.1 */
    {"erfcx", {2}, 1, 0.2553956763, 1e-10},                       /* e^4 erfc 2 */
    {"erfinv", {0.5}, 1, 0.4769362762, 1e-10},                    /* 7.1.1 */
    {"ndtr", {1}, 1, 0.841344746068543, 1e-15},                   /* 26.1 */
    {"ndtri", {0.975}, 1, 1.95996, 1e-5},                         /* 26.5 */
    {"log_ndtr", {-10}, 1, -53.23128515, 1e-8},                   /* 26.2: log10 Q(10) */
    {"lgamma", {1.5}, 1, -0.1207822376, 1e-10},                   /* 6.1 */
    {"digamma", {1.5}, 1, 0.0364899740, 1e-10},                   /* 6.1 */
    {"polygamma", {1, 1}, 2, 1.6449340668, 1e-10},                /* 6.4.2: pi^2 / 6 */
    {"polygamma", {1, 2}, 2, -2.4041138063, 1e-10},               /* 6.4.2: -2 zeta(3) */
    {"polygamma", {-0.5, 1}, 2, 8.9348022005, 1e-10},             /* pi^2 / 2 + 4 */
    {"zeta", {3, 1}, 2, 1.2020569032, 1e-10},                     /* 23.3 */
    {"zeta", {2, 0.5}, 2, 4.9348022005, 1e-10},                   /* pi^2 / 2 */
    {"mvlgamma", {2, 1}, 2, 0, 1e-16},                            /* log 1! */
    {"mvlgamma", {2, 2}, 2, 0.4515827053, 1e-10},                 /* log(pi / 2) */
    {"igamma", {1, 1}, 2, 0.6321205588, 1e-10},                   /* 1 - 1 / e */
    {"igammac", {2.5, 1}, 2, 0.84915, 1e-5},                      /* 26.7: chi^2 = 2, nu = 5 */
    {"bessel_j0", {2}, 1, 0.223890779141236, 1e-15},              /* 9.1 */
    {"bessel_j1", {2}, 1, 0.5767248078, 1e-10},                   /* 9.1 */
    {"bessel_y0", {2}, 1, 0.5103756726, 1e-10},                   /* 9.1 */
    {"bessel_y1", {2}, 1, -0.1070324315, 1e-10},                  /* 9.1 */
    {"i0e", {2}, 1, 0.3085083225, 1e-10},                         /* 9.8 */
    {"i1e", {2}, 1, 0.2152692892, 1e-10},                         /* 9.8 */
    {"scaled_modified_bessel_k0", {2}, 1, 0.8415682151, 1e-10},   /* 9.8 */
    {"scaled_modified_bessel_k1", {2}, 1, 1.0334768471, 1e-10},   /* 9.8 */
    {"airy_ai", {0}, 1, 0.3550280539, 1e-10},                     /* 10.4.4 */
    {"airy_ai", {1}, 1, 0.13529242, 1e-8},                        /* 10.11 */
    {"airy_ai", {-1}, 1, 0.53556088, 1e-8},                       /* 10.11 */
    {"legendre_polynomial_p", {0.5, 3}, 2, -0.4375, 1e-15},       /* 22.9 */
    {"laguerre_polynomial_l", {0.5, 3}, 2, -0.1458333333, 1e-10}, /* 22.10 */
    {"hermite_polynomial_h", {0.5, 4}, 2, 1, 1e-15},              /* 22.12 */
    {"hermite_polynomial_he", {2, 3.5}, 2, 2, 1e-15},             /* x^3 - 3x */
    {"chebyshev_polynomial_t", {0.5, 5}, 2, 0.5, 1e-15},          /* 22.3: 16 x^5 - ... */
    {"chebyshev_polynomial_u", {0.5, 3}, 2, -1, 1e-15},           /* 8 x^3 - 4x */
    {"chebyshev_polynomial_v", {0.5, 2}, 2, -1, 1e-15},           /* 4 x^2 - 2x - 1 */
    {"chebyshev_polynomial_w", {0.5, 2}, 2, 1, 1e-15},            /* 4 x^2 + 2x - 1 */
    {"shifted_chebyshev_polynomial_t", {2, 2}, 2, 17, 1e-14},     /* 2 3^2 - 1 */
    {"chebyshev_polynomial_t", {0.5, -1}, 2, 0, 1e-16},
};

static void real_functions(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof published / sizeof *published; i++) {
        const struct oracle *const oracle = oracle_find(published[i].name);
        assert_non_null(oracle);
        mpfr_t y;
        mpfr_init2(y, 93);
        oracle_value(oracle, y, published[i].x, published[i].count);
        const double error = mpfr_get_d(y, MPFR_RNDN) - published[i].value;
        if (!(fabs(error) <= published[i].unit))
            fail_msg("%s(%g, %g) is off by %g", published[i].name, published[i].x[0],
                     published[i].x[1], error);
        mpfr_clear(y);
    }
}

static void complex_functions(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        double z[2], value[2];
    } cases[] = {
        {"sqrt", {3, 4}, {2, 1}},
        {"log", {0, 1}, {0, 1.5707963267948966}},
        {"expm1", {1e-20, 1e-20}, {1e-20, 1e-20}},
        {"log1p", {0, 1}, {0.34657359027997264, 0.7853981633974483}},
        {"tanh", {1, 1}, {1.0839233273386946, 0.27175258531951172}},
        {"tan", {0, 1e6}, {0, 1}},
        {"asin", {2, 0.0}, {1.5707963267948966, 1.3169578969248167}},
        {"sigmoid", {0, 0}, {0.5, 0}},
        {"sinc", {0.5, 0}, {0.6366197723675814, 0}},
        {"absolute", {3, -4}, {5, 0}},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct complex_oracle *const oracle = complex_oracle_find(cases[i].name);
        assert_non_null(oracle);
        double z[1][2] = {{cases[i].z[0], cases[i].z[1]}};
        mpc_t y;
        mpc_init2(y, 93);
        complex_oracle_value(oracle, y, z, 1);
        const double real = mpfr_get_d(mpc_realref(y), MPFR_RNDN) - cases[i].value[0];
        const double imaginary = mpfr_get_d(mpc_imagref(y), MPFR_RNDN) - cases[i].value[1];
        if (!(hypot(real, imaginary) <= 3e-16 * hypot(cases[i].value[0], cases[i].value[1])))
            fail_msg("%s is off by %g, %g", cases[i].name, real, imaginary);
        mpc_clear(y);
    }
}

/* No function may take its time, or give up, at the ends. */
static void ends(void **state)
{
    (void)state;
    static const double x[] = {0.0, -0.0, 5e-324, -5e-324, 1.7e308, -1.7e308, HUGE_VAL, NAN};
    for (size_t i = 0; i < sizeof published / sizeof *published; i++) {
        const struct oracle *const oracle = oracle_find(published[i].name);
        for (size_t k = 0; k < sizeof x / sizeof *x; k++) {
            const double point[2] = {x[k], published[i].x[1]};
            mpfr_t y;
            if (oracle->unknown && oracle->unknown(point))
                continue;
            mpfr_init2(y, 93);
            oracle_value(oracle, y, point, published[i].count);
            mpfr_clear(y);
        }
    }
}

static double error_of(clw_dtype dtype, double result, const char *exact)
{
    mpfr_t value;
    mpfr_init2(value, 120);
    mpfr_set_str(value, exact, 0, MPFR_RNDN);
    const double error = ulp_error(float_format_of(dtype), result, value, NULL);
    mpfr_clear(value);
    return error;
}

static void units(void **state)
{
    (void)state;
    static const struct {
        clw_dtype dtype;
        double result;
        const char *exact;
        double error;
    } cases[] = {
        {CLW_F32, 1, "1", 0},
        {CLW_F32, 1 + 0x1p-23, "1", 1},
        {CLW_F32, 1 - 0x1p-24, "1", 0.5}, /* in units of the exact value's binade */
        {CLW_F32, 1, "0x1.000001p0", 0.5},
        {CLW_F64, 1, "0x1.00000000000008p0", 0.5},
        {CLW_F16, 1 + 0x1p-10, "1", 1},
        {CLW_BF16, 1 + 0x1p-7, "1", 1},
        {CLW_F32, 0, "0x1p-149", 1},
        {CLW_F32, 0, "0x1p-150", 0.5},
        {CLW_F32, 0, "0x1p-2000", 0},
        {CLW_F32, -0.0, "0x1p-2000", HUGE_VAL}, /* the sign of zero */
        {CLW_F32, 0x1p-149, "0", 1},
        {CLW_F32, -0.0, "0", HUGE_VAL},
        {CLW_F32, -0.0, "-0", 0},
        {CLW_F32, HUGE_VAL, "0x1p128", 0},
        {CLW_F32, HUGE_VAL, "0x1p400", 0},
        {CLW_F32, -HUGE_VAL, "0x1p400", HUGE_VAL},
        {CLW_F32, HUGE_VAL, "0x1.fffffffp127", 0}, /* it rounds to infinity */
        {CLW_F32, HUGE_VAL, "0x1.fffffep127", 1},
        {CLW_F32, 0x1.fffffep127, "0x1p128", 1},
        {CLW_F32, NAN, "nan", 0},
        {CLW_F32, NAN, "1", HUGE_VAL},
        {CLW_F32, 1, "nan", HUGE_VAL},
        {CLW_F64, HUGE_VAL, "inf", 0},
        {CLW_F64, 1e308, "inf", HUGE_VAL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const double error = error_of(cases[i].dtype, cases[i].result, cases[i].exact);
        if (error != cases[i].error && !(error < 1e-100 && cases[i].error == 0))
            fail_msg("%s %a of %s is %g ulp, not %g", clw_dtype_name(cases[i].dtype),
                     cases[i].result, cases[i].exact, error, cases[i].error);
    }
}

static void formats(void **state)
{
    (void)state;
    const struct float_format *const f16 = float_format_of(CLW_F16);
    const struct float_format *const bf16 = float_format_of(CLW_BF16);
    for (uint32_t bits = 0; bits < 65536; bits++) {
        const double half = float16_value((uint16_t)bits), brain = bfloat16_value((uint16_t)bits);
        const double mine[] = {float_decode(f16, bits), float_decode(bf16, bits)};
        assert_true(isnan(half) ? isnan(mine[0]) : half == mine[0]);
        assert_true(isnan(brain) ? isnan(mine[1]) : brain == mine[1]);
        assert_true(isnan(half) || float_encode(f16, half) == bits);
        assert_true(isnan(brain) || float_encode(bf16, brain) == bits);
    }
    assert_true(float_round(f16, 65519.999) == 65504);
    assert_true(isinf(float_round(f16, 65520)));
    assert_true(float_round(f16, 0x1.002p0) == 1); /* a tie, to even */
    assert_true(float_step(f16, 0, -1) == -0x1p-24);
    assert_true(float_step(float_format_of(CLW_C64), 1, 1) == 1 + 0x1p-23);
    assert_null(float_format_of(CLW_I32));
}

static void bounds(void **state)
{
    (void)state;
    const char *const text = "f16 0.5  bf16 0.5  f32 0.51 f64 4|6e-16";
    const struct bound f32 = bound_parse(text, CLW_F32), f64 = bound_parse(text, CLW_F64);
    assert_true(f32.stated && f32.ulp == 0.51 && f32.absolute == 0);
    assert_true(f64.stated && f64.ulp == 4 && f64.absolute == 6e-16);
    assert_false(bound_parse(text, CLW_C64).stated);
    assert_false(bound_parse("", CLW_F32).stated);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(real_functions), cmocka_unit_test(complex_functions),
        cmocka_unit_test(ends),           cmocka_unit_test(units),
        cmocka_unit_test(formats),        cmocka_unit_test(bounds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
