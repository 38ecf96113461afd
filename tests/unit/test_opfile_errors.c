#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "runtime/ops/opfile.h"
#include "tests/unit/failing_allocator.h"

#include <cmocka.h>

static struct clw_op *ops[OPFILE_MAX_OPS];
static int count;

#define OP "//! op f(a, b) -> y\n"
#define OP1 "//! op f(a) -> y\n"
#define ROW "//! loop T T -> T for int\n"

static const struct {
    const char *text, *message;
} malformed[] = {
    {"", "m.cl:1: no op; a line '//! op NAME(a, b) -> y' begins one"},
    {"float f;\n", "m.cl:1: no op; a line '//! op NAME(a, b) -> y' begins one"},
    {OP "x\n", "m.cl:1: f has no 'loop' row"},
    {OP "//! torch T T -> T for int\n", "m.cl:1: f has no 'loop' row"},
    {"\n" OP OP1 ROW, "m.cl:2: f has no 'loop' row"},
    {"//! loop T -> T for int\n", "m.cl:1: 'loop' stands before the first 'op'"},
    {OP ROW "//! lop T\n", "m.cl:3: unknown directive 'lop'; did you mean 'op'?"},
    {OP "//! flag commutative\n", "m.cl:2: unknown directive 'flag'; did you mean 'flags'?"},
    {OP "//! Whatever\n", "m.cl:2: unknown directive 'Whatever'; cl/README.md lists them"},
    {"//! op\n", "m.cl:1: expected an op's name, found the end of the line"},
    {"//! op 2x(a) -> y\n", "m.cl:1: '2x' cannot be an op's name: letters, digits and '_', not a "
                            "digit first, at most 64 characters"},
    {"//! op f\n", "m.cl:1: expected '(' and the names of inputs, found the end of the line"},
    {"//! op f() -> y\n",
     "m.cl:1: f has no input: an op takes one at least, whose shape its result has; one that "
     "makes a pattern takes an array that it does not read, as "
     "in f(like)"},
    {"//! op f(,) -> y\n", "m.cl:1: ',' cannot be an input's name: letters, digits and '_', not a "
                           "digit first, at most 64 characters"},
    {"//! op f(a b) -> y\n", "m.cl:1: expected ',' or ')', found 'b'"},
    {"//! op f(a) y\n", "m.cl:1: expected '->' and the names of outputs, found 'y'"},
    {"//! op f(a) -> y z\n", "m.cl:1: expected the end of the line, found 'z'"},
    {"//! op f(a, a) -> y\n", "m.cl:1: f has two operands called 'a'"},
    {"//! op f(a) -> a\n", "m.cl:1: f has two operands called 'a'"},
    {"//! op f(a,b,c,d,e,f,g,h,i) -> y\n", "m.cl:1: f has more than 8 of them: an input's name"},
    {"//! op f(a) -> y,z,v,w,x\n", "m.cl:1: f has more than 4 of them: an output's name"},
    {OP ROW OP, "m.cl:3: the file has two ops called 'f'"},
    {OP "//! alias g f\n", "m.cl:2: the file has two ops called 'f'"},
    {OP "//! alias g g\n", "m.cl:2: the file has two ops called 'g'"},
    {OP ROW "//! alias g\n//! op g(x) -> y\n", "m.cl:4: the file has two ops called 'g'"},
    {OP "//! alias\n", "m.cl:2: expected an alias, found the end of the line"},
    {OP "//! loop T -> T for int\n", "m.cl:2: expected 2 dtypes, one for each input of f, found 1"},
    {OP "//! loop T T -> T T for int\n",
     "m.cl:2: expected 1 dtype, one for each output of f, found 2"},
    {OP "//! loop T T\n",
     "m.cl:2: expected '->' after the inputs' dtypes, found the end of the line"},
    {OP "//! loop T float -> T for int\n",
     "m.cl:2: expected a dtype, T, T.real or T.complex, found 'float'"},
    {OP "//! loop T T -> T\n", "m.cl:2: a row with T says which dtypes T is: 'for CLASS...'"},
    {OP "//! loop f32 f32 -> f32 for int\n", "m.cl:2: 'for' needs a T in the row"},
    {OP "//! loop f32 f32 -> T for int\n",
     "m.cl:2: a row with T has it among the inputs, or T is one dtype"},
    {OP "//! loop T T -> T.complex for f32 i8\n",
     "m.cl:2: T.complex needs a T that is float or complex"},
    {OP "//! loop T T -> T for\n", "m.cl:2: expected bool, int, signed, unsigned, float, complex, "
                                   "any or a dtype, found the end of the line"},
    {OP "//! loop T T -> T for int32\n",
     "m.cl:2: expected bool, int, signed, unsigned, float, complex, any or a dtype, found "
     "'int32'"},
    {OP "//! loop T T -> T for int from int for int\n",
     "m.cl:2: expected the end of the line, found 'for'"},
    {OP ROW "//! loop T T -> T for float i32\n", "m.cl:3: the row is there twice for T = i32"},
    {OP "//! torch_error int\n",
     "m.cl:2: expected bool, int, signed, unsigned, float, complex, any or a dtype, found the end "
     "of the line"},
    {OP "//! numpy_error int int int\n", "m.cl:2: expected the end of the line, found 'int'"},
    {OP "//! param a : T = 1\n", "m.cl:2: f has two arguments called 'a'"},
    {OP "//! param p T = 1\n", "m.cl:2: expected ':' and a dtype, T or T.real, found 'T'"},
    {OP "//! param p : int = 1\n", "m.cl:2: expected a dtype, T or T.real, found 'int'"},
    {OP "//! param p : T\n", "m.cl:2: expected '=' and a default, found the end of the line"},
    {OP "//! param p : T = 1.5f\n",
     "m.cl:2: expected a number, inf, nan, true or false, found '1.5f'"},
    {OP "//! param p : T = .\n", "m.cl:2: expected a number, inf, nan, true or false, found '.'"},
    {OP "//! param p : T =\n",
     "m.cl:2: expected a number of at most 63 characters, found the end of the line"},
    {OP "//! param p : i8 = 300\n", "m.cl:2: 300 is no i8"},
    {OP "//! param p : i8 = 1.5\n", "m.cl:2: 1.5 is no i8"},
    {OP "//! param p : bool = 2\n", "m.cl:2: 2 is no bool"},
    {OP "//! use ../x\n", "m.cl:2: '../x' cannot be a file of lib: letters, digits and '_', not a "
                          "digit first, at most 64 characters"},
    {OP "//! function f g\n", "m.cl:2: expected the end of the line, found 'g'"},
    {OP "//! function g\n//! function h\n", "m.cl:3: f has two lines 'function'"},
    {OP "//! require f64\n", "m.cl:2: expected fp64, found 'f64'"},
    {OP "//! nonnegative c\n", "m.cl:2: expected the name of an input, found 'c'"},
    {OP "//! identity\n", "m.cl:2: expected a number, found the end of the line"},
    {OP "//! doc\n", "m.cl:2: expected a sentence, found the end of the line"},
    {OP "//! ulp f32\n",
     "m.cl:2: expected a number of ULP after the dtype, found the end of the line"},
    {OP "//! ulp 1\n", "m.cl:2: expected a dtype, found '1'"},
    {OP "//! flags\n", "m.cl:2: expected commutative, exact_compare, torch_same or torch_no_bool, "
                       "found the end of the line"},
    {OP "//! flags comutative\n",
     "m.cl:2: expected commutative, exact_compare, torch_same or torch_no_bool, found "
     "'comutative'"},
};

