/* Files of users: helpers, other ops called by name, files loaded again, errors of compilers. */
#include "tests/device/fixture.h"

#include <pthread.h>
#include <stdio.h>
#include <string.h>

enum { COUNT = 4 };

static clw_context *context;
static clw_error error;
static char folder[FIXTURE_PATH];
static clw_array *x, *n;

static void load(const char *name, const char *text)
{
    fixture_write(folder, name, text);
    char path[2 * FIXTURE_PATH];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    CHECK(clw_ops_load(context, path, &error));
}

static void eval(const char *text, float got[COUNT])
{
    clw_op *op = NULL;
    clw_array *y = NULL;
    clw_operand in[2];
    CHECK(clw_op_from_expression(context, text, &op, &error));
    for (int i = 0; i < clw_op_input_count(op); i++)
        in[i] = CLW_ARRAY(clw_op_input_name(op, i)[0] == 'x' ? x : n);
    CHECK(clw_call(context, op, in, clw_op_input_count(op), &y, 1, NULL, &error));
    assert_int_equal(clw_array_dtype(y), CLW_F32);
    CHECK(clw_array_read(y, got, COUNT * sizeof *got, &error));
    clw_array_release(y);
    clw_op_release(op);
}

/* Two texts with the same bits. */
static void same(const char *text, const char *as)
{
    float got[COUNT], wanted[COUNT];
    eval(text, got);
    eval(as, wanted);
    for (int i = 0; i < COUNT; i++)
        if (memcmp(&got[i], &wanted[i], sizeof *got) != 0)
            fail_msg("%s: element %d is %.9g; %s: %.9g", text, i, (double)got[i], as,
                     (double)wanted[i]);
}

/* ---- helpers ---- */

/* Two ops, two dtypes and a second file with the same names, all in one kernel. */
static const char one[] = "// first -- functions, types, constants and macros of its own\n"
                          "#define LEVELS 4\n"
                          "typedef struct { float low, high; } pair;\n"
                          "__constant float table[3] = {1, 2, 3};\n"
                          "enum { FIRST, SECOND };\n"
                          "static inline T helper(T v)\n"
                          "{\n"
                          "    return v + (T)table[SECOND];\n"
                          "}\n"
                          "//! op first(v) -> y\n"
                          "//! loop T -> T for float int\n"
                          "static inline T FN(scaled)(T v) { return 2 * v; }\n"
                          "static inline R first(T v)\n"
                          "{\n"
                          "    pair p = {1, LEVELS};\n"
                          "    return FN(scaled)(helper(v)) + (T)p.high;\n"
                          "}\n"
                          "//! op second(v) -> y\n"
                          "//! doc the same names with other meanings\n"
                          "//! loop T -> T for float int\n"
                          "static inline T FN(scaled)(T v) { return 3 * v; }\n"
                          "static inline R second(T v)\n"
                          "{\n"
                          "    return FN(scaled)(helper(v)) + FIRST;\n"
                          "}\n";

static const char two[] = "// fma -- a name of OpenCL C; its helper's too\n"
                          "#define LEVELS 100\n"
                          "//! op fma(v) -> y\n"
                          "//! loop T -> T for float\n"
                          "static inline T clamp(T v) { return v / 2; }\n"
                          "static inline T helper(T v) { return v + LEVELS; }\n"
                          "static inline R fma(T v)\n"
                          "{\n"
                          "    return clamp(helper(v));\n"
                          "}\n";

static void test_helpers(void **state)
{
    (void)state;
    load("one.cl", one);
    load("two.cl", two);
    same("first(x)", "2*(x + 2) + 4");
    same("first(x) + second(x)", "(2*(x + 2) + 4) + 3*(x + 2)");
    same("f32(first(n)) + first(x)", "f32(2*(n + 2) + 4) + (2*(x + 2) + 4)");
    same("fma(x) + first(x) + fma(x + 1)", "(x + 100)/2 + (2*(x + 2) + 4) + (x + 1 + 100)/2");
    /* The compiler's own fma, clamp and floor are there for the others. */
    same("fma(x) + hypot(x, x) + floor(x)", "(x + 100)/2 + hypot(x, x) + floor(x)");
}

/* ---- calls ---- */

