/* Expressions: the graphs that they become. */
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/ops/opfile.h"
#include "tests/temporary.h"
#include "tests/unit/expression_cases.h"

#include <cmocka.h>

static void test_operators(void **state)
{
    (void)state;
    static const struct graph_case cases[] = {
        {"a + b", "a b: y=add(a b)"},
        {"a - b", "a b: y=subtract(a b)"},
        {"a * b", "a b: y=multiply(a b)"},
        {"a / b", "a b: y=divide(a b)"},
        {"a // b", "a b: y=floor_divide(a b)"},
        {"a % b", "a b: y=remainder(a b)"},
        {"a ** b", "a b: y=power(a b)"},
        {"a == b", "a b: y=equal(a b)"},
        {"a != b", "a b: y=not_equal(a b)"},
        {"a < b", "a b: y=less(a b)"},
        {"a <= b", "a b: y=less_equal(a b)"},
        {"a > b", "a b: y=greater(a b)"},
        {"a >= b", "a b: y=greater_equal(a b)"},
        {"a & b", "a b: y=bitwise_and(a b)"},
        {"a | b", "a b: y=bitwise_or(a b)"},
        {"a ^ b", "a b: y=bitwise_xor(a b)"},
        {"a << b", "a b: y=bitwise_left_shift(a b)"},
        {"a >> b", "a b: y=bitwise_right_shift(a b)"},
        {"~a", "a: y=bitwise_invert(a)"},
        {"-a", "a: y=negative(a)"},
        {"+a", "a: y=positive(a)"},
    };
    check_graphs(cases, COUNT(cases));
}

static void test_precedence(void **state)
{
    (void)state;
    static const struct graph_case cases[] = {
        {"a - b - c", "a b c: y=subtract(subtract(a b) c)"},
        {"a - (b - c)", "a b c: y=subtract(a subtract(b c))"},
        {"a + b * c", "a b c: y=add(a multiply(b c))"},
        {"(a + b) * c", "a b c: y=multiply(add(a b) c)"},
        {"a / b * c", "a b c: y=multiply(divide(a b) c)"},
        {"a ** b ** c", "a b c: y=power(a power(b c))"},
        {"-a ** b", "a b: y=negative(power(a b))"},
        {"a ** -b", "a b: y=power(a negative(b))"},
        {"a ** -b ** c", "a b c: y=power(a negative(power(b c)))"},
        {"2 ** -a", "a: y=power(2 negative(a))"},
        {"-a * b", "a b: y=multiply(negative(a) b)"},
        {"~a & b", "a b: y=bitwise_and(bitwise_invert(a) b)"},
        {"a * -b", "a b: y=multiply(a negative(b))"},
        {"- - ~ + a", "a: y=negative(negative(bitwise_invert(positive(a))))"},
        {"a | b ^ c & d", "a b c d: y=bitwise_or(a bitwise_xor(b bitwise_and(c d)))"},
        {"a & b << c + d", "a b c d: y=bitwise_and(a bitwise_left_shift(b add(c d)))"},
        {"a < b | c", "a b c: y=less(a bitwise_or(b c))"},
        {"(a < b) & (b < c)", "a b c: y=bitwise_and(less(a b) less(b c))"},
        {"a << b >> c", "a b c: y=bitwise_right_shift(bitwise_left_shift(a b) c)"},
        {"a + b < c * d", "a b c d: y=less(add(a b) multiply(c d))"},
    };
    check_graphs(cases, COUNT(cases));
}

