/* Expressions that are wrong or too large: what is said, and where. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/base/text.h"
#include "tests/unit/expression_cases.h"

#include <cmocka.h>

static void test_grammar_errors(void **state)
{
    (void)state;
    static const struct error_case cases[] = {
        {"(a + )", "expression:1:6: expected a value before ')'\n(a + )\n     ^"},
        {"", "expression:1:1: expected a value before the end\n\n^"},
        {" ; ;", "expression:1:5: expected a value before the end\n ; ;\n    ^"},
        {"a +\nb", "expression:1:4: expected a value before the end of the line\na +\n   ^"},
        {"a;\n\tb c", "expression:2:4: expected an operator before 'c'\n b c\n   ^"},
        {"a b", "expression:1:3: expected an operator before 'b'\na b\n  ^"},
        {"a)", "expression:1:2: ')' without '('\na)\n ^"},
        {"(a", "expression:1:3: expected ')' before the end\n(a\n  ^"},
        {"(a, b)", "expression:1:3: expected ')' before ','\n(a, b)\n  ^"},
        {"(a; b)", "expression:1:3: expected ')' before ';'\n(a; b)\n  ^"},
        {"sin(a", "expression:1:6: expected ')' before the end\nsin(a\n     ^"},
        {"sin(,)", "expression:1:5: expected a value before ','\nsin(,)\n    ^"},
        {"a,", "expression:1:3: expected a value before the end\na,\n  ^"},
        {"a < b < c",
         "expression:1:7: comparisons do not chain: write (a < b) & (b < c)\na < b < c\n      ^"},
        {"a == b != c",
         "expression:1:8: comparisons do not chain: write (a < b) & (b < c)\na == b != c\n"
         "       ^"},
        {"a and b", "expression:1:3: 'and' has no meaning here: write '&' between conditions in "
                    "parentheses\na and b\n  ^"},
        {"not a", "expression:1:1: 'not' has no meaning here: write '~' before a condition in "
                  "parentheses\nnot a\n^"},
        {"a if m else b",
         "expression:1:3: 'if' has no meaning here: write where(condition, a, b)\na if m else b\n"
         "  ^"},
        {"a + b = c",
         "expression:1:7: only names, at most 4, can stand before '='\na + b = c\n      ^"},
        {"a, b, c, d, e5 = x",
         "expression:1:13: more than 4 values\na, b, c, d, e5 = x\n            ^"},
        {"a += b", "expression:1:4: expected a value before '='\na += b\n   ^"},
        {"pi = a", "expression:1:1: 'pi' cannot be given a value\npi = a\n^"},
        {"if = a", "expression:1:1: 'if' cannot be given a value\nif = a\n^"},
        {"a @ b", "expression:1:3: unexpected '@'\na @ b\n  ^"},
        {"a ! b", "expression:1:3: unexpected '!'\na ! b\n  ^"},
        {"a[0]", "expression:1:2: unexpected '['\na[0]\n ^"},
        {"a \303\227 b", "expression:1:3: unexpected byte 0xC3: an expression is printable ASCII\n"
                         "a ?? b\n  ^"},
        {"a\001", "expression:1:2: unexpected byte 0x01: an expression is printable ASCII\na?\n ^"},
    };
    check_errors(cases, COUNT(cases), CLW_ERROR_SYNTAX);
}

static void test_number_errors(void **state)
{
    (void)state;
    static const struct error_case cases[] = {
        {"18446744073709551616",
         "expression:1:1: an integer above 2**64 - 1 has no dtype\n18446744073709551616\n^"},
        {"x + 0x1_0000_0000_0000_0000", "expression:1:5: an integer above 2**64 - 1 has no dtype\n"
                                        "x + 0x1_0000_0000_0000_0000\n    ^"},
        {"-9223372036854775809",
         "expression:1:1: the result is out of range\n-9223372036854775809\n^"},
        {"012", "expression:1:1: an integer does not begin with 0; octal is written 0o17\n012\n^"},
        {"2x", "expression:1:2: expected an operator after the number\n2x\n ^"},
        {"1__0", "expression:1:2: expected an operator after the number\n1__0\n ^"},
        {"1_", "expression:1:2: expected an operator after the number\n1_\n ^"},
        {"1._5", "expression:1:3: expected an operator after the number\n1._5\n  ^"},
        {"1.2.3", "expression:1:4: expected an operator after the number\n1.2.3\n   ^"},
        {"1e", "expression:1:2: expected an operator after the number\n1e\n ^"},
        {"1e+", "expression:1:2: expected an operator after the number\n1e+\n ^"},
        {"0x", "expression:1:3: expected a digit\n0x\n  ^"},
        {"0b2", "expression:1:3: expected a digit\n0b2\n  ^"},
        {"0b12", "expression:1:4: expected an operator after the number\n0b12\n   ^"},
        {"0x1p3", "expression:1:4: expected an operator after the number\n0x1p3\n   ^"},
        {"1 / 0", "expression:1:3: division by zero\n1 / 0\n  ^"},
        {"1 % 0.0", "expression:1:3: division by zero\n1 % 0.0\n  ^"},
        {"1j / 0", "expression:1:4: division by zero\n1j / 0\n   ^"},
        {"0 ** -1", "expression:1:3: division by zero\n0 ** -1\n  ^"},
        {"2 ** 64", "expression:1:3: the result is out of range\n2 ** 64\n  ^"},
        {"10.0 ** 400", "expression:1:6: the result is out of range\n10.0 ** 400\n     ^"},
        {"(-8.0) ** 0.5", "expression:1:8: the operator has no value for these numbers\n"
                          "(-8.0) ** 0.5\n       ^"},
        {"1 << -1", "expression:1:3: the operator has no value for these numbers\n1 << -1\n  ^"},
        {"1 << 64", "expression:1:3: the result is out of range\n1 << 64\n  ^"},
        {"-9223372036854775808 - 1",
         "expression:1:22: the result is out of range\n-9223372036854775808 - 1\n"
         "                     ^"},
    };
    check_errors(cases, COUNT(cases), CLW_ERROR_SYNTAX);
}

static void test_call_errors(void **state)
{
    (void)state;
    static const struct error_case cases[] = {
        {"1 + where(m, a)", "expression:1:5: expected 3 arguments, got 2: where(condition, a, b)\n"
                            "1 + where(m, a)\n    ^"},
        {"sin()", "expression:1:1: expected 1 argument, got 0: sin(x)\nsin()\n^"},
        {"sin(a, 1, 2, 3, 4, 5, 6, 7, 8, 9)",
         "expression:1:1: expected 1 argument, got 10: sin(x)\n"
         "sin(a, 1, 2, 3, 4, 5, 6, 7, 8, 9)\n^"},
        {"leaky_relu(x, 0.1)",
         "expression:1:1: expected 1 argument, got 2: leaky_relu(x, alpha=0.01)\n"
         "leaky_relu(x, 0.1)\n^"},
        {"leaky_relu(x, alpha=y)",
         "expression:1:21: parameter 'alpha' takes a number\nleaky_relu(x, alpha=y)\n"
         "                    ^"},
        {"leaky_relu(x, alpha=1, alpha=2)",
         "expression:1:24: 'alpha' is given twice\nleaky_relu(x, alpha=1, alpha=2)\n"
         "                       ^"},
        {"leaky_relu(alpha=1, x)",
         "expression:1:21: parameters stand after all arguments\nleaky_relu(alpha=1, x)\n"
         "                    ^"},
        {"f32(a, b)", "expression:1:1: expected 1 argument, got 2: f32(x)\nf32(a, b)\n^"},
        {"1 + divmod(a, b)",
         "expression:1:5: divmod gives 2 values, which need a name each: q, r = divmod(...)\n"
         "1 + divmod(a, b)\n    ^"},
        {"sin(divmod(a, b))",
         "expression:1:5: divmod gives 2 values, which need a name each: q, r = divmod(...)\n"
         "sin(divmod(a, b))\n    ^"},
        {"divmod(a, b), a",
         "expression:1:1: divmod gives 2 values, which need a name each: q, r = divmod(...)\n"
         "divmod(a, b), a\n^"},
        {"-divmod(a, b)",
         "expression:1:2: divmod gives 2 values, which need a name each: q, r = divmod(...)\n"
         "-divmod(a, b)\n ^"},
        {"t = divmod(a, b)",
         "expression:1:1: 1 name before '=', but 2 values after it\nt = divmod(a, b)\n^"},
        {"s, t = a", "expression:1:1: 2 names before '=', but 1 value after it\ns, t = a\n^"},
        {"s, t, s = a, b, c",
         "expression:1:7: 's' stands twice before '='\ns, t, s = a, b, c\n      ^"},
        {"a * b; a + b", "expression:1:3: this value is never used\na * b; a + b\n  ^"},
        {"t = sin(a); a", "expression:1:5: this value is never used\nt = sin(a); a\n    ^"},
        {"t = c; a + b", "expression:1:5: 'c' is never used\nt = c; a + b\n    ^"},
    };
    check_errors(cases, COUNT(cases), CLW_ERROR_SYNTAX);
}

static void test_unknown_names(void **state)
{
    (void)state;
    static const struct error_case cases[] = {
        {"leaky_rleu(x)", "expression:1:1: there is no op 'leaky_rleu'; near are: leaky_relu\n"
                          "leaky_rleu(x)\n^"},
        {"a + nothing_like_it(x)",
         "expression:1:5: there is no op 'nothing_like_it'\na + nothing_like_it(x)\n    ^"},
        {"t = a; t(a)", "expression:1:8: there is no op 't'\nt = a; t(a)\n       ^"},
        {"leaky_relu(x, alhpa=1)",
         "expression:1:15: there is no parameter 'alhpa': leaky_relu(x, alpha=0.01)\n"
         "leaky_relu(x, alhpa=1)\n              ^"},
        {"f32(x, y=1)", "expression:1:8: there is no parameter 'y': f32(x)\nf32(x, y=1)\n       ^"},
    };
    check_errors(cases, COUNT(cases), CLW_ERROR_NOT_FOUND);
}

static void test_operator_without_its_op(void **state)
{
    (void)state;
    struct registry empty;
    struct clw_op *op = NULL;
    clw_error error;
    registry_init(&empty, NULL);
    assert_int_equal(expression_parse(&empty, "a + b", &op, &error), CLW_ERROR_NOT_FOUND);
    assert_string_equal(error.message, "expression:1:3: there is no op 'add'\na + b\n  ^");
    registry_finish(&empty);
}

/* A long line is shown around the place, and the caret stays under it. */
static void test_long_lines(void **state)
{
    (void)state;
    char text[600];
    memset(text, '+', sizeof text);
    memcpy(text, "a", 1);
    memcpy(text + 400, "a $", 3);
    text[sizeof text - 1] = '\0';
    clw_error error;
    struct clw_op *op = NULL;
    assert_int_equal(expression_parse(&registry, text, &op, &error), CLW_ERROR_SYNTAX);
    memset(text + 1, '-', 150);
    assert_int_equal(expression_parse(&registry, text, &op, &error), CLW_ERROR_SYNTAX);
    const char *line = strchr(error.message, '\n') + 1;
    const char *caret = strchr(line, '\n') + 1;
    assert_true(caret - line <= 80);
    assert_int_equal(caret[strlen(caret) - 1], '^');
    assert_memory_equal(line, "...", 3);
    assert_memory_equal(caret - 4, "...", 3);
}