static const char calls[] =
    "// wave -- made of other ops\n"
    "//! op wave(v) -> y\n"
    "//! loop T -> T for float\n"
    "//! loop T -> f32 for i16\n"
    "//! call sin multiply\n"
    "//! call divmod of f32\n"
    "static inline R wave(T v)\n"
    "{\n"
    "    float q, r;\n"
    "    call_divmod((float)v, 2.0f, &q, &r);\n"
    "    return call_multiply(call_sin(v), v) + r;\n"
    "}\n"
    "//! op waves(v) -> y\n"
    "//! doc calls an op of the same file, which calls others; and one with a parameter\n"
    "//! loop T -> T for float\n"
    "//! call wave leaky_relu\n"
    "static inline R waves(T v)\n"
    "{\n"
    "    return 2 * call_wave(v) + call_leaky_relu(v, (T)0.5f);\n"
    "}\n"
    "//! op fine(v) -> y\n"
    "//! doc the called op's result is rounded to its dtype\n"
    "//! loop T -> f32 for f16 f32\n"
    "//! call multiply\n"
    "static inline R fine(T v)\n"
    "{\n"
    "    return call_multiply(v, v);\n"
    "}\n";

static void test_calls(void **state)
{
    (void)state;
    load("calls.cl", calls);
    same("wave(x)", "sin(x)*x + x % 2");
    same("waves(x)", "2*(sin(x)*x + x % 2) + leaky_relu(x, alpha=0.5)");
    same("waves(x) + wave(x)",
         "2*(sin(x)*x + x % 2) + leaky_relu(x, alpha=0.5) + (sin(x)*x + x % 2)");
    same("fine(f16(x))", "f32(f16(x)*f16(x))");
    same("wave(i16(n))", "wave(i16(x))");
}

static void test_call_errors(void **state)
{
    (void)state;
    float complex_like[2 * COUNT] = {0};
    clw_op *op = NULL;
    clw_array *y = NULL;
    clw_array *const z = fixture_vector(context, CLW_C64, COUNT, complex_like);
    static const char text[] = "//! op lower(v) -> y\n"
                               "//! loop T -> T for c64\n"
                               "//! call floor\n"
                               "static inline R lower(T v) { return call_floor(v); }\n";
    CHECK(clw_op_define(context, text, &op, &error));
    const clw_operand in = CLW_ARRAY(z);
    REFUSED(CLW_ERROR_DTYPE, clw_call(context, op, &in, 1, &y, 1, NULL, &error));
    fixture_says(&error, "lower: floor: no loop for (c64); there are loops for ");
    clw_op_release(op);
    op = NULL;
    REFUSED(CLW_ERROR_NOT_FOUND,
            clw_op_define(context, "//! op f(v) -> y\n//! loop T -> T for any\n//! call sinn\n",
                          &op, &error));
    assert_string_equal(
        error.message, "clw_op_define:3: there is no op 'sinn' to call; near are: sign, sin, sinc");
    assert_null(op);
    clw_array_release(z);
}

/* ---- loaded again ---- */

#define CHANGING(body)                                                                             \
    "// changing -- loaded more than once\n"                                                       \
    "//! op changing(v) -> y\n//! loop T -> T for float\n"                                         \
    "static inline R changing(T v) { return " body "; }\n"

static void execute(const clw_plan *plan, float got[COUNT])
{
    const clw_operand in = CLW_ARRAY(x);
    clw_array *y = NULL;
    CHECK(clw_array_empty(context, CLW_F32, CLW_SHAPE(COUNT), &y, &error));
    CHECK(clw_plan_execute(plan, &in, &y, &error));
    CHECK(clw_array_read(y, got, COUNT * sizeof *got, &error));
    clw_array_release(y);
}

static void test_load_again(void **state)
{
    (void)state;
    float got[COUNT], before[COUNT];
    clw_plan *plan = NULL;
    clw_array *y = NULL;
    clw_op *expression = NULL;
    const clw_operand in = CLW_ARRAY(x);
    load("changing.cl", CHANGING("v + 1"));
    const clw_op *old = fixture_op(context, "changing");
    CHECK(clw_plan_create(context, old, &in, 1, &y, 1, NULL, &plan, &error));
    CHECK(clw_op_from_expression(context, "changing(x) * 2", &expression, &error));
    CHECK(clw_eval(context, "changing(x)", &y, &error, "x", x, NULL));
    const int count = clw_op_count(context);
    load("changing.cl", CHANGING("v + 10"));
    assert_int_equal(clw_op_count(context), count);
    assert_ptr_not_equal(fixture_op(context, "changing"), old);
    CHECK(clw_eval(context, "changing(x)", &y, &error, "x", x, NULL));
    CHECK(clw_array_read(y, got, sizeof got, &error));
    eval("x + 10", before);
    assert_memory_equal(got, before, sizeof got);
    /* Plans, ops and expressions that were made before are as they were. */
    execute(plan, got);
    eval("x + 1", before);
    assert_memory_equal(got, before, sizeof got);
    CHECK(clw_call(context, old, &in, 1, &y, 1, NULL, &error));
    CHECK(clw_array_read(y, got, sizeof got, &error));
    assert_memory_equal(got, before, sizeof got);
    CHECK(clw_call(context, expression, &in, 1, &y, 1, NULL, &error));
    CHECK(clw_array_read(y, got, sizeof got, &error));
    eval("(x + 1) * 2", before);
    assert_memory_equal(got, before, sizeof got);
    clw_array_release(y);
    clw_op_release(expression);
    clw_plan_destroy(plan);
}