static void test_numbers(void **state)
{
    (void)state;
    static const struct graph_case cases[] = {
        {"3", "y=3"},
        {"0", "y=0"},
        {"000", "y=0"},
        {"1_000_000", "y=1000000"},
        {"0x1f", "y=31"},
        {"0XFF_ff", "y=65535"},
        {"0x_1", "y=1"},
        {"0o17", "y=15"},
        {"0b101", "y=5"},
        {"9223372036854775807", "y=9223372036854775807"},
        {"9223372036854775808", "y=9223372036854775808u"},
        {"18446744073709551615", "y=18446744073709551615u"},
        {"0xffffffffffffffff", "y=18446744073709551615u"},
        {"2.5e-3", "y=0.0025000000000000001"},
        {"1.", "y=1.0"},
        {".5", "y=0.5"},
        {"1e3", "y=1000.0"},
        {"1E+3", "y=1000.0"},
        {"1_0.2_5e1_0", "y=102500000000.0"},
        {"007.5", "y=7.5"},
        {"2j", "y=(0.0 2.0j)"},
        {"2.5e1J", "y=(0.0 25.0j)"},
        {"010j", "y=(0.0 10.0j)"},
        {"1e999", "y=inf"},
        {"1e-999", "y=0.0"},
        {"4.9406564584124654e-324", "y=4.9406564584124654e-324"},
        {"1.7976931348623157e308", "y=1.7976931348623157e+308"},
        {"0.1", "y=0.10000000000000001"},
        {"9007199254740993.0", "y=9007199254740992.0"},
        {"pi", "y=3.1415926535897931"},
        {"e", "y=2.7182818284590451"},
        {"inf", "y=inf"},
        {"-inf", "y=-inf"},
        {"nan", "y=nan"},
        {"True", "y=True"},
        {"False", "y=False"},
        {"x + True", "x: y=add(x True)"},
    };
    check_graphs(cases, COUNT(cases));
}

/* Note [weak arithmetic] in expression_fold.h. */
static void test_arithmetic_between_literals(void **state)
{
    (void)state;
    static const struct graph_case cases[] = {
        {"x * (2 * pi)", "x: y=multiply(x 6.2831853071795862)"},
        {"x ** (1 / 2)", "x: y=power(x 0.5)"},
        {"x * (1 + 2j)", "x: y=multiply(x (1.0 2.0j))"},
        {"-3", "y=-3"},
        {"-0", "y=0"},
        {"-0.0", "y=-0.0"},
        {"-2j", "y=(-0.0 -2.0j)"},
        {"+3", "y=3"},
        {"~5", "y=-6"},
        {"~-6", "y=5"},
        {"-2 ** 2", "y=-4"},
        {"2 ** -1", "y=0.5"},
        {"(-2) ** 63", "y=-9223372036854775808"},
        {"2 ** 63", "y=9223372036854775808u"},
        {"-9223372036854775808", "y=-9223372036854775808"},
        {"-0x8000000000000000", "y=-9223372036854775808"},
        {"18446744073709551615 - 1", "y=18446744073709551614u"},
        {"-7 // 2", "y=-4"},
        {"-7 % 2", "y=1"},
        {"7 // -2", "y=-4"},
        {"7 % -2", "y=-1"},
        {"-7.5 // 2", "y=-4.0"},
        {"-7.5 % 2", "y=0.5"},
        {"7 / 2", "y=3.5"},
        {"1 << 63", "y=9223372036854775808u"},
        {"-1 << 63", "y=-9223372036854775808"},
        {"-5 >> 1", "y=-3"},
        {"-5 >> 200", "y=-1"},
        {"0xff & ~1", "y=254"},
        {"-1 & 0xffffffffffffffff", "y=18446744073709551615u"},
        {"-1 ^ 5", "y=-6"},
        {"-8 | 3", "y=-5"},
        {"(1 + 2j) * (3 - 1j)", "y=(5.0 5.0j)"},
        {"(2 + 4j) / (1 + 1j)", "y=(3.0 1.0j)"},
        {"1e308 * 10", "y=inf"},
        {"~True", "y=bitwise_invert(True)"},
        {"True + 1", "y=add(True 1)"},
        {"1 < 2", "y=less(1 2)"},
        {"1j // 2", "y=floor_divide((0.0 1.0j) 2)"},
        {"sin(2)", "y=sin(2)"},
    };
    check_graphs(cases, COUNT(cases));
}