/* ---- Limits ---- */

static char *repeat(const char *before, const char *each, int count, const char *after)
{
    struct text text;
    text_init(&text, NULL);
    text_add(&text, before);
    for (int i = 0; i < count; i++)
        text_add(&text, each);
    text_add(&text, after);
    return text_take(&text);
}

static void check_limit(char *text, const char *sentence)
{
    struct clw_op *op = NULL;
    clw_error error = {CLW_OK, ""};
    const clw_status status = expression_parse(&registry, text, &op, &error);
    if (!sentence) {
        if (status)
            fail_msg("%s", error.message);
    } else {
        assert_int_equal(status, CLW_ERROR_SYNTAX);
        if (!strstr(error.message, sentence))
            fail_msg("%s\n  expected %s", error.message, sentence);
    }
    op_destroy(op);
    free(text);
}

static void test_limits(void **state)
{
    (void)state;
    static const char deep[] = "nested more than 200 deep";
    check_limit(repeat("", "(", 199, ""), "expected a value");
    check_limit(repeat("", "(", 200, "a"), deep);
    check_limit(repeat("", "-", 199, "1"), NULL);
    check_limit(repeat("", "-", 200, "1"), deep);
    check_limit(repeat("", "1 ** ", 199, "1"), NULL);
    check_limit(repeat("", "1 ** ", 200, "1"), deep);
    check_limit(repeat("", "sin(", 100000, ""), deep);
    check_limit(repeat("a", "+a", 16384, ""), NULL);
    check_limit(repeat("a", "+a", 16385, ""), "more than 16384 operations");
    check_limit(repeat("a", "+1", 16384, ""), NULL);
    check_limit(repeat("", "n", 64, ""), NULL);
    check_limit(repeat("", "n", 65, ""), "a name has at most 64 characters");
    check_limit(repeat("0.", "1", 1998, ""), NULL);
    check_limit(repeat("0.", "1", 1999, ""), "a number of more than 2000 characters");
    check_limit(repeat("", "1", 100000, ""), "a number of more than 2000 characters");
    check_limit(repeat("a", " ", (1 << 20) - 1, ""), NULL);
    check_limit(repeat("a", " ", 1 << 20, ""), "expression: the text is longer than 1048576 bytes");
    check_limit(repeat("t = a", ";t = t", 100000, "; t"), NULL);
}

