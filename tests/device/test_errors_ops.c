/* Ops that cannot be: files, expressions, and kernels that the device's compiler refuses. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/device/fixture.h"

static clw_context *context;
static clw_error error;
static struct tally tally;
static char folder[FIXTURE_PATH];
static clw_array *a, *b;

static void is_right(clw_status wanted, const char *message, clw_status status)
{
    if (status != wanted || error.code != wanted || strcmp(error.message, message) != 0)
        fail_msg("wanted %s: %s\ngot %s: %s", clw_status_name(wanted), message,
                 clw_status_name(status), status ? error.message : "");
}

/* ---- expressions ---- */

static const struct expression_case {
    const char *text;
    clw_status status;
    const char *message;
} expressions[] = {
    {"a +", CLW_ERROR_SYNTAX, "expression:1:4: expected a value before the end\na +\n   ^"},
    {"mltiply(a, b)", CLW_ERROR_NOT_FOUND,
     "expression:1:1: there is no op 'mltiply'; near are: multiply\nmltiply(a, b)\n^"},
    {"maxmum(a, b)", CLW_ERROR_NOT_FOUND,
     "expression:1:1: there is no op 'maxmum'; near are: maximum\nmaxmum(a, b)\n^"},
    {"fmix(a, b)", CLW_ERROR_NOT_FOUND,
     "expression:1:1: there is no op 'fmix'; near are: fmax, fmin, fix\nfmix(a, b)\n^"},
    {"multiply(a, b, a)", CLW_ERROR_SYNTAX,
     "expression:1:1: expected 2 arguments, got 3: multiply(a, b)\nmultiply(a, b, a)\n^"},
    {"", CLW_ERROR_SYNTAX, "expression:1:1: expected a value before the end\n\n^"},
    {"a + b + c", CLW_ERROR_ARGUMENT, "clw_eval: no array is given for c"},
    {"a * 2", CLW_ERROR_ARGUMENT, "clw_eval: b is given, but the expression does not use it"},
    {"a + bb", CLW_ERROR_ARGUMENT,
     "clw_eval: b is given, but the expression does not use it; it uses bb"},
    {"a & b", CLW_ERROR_DTYPE,
     "expression: bitwise_and: no loop for (f32, f32); there are loops for bool, i8, u8, i16, u16, "
     "i32, u32, "
     "i64, u64"},
};

static void test_expressions(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof expressions / sizeof *expressions; i++) {
        const struct expression_case *row = &expressions[i];
        const int is_parsed = row->status == CLW_ERROR_ARGUMENT || row->status == CLW_ERROR_DTYPE;
        clw_array *y = NULL;
        clw_op *op = NULL;
        if (is_parsed) { /* the context keeps what it has parsed */
            CHECK(clw_op_from_expression(context, row->text, &op, &error));
            clw_op_release(op);
            (void)!clw_eval(context, row->text, &y, NULL, "a", a, "b", b, NULL);
        }
        const long alive = tally.alive;
        is_right(row->status, row->message,
                 clw_eval(context, row->text, &y, &error, "a", a, "b", b, NULL));
        if (!is_parsed)
            is_right(row->status, row->message,
                     clw_op_from_expression(context, row->text, &op, &error));
        assert_null(y);
        assert_int_equal(tally.alive, alive);
    }
}