static void test_calls(void **state)
{
    (void)state;
    static const struct graph_case cases[] = {
        {"sin(x)", "x: y=sin(x)"},
        {"where(m, a*b, 0)", "m a b: y=where(m multiply(a b) 0)"},
        {"where(\n  m,\n  a,\n  0,\n)", "m a: y=where(m a 0)"},
        {"leaky_relu(x)", "x: y=leaky_relu(x)"},
        {"leaky_relu(x, alpha=0.1)", "x: y=leaky_relu(x alpha=0.10000000000000001)"},
        {"leaky_relu(x, alpha = -1 / 8)", "x: y=leaky_relu(x alpha=-0.125)"},
        {"k = 2; leaky_relu(x, alpha=k*k)", "x: y=leaky_relu(x alpha=4)"},
        {"leaky_relu(x, alpha=1) + leaky_relu(x, alpha=2) + leaky_relu(x, alpha=1)",
         "x: y=add(add(leaky_relu(x alpha=1) leaky_relu(x alpha=2)) %3)"},
        {"f32(x)", "x: y=f32(x)"},
        {"bool(x) & u8(2)", "x: y=bitwise_and(bool(x) u8(2))"},
        {"c128(bf16(x))", "x: y=c128(bf16(x))"},
        {"sin + cos(sin)", "sin: y=add(sin cos(sin))"},
    };
    check_graphs(cases, COUNT(cases));
}

static void test_statements(void **state)
{
    (void)state;
    static const struct graph_case cases[] = {
        {"t = a - b; t*t + 1", "a b: y=add(multiply(subtract(a b) %3) 1)"},
        {"t = a - b\nt*t + 1\n", "a b: y=add(multiply(subtract(a b) %3) 1)"},
        {"\n;; a ;\r\n", "a: y=a"},
        {"(a\n+ b)", "a b: y=add(a b)"},
        {"y2 = a + b", "a b: y2=add(a b)"},
        {"a + b, a - b", "a b: y0=add(a b), y1=subtract(a b)"},
        {"s, c = sin(x), cos(x)", "x: s=sin(x), c=cos(x)"},
        {"q, r = divmod(a, b)", "a b: q=divmod(a b).0, r=%1.1"},
        {"i, j = divmod(a, b); i - j", "a b: y=subtract(divmod(a b).0 %2.1)"},
        {"i, j = divmod(a, b); j", "a b: y=divmod(a b).1"},
        {"divmod(a, b)", "a b: q=divmod(a b).0, r=%1.1"},
        {"(divmod(a, b))", "a b: q=divmod(a b).0, r=%1.1"},
        {"a = a + 1; a * 2", "a: y=multiply(add(a 1) 2)"},
        {"a, b = b, a; a - b", "b a: y=subtract(b a)"},
        {"t = 2 * pi; x * t", "x: y=multiply(x 6.2831853071795862)"},
        {"a, 1", "a: y0=a, y1=1"},
        {"a, b, c, d", "a b c d: y0=a, y1=b, y2=c, y3=d"},
        {"t = b; u = a; u + t", "b a: y=add(a b)"},
    };
    check_graphs(cases, COUNT(cases));
}

static void test_common_subexpressions(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int nodes, literals;
    } cases[] = {
        {"(a + b) * (a + b)", 2, 0},
        {"(a + b) * (b + a)", 3, 0},
        {"sin(x) + sin(x) + sin(x)", 3, 0},
        {"f32(x) + f64(x) + f32(x)", 4, 0},
        {"x * 2 + 2", 2, 1},
        {"x * 2 + 2.0", 2, 2},
        {"where(x, 0.0, -0.0)", 1, 2},
        {"where(x, nan, nan)", 1, 1},
        {"where(x, 1j, -1j)", 1, 2},
        {"q, r = divmod(a, b); s, t = divmod(a, b); q + t", 2, 0},
        {"t = a + b; a + b", 1, 0},
    };
    for (int i = 0; i < COUNT(cases); i++) {
        struct clw_op *op = NULL;
        assert_int_equal(expression_parse(&registry, cases[i].text, &op, NULL), CLW_OK);
        assert_int_equal(op->graph->nnodes, cases[i].nodes);
        assert_int_equal(op->graph->nliterals, cases[i].literals);
        op_destroy(op);
    }
}

/* A locale that writes 2,5: an installed one, else one made for the test. */
static int enter_comma_locale(void)
{
    char folder[200], command[512];
    if (setlocale(LC_ALL, "de_DE.UTF-8"))
        return 1;
    temporary_name(folder, sizeof folder);
    if (!mkdtemp(folder))
        return 0;
    snprintf(command, sizeof command, "localedef -i de_DE -f UTF-8 %s/de_DE.UTF-8 2>&1", folder);
    setenv("LOCPATH", folder, 1);
    const int entered = system(command) == 0 && setlocale(LC_ALL, "de_DE.UTF-8");
    snprintf(command, sizeof command, "rm -r %s", folder);
    return system(command) == 0 && entered;
}