/* Others evaluate while the file is loaded again and again: each gets one of its ops. */
enum { ROUNDS = 20 };

static void *evaluate(void *data)
{
    int *wrong = data;
    for (int i = 0; i < 20 * ROUNDS; i++) {
        float got[COUNT];
        clw_error own;
        clw_array *y = NULL;
        if (clw_eval(context, "changing(x)", &y, &own, "x", x, NULL) ||
            clw_array_read(y, got, sizeof got, &own))
            *wrong = 1;
        else
            *wrong |= got[0] != 2 && got[0] != 11;
        clw_array_release(y);
    }
    return NULL;
}

static void test_load_beside_others(void **state)
{
    (void)state;
    pthread_t threads[2];
    int wrong[2] = {0, 0};
    load("changing.cl", CHANGING("v + 1"));
    for (int i = 0; i < 2; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, evaluate, &wrong[i]), 0);
    for (int i = 0; i < ROUNDS; i++)
        load("changing.cl", i % 2 ? CHANGING("v + 1") : CHANGING("v + 10"));
    for (int i = 0; i < 2; i++) {
        assert_int_equal(pthread_join(threads[i], NULL), 0);
        assert_int_equal(wrong[i], 0);
    }
}

/* ---- line 7 is line 7 ---- */

#define LINES "// wrong -- what compilers refuse\n//! op wrong(v) -> y\n//! loop T -> T for float\n"

/* The file's name has what a string of OpenCL C cannot hold: compilers are given others. */
static void test_places(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int line;
        const char *words;
    } cases[] = {
        {LINES "static inline R wrong(T v)\n{\n    T w = v;\n    return w + nothing;\n}\n", 7,
         "nothing"},
        {LINES "\n\n#error this is\nstatic inline R wrong(T v) { return v; }\n", 6, "this is"},
        {LINES "static inline R wrong(T v, T w) { return v; }\n", 2, "too few arguments"},
        {LINES "#if T_IS_INT\nstatic inline R wrong(T v) { return v; }\n#endif\n", 2, "wrong"},
        {LINES "static inline R right(T v) { return v; }\n", 2,
         "there is no function 'wrong' below"},
    };
    const clw_operand in = CLW_ARRAY(x);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char place[2 * FIXTURE_PATH];
        clw_array *y = NULL;
        load("wr\"o\\ng.cl", cases[i].text);
        snprintf(place, sizeof place, "ng.cl:%d:", cases[i].line);
        REFUSED(CLW_ERROR_BUILD,
                clw_call(context, fixture_op(context, "wrong"), &in, 1, &y, 1, NULL, &error));
        fixture_says(&error, place);
        fixture_says(&error, cases[i].words);
        assert_null(y);
    }
}

static int start(void **state)
{
    (void)state;
    static const float floats[COUNT] = {1, 2.5F, -3, 4};
    static const int32_t integers[COUNT] = {1, 2, -3, 4};
    context = fixture_context(NULL, NULL);
    fixture_folder(folder);
    x = fixture_vector(context, CLW_F32, COUNT, floats);
    n = fixture_vector(context, CLW_I32, COUNT, integers);
    return 0;
}

static int stop(void **state)
{
    (void)state;
    clw_array_release(x);
    clw_array_release(n);
    clw_context_release(context);
    fixture_remove(folder);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_helpers),
        cmocka_unit_test(test_calls),
        cmocka_unit_test(test_call_errors),
        cmocka_unit_test(test_load_again),
        cmocka_unit_test(test_load_beside_others),
        cmocka_unit_test(test_places),
    };
    return cmocka_run_group_tests(tests, start, stop);
}