static void test_names(void **state)
{
    (void)state;
    clw_array *y = NULL;
    is_right(CLW_ERROR_ARGUMENT, "clw_eval: a is given twice",
             clw_eval(context, "a + b", &y, &error, "a", a, "a", a, NULL));
    is_right(CLW_ERROR_ARGUMENT, "clw_eval: the array for b is NULL",
             clw_eval(context, "a + b", &y, &error, "a", a, "b", (clw_array *)NULL, NULL));
    is_right(CLW_ERROR_ARGUMENT, "clw_eval: e is given, but means a constant in expressions",
             clw_eval(context, "a * e", &y, &error, "a", a, "e", b, NULL));
    is_right(CLW_ERROR_ARGUMENT,
             "clw_eval: the expression has 2 results, and clw_eval gives one; "
             "clw_op_from_expression and clw_call give several",
             clw_eval(context, "a, b", &y, &error, "a", a, "b", b, NULL));
    is_right(CLW_ERROR_ARGUMENT, "clw_eval: no array is given for a",
             clw_eval(context, "a + b", &y, &error, NULL));
    is_right(CLW_ERROR_SHAPE, "expression: shapes (2, 3) and (4,) cannot be broadcast together",
             clw_eval(context, "a + b", &y, &error, "a", a, "b", b, NULL));
    assert_null(y);
    assert_null(clw_op_find(context, "mltiply"));
    assert_null(clw_op_find(context, ""));
}

/* ---- op files ---- */

static const struct file_case {
    const char *text;
    clw_status status;
    const char *message; /* after the file's name */
} files[] = {
    {"// nothing\n\n", CLW_ERROR_SYNTAX, ":1: no op; a line '//! op NAME(a, b) -> y' begins one"},
    {"//! op f(a) -> y\n", CLW_ERROR_SYNTAX, ":1: f has no 'loop' row"},
    {"//\n//! op f(a) -> y\n//! lop T -> T for float\n", CLW_ERROR_SYNTAX,
     ":3: unknown directive 'lop'; did you mean 'op'?"},
    {"//! op f(a) -> y\n//! loop T T -> T for float\n", CLW_ERROR_SYNTAX,
     ":2: expected 1 dtype, one for each input of f, found 2"},
    {"//! op f(a) -> y\n//! loop T -> T for floats\n", CLW_ERROR_SYNTAX,
     ":2: expected bool, int, signed, unsigned, float, complex, any or a dtype, found 'floats'"},
    {"//! op f-g(a) -> y\n", CLW_ERROR_SYNTAX, NULL},
    {"//! op add(a) -> y\n//! loop T -> T for float\n", CLW_ERROR_ARGUMENT,
     ": the name 'add' is taken by cl/ops/add.cl"},
};

static void test_files(void **state)
{
    (void)state;
    char path[2 * FIXTURE_PATH], message[3 * FIXTURE_PATH];
    const int count = clw_op_count(context);
    snprintf(path, sizeof path, "%s/bad.cl", folder);
    /* The first of the folder is good, and is not kept: all of them or none. */
    fixture_write(folder, "a_good.cl", "//! op good(a) -> y\n//! loop T -> T for float\n");
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        const struct file_case *row = &files[i];
        const long alive = tally.alive;
        fixture_write(folder, "bad.cl", row->text);
        snprintf(message, sizeof message, "%s%s", path, row->message ? row->message : ":1: ");
        for (int k = 0; k < 2; k++) {
            REFUSED(row->status, clw_ops_load(context, k ? folder : path, &error));
            if (row->message)
                assert_string_equal(error.message, message);
            fixture_says(&error, message);
        }
        assert_int_equal(tally.alive, alive);
        assert_int_equal(clw_op_count(context), count);
        assert_null(clw_op_find(context, "good"));
    }
    fixture_remove(folder);
    snprintf(message, sizeof message, "cannot read '%s': no such file or folder", folder);
    is_right(CLW_ERROR_IO, message, clw_ops_load(context, folder, &error));
    fixture_folder(folder);
    snprintf(message, sizeof message, "no file *.cl in folder '%s'", folder);
    is_right(CLW_ERROR_IO, message, clw_ops_load(context, folder, &error));
    is_right(CLW_ERROR_IO, "'/dev/null' is no file", clw_ops_load(context, "/dev/null", &error));
}