static void test_numbers_do_not_depend_on_the_locale(void **state)
{
    (void)state;
    if (!enter_comma_locale()) {
        print_message("no locale de_DE.UTF-8, and localedef cannot make it\n");
        skip();
    }
    assert_string_equal(localeconv()->decimal_point, ",");
    struct clw_op *op = NULL;
    assert_int_equal(expression_parse(&registry, "x * 2.5", &op, NULL), CLW_OK);
    assert_true(op->graph->literals[0].value.f == 2.5);
    op_destroy(op);
    static const char file[] =
        "//! op f(x) -> y\n//! loop T -> T for any\n//! param a : f32 = 2.5\n";
    struct clw_op *ops[OPFILE_MAX_OPS];
    int count;
    assert_int_equal(opfile_parse(NULL, "f.cl", file, strlen(file), ops, &count, NULL), CLW_OK);
    assert_true(ops[0]->params[0].default_value.value.f == 2.5);
    op_destroy(ops[0]);
    assert_string_equal(localeconv()->decimal_point, ",");
    setlocale(LC_ALL, "C");
}

/* ---- Memory ---- */

struct count {
    int left, live;
};

static void *allocate(size_t bytes, void *data)
{
    struct count *count = data;
    if (count->left == 0)
        return NULL;
    count->left--;
    count->live++;
    return malloc(bytes);
}

static void release(void *memory, void *data)
{
    struct count *count = data;
    count->live--;
    free(memory);
}

static void test_every_allocation_fails_in_turn(void **state)
{
    (void)state;
    static const char text[] = "q, r = divmod(a, b); t = leaky_relu(q, alpha=2.5); t * r, f32(t)";
    struct count count = {-1, 0};
    const clw_allocator allocator = {allocate, release, &count};
    struct registry counted;
    fill_registry(&counted, &allocator);
    const int before = count.live;
    clw_status status = CLW_ERROR_MEMORY;
    int n = 0;
    for (; status == CLW_ERROR_MEMORY && n < 100; n++) {
        struct clw_op *op = NULL;
        clw_error error = {CLW_OK, ""};
        count.left = n;
        status = expression_parse(&counted, text, &op, &error);
        if (status) {
            assert_int_equal(status, CLW_ERROR_MEMORY);
            assert_string_equal(error.message, "out of host memory");
            assert_null(op);
        }
        op_destroy(op);
        assert_int_equal(count.live, before);
    }
    assert_int_equal(status, CLW_OK);
    assert_true(n > 5);
    count.left = -1;
    registry_finish(&counted);
    assert_int_equal(count.live, 0);
}

/* For compare_python.py: a line of standard input is an expression, a line of output its graph or
 * why it has none. */
static int show_lines(void)
{
    char line[4096];
    fill_registry(&registry, NULL);
    while (fgets(line, sizeof line, stdin)) {
        struct clw_op *op = NULL;
        clw_error error;
        line[strcspn(line, "\n")] = '\0';
        if (expression_parse(&registry, line, &op, &error)) {
            printf("error: %.*s\n", (int)strcspn(error.message, "\n"), error.message);
        } else {
            char *shown = show(op);
            puts(shown);
            free(shown);
            op_destroy(op);
        }
    }
    registry_finish(&registry);
    return 0;
}

int main(int argc, char **argv)
{
    if (argc > 1 && strcmp(argv[1], "show") == 0)
        return show_lines();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_operators),
        cmocka_unit_test(test_precedence),
        cmocka_unit_test(test_numbers),
        cmocka_unit_test(test_arithmetic_between_literals),
        cmocka_unit_test(test_calls),
        cmocka_unit_test(test_statements),
        cmocka_unit_test(test_common_subexpressions),
        cmocka_unit_test(test_numbers_do_not_depend_on_the_locale),
        cmocka_unit_test(test_every_allocation_fails_in_turn),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