static void test_malformed(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof malformed / sizeof *malformed; i++) {
        struct failing_allocator failing;
        failing_init(&failing, 0);
        clw_error error = {CLW_OK, ""};
        const clw_status status = opfile_parse(&failing.allocator, "m.cl", malformed[i].text,
                                               strlen(malformed[i].text), ops, &count, &error);
        assert_string_equal(error.message, malformed[i].message);
        assert_int_equal(status, CLW_ERROR_SYNTAX);
        assert_int_equal(error.code, CLW_ERROR_SYNTAX);
        assert_int_equal(count, 0);
        assert_int_equal(failing.alive, 0);
    }
}

static void expect(const char *text, size_t length, const char *message)
{
    clw_error error = {CLW_OK, ""};
    assert_int_equal(opfile_parse(NULL, "m.cl", text, length, ops, &count, &error),
                     CLW_ERROR_SYNTAX);
    assert_string_equal(error.message, message);
}

static void test_bounds(void **state)
{
    (void)state;
    static const char nul[] = OP "x\0y";
    expect(nul, sizeof nul - 1, "m.cl:2: a NUL byte; op files are text");

    static char text[OPFILE_MAX_BYTES + 2];
    memset(text, ' ', sizeof text - 1);
    expect(text, sizeof text - 1, "m.cl:1: the file is longer than 1048576 bytes");

    size_t at = 0;
    for (int i = 0; i <= OPFILE_MAX_OPS; i++)
        at += (size_t)snprintf(text + at, sizeof text - at,
                               "//! op o%d(a) -> y\n//! loop T -> T for any\n", i);
    expect(text, at, "m.cl:129: the file has more than 64 ops");

    at = (size_t)snprintf(text, sizeof text, OP1);
    for (int i = 0; i < 18; i++)
        at += (size_t)snprintf(text + at, sizeof text - at, "//! loop T -> %s for any\n",
                               dtype_table[i % CLW_DTYPE_COUNT].name);
    expect(text, at, "m.cl:17: the row is there twice for T = bool");

    at = (size_t)snprintf(text, sizeof text, OP);
    for (int i = 0; i < CLW_DTYPE_COUNT; i++)
        for (int j = 0; j < CLW_DTYPE_COUNT; j++)
            at += (size_t)snprintf(text + at, sizeof text - at, "//! loop %s %s -> bool\n",
                                   dtype_table[i].name, dtype_table[j].name);
    for (int i = 0; i < 3; i++)
        at += (size_t)snprintf(text + at, sizeof text - at, "//! loop T T -> %s for any\n",
                               dtype_table[i].name);
    expect(text, at, "m.cl:229: f has more than 256 rows");

    at = (size_t)snprintf(text, sizeof text, OP "//! alias");
    for (int i = 0; i < 17; i++)
        at += (size_t)snprintf(text + at, sizeof text - at, " n%d", i);
    expect(text, at, "m.cl:2: more than 16 names");

    at = (size_t)snprintf(text, sizeof text, OP);
    for (int i = 0; i <= OP_MAX_PARAMS; i++)
        at += (size_t)snprintf(text + at, sizeof text - at, "//! param p%d : T = 1\n", i);
    expect(text, at, "m.cl:10: f has more than 8 parameters");

    at = (size_t)snprintf(text, sizeof text, OP1);
    for (int i = 0; i < 9; i++)
        at += (size_t)snprintf(text + at, sizeof text - at, "//! torch_error int\n");
    expect(text, at, "m.cl:10: f has more than 8 rows of errors");
}