static char *join_names(const char *format, int count, const char *after)
{
    struct text text;
    text_init(&text, NULL);
    for (int i = 0; i < count; i++) {
        char words[64];
        snprintf(words, sizeof words, format, i, i);
        text_add(&text, words);
    }
    text_add(&text, after);
    return text_take(&text);
}

static void test_limits_of_names(void **state)
{
    (void)state;
    check_limit(join_names("a%d + ", 1023, "last"), NULL);
    check_limit(join_names("a%d + ", 1024, "last"), "more than 1024 arrays");
    check_limit(join_names("a%d = %d;", 4096, "a63"), NULL);
    check_limit(join_names("a%d = %d;", 4097, "a63"), "more than 4096 names are given values");
}

/* More literals than all nodes can hold: each node takes as many as an op may have inputs. */
static void test_most_literals(void **state)
{
    (void)state;
    check_limit(join_names("where(%d.5, %d.25, x) + ", 8192, "1"), NULL);
    check_limit(join_names("where(%d.5, %d.25, x) + ", 8193, "1"), "more than 16384 operations");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_grammar_errors),
        cmocka_unit_test(test_number_errors),
        cmocka_unit_test(test_call_errors),
        cmocka_unit_test(test_unknown_names),
        cmocka_unit_test(test_operator_without_its_op),
        cmocka_unit_test(test_long_lines),
        cmocka_unit_test(test_limits),
        cmocka_unit_test(test_limits_of_names),
        cmocka_unit_test(test_most_literals),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