static void test_define(void **state)
{
    (void)state;
    static const char two[] = "//! op f(a) -> y\n//! loop T -> T for float\n"
                              "//! op g(a) -> y\n//! loop T -> T for float\n";
    const long alive = tally.alive;
    clw_op *op = NULL;
    is_right(CLW_ERROR_ARGUMENT,
             "clw_op_define takes one op, the text has 2; clw_ops_load takes files of them",
             clw_op_define(context, two, &op, &error));
    is_right(CLW_ERROR_SYNTAX, "clw_op_define:1: f has no 'loop' row",
             clw_op_define(context, "//! op f(a) -> y\n", &op, &error));
    assert_null(op);
    assert_int_equal(tally.alive, alive);
}

/* ---- kernels that do not build ---- */

static const char broken[] = "// broken -- its line 6 is wrong\n"
                             "//! op broken(a) -> y\n"
                             "//! loop T -> T for float\n"
                             "static inline R broken(T a)\n"
                             "{\n"
                             "    return no_such_function(a);\n"
                             "}\n";

struct log_lines {
    int warnings, line_ends;
};

static void note_line(void *data, clw_log_level level, const char *line)
{
    struct log_lines *lines = data;
    lines->warnings += level == CLW_LOG_WARNING && strncmp(line, "build log: ", 11) == 0;
    lines->line_ends += strchr(line, '\n') != NULL;
}

/* The op, file and line of the user, the compiler's words; also a second time, and from a plan. */
static void test_build(void **state)
{
    (void)state;
    char place[2 * FIXTURE_PATH];
    struct tally own;
    struct log_lines lines = {0, 0};
    clw_config config;
    clw_context *made = NULL;
    clw_array *x = NULL, *y = NULL;
    clw_plan *plan = NULL;
    tally_init(&own);
    clw_config_init(&config);
    config.allocator = &own.allocator;
    config.log = note_line;
    config.log_data = &lines;
    CHECK(clw_context_create(&config, &made, &error));
    fixture_write(folder, "broken.cl", broken);
    snprintf(place, sizeof place, "%s/broken.cl", folder);
    CHECK(clw_ops_load(made, place, &error));
    snprintf(place, sizeof place, "%s/broken.cl:6:", folder);
    CHECK(clw_array_empty(made, CLW_F32, CLW_SHAPE(3), &x, &error));
    const clw_op *op = fixture_op(made, "broken");
    const clw_operand in = CLW_ARRAY(x);
    const long alive = own.alive;
    for (int i = 0; i < 3; i++) {
        const clw_status status =
            i < 2 ? clw_call(made, op, &in, 1, &y, 1, NULL, &error)
                  : clw_plan_create(made, op, &in, 1, &y, 1, NULL, &plan, &error);
        assert_int_equal(status, CLW_ERROR_BUILD);
        fixture_says(&error, "broken: the compiler of ");
        fixture_says(&error, place);
        fixture_says(&error, "no_such_function");
        assert_null(strchr(error.message, '\n'));
        assert_true(y == NULL && plan == NULL);
        assert_int_equal(own.alive, alive);
    }
    assert_true(lines.warnings >= 3);
    assert_int_equal(lines.line_ends, 0);
    /* The context goes on. */
    CHECK(clw_add(made, x, x, &y, &error));
    clw_array_release(y);
    clw_array_release(x);
    clw_context_release(made);
    assert_int_equal(own.alive, 0);
}

static int start(void **state)
{
    (void)state;
    const float floats[6] = {1, 2, 3, 4, 5, 6};
    tally_init(&tally);
    context = fixture_context(&tally.allocator, NULL);
    CHECK(clw_array_from_host(context, CLW_F32, CLW_SHAPE(2, 3), NULL, floats, &a, &error));
    b = fixture_vector(context, CLW_F32, 4, floats);
    fixture_folder(folder);
    return 0;
}

static int stop(void **state)
{
    (void)state;
    fixture_remove(folder);
    clw_array_release(a);
    clw_array_release(b);
    clw_context_release(context);
    return tally.alive != 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_expressions), cmocka_unit_test(test_names),
        cmocka_unit_test(test_files),       cmocka_unit_test(test_define),
        cmocka_unit_test(test_build),
    };
    return cmocka_run_group_tests(tests, start, stop);
}