/* Names of 64 characters are the longest; with 65 a message still says which. */
static void test_long_names(void **state)
{
    (void)state;
    char name[66], text[400];
    memset(name, 'n', sizeof name);
    name[64] = '\0';
    clw_error error = {CLW_OK, ""};
    int length = snprintf(text, sizeof text, "//! op %s(%s) -> %s\n//! loop T -> T for any\n", name,
                          name, name + 1);
    assert_int_equal(opfile_parse(NULL, "m.cl", text, (size_t)length, ops, &count, &error), CLW_OK);
    assert_string_equal(ops[0]->name, name);
    assert_string_equal(ops[0]->in_name[0], name);
    op_destroy(ops[0]);
    name[64] = 'n';
    name[65] = '\0';
    length = snprintf(text, sizeof text, "//! op %s(a) -> y\n", name);
    char message[300];
    snprintf(message, sizeof message,
             "m.cl:1: '%s' cannot be an op's name: letters, digits and '_', not a digit first, at "
             "most 64 characters",
             name);
    expect(text, (size_t)length, message);
    assert_false(op_name_is_valid(""));
    assert_false(op_name_is_valid(name));
    assert_false(op_name_is_valid("a-b"));
    assert_true(op_name_is_valid("_a9"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_malformed),
        cmocka_unit_test(test_bounds),
        cmocka_unit_test(test_long_names),
    };
    return cmocka_run_group_tests_name("opfile_errors", tests, NULL, NULL);
}
