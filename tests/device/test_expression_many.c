/* More scalars, parameters and positions in one expression than a kernel takes. */
#include <stdio.h>
#include <string.h>

#include "tests/device/fixture.h"

enum { COUNT = 24, MOST = 100 };

static clw_error error;
static clw_context *context;
static char text[1 << 14];

static const char library[] = "// places -- positions for the tests\n"
                              "//! op     place(x) -> y\n"
                              "//! loop   i32 -> i32\n"
                              "//! index  i : 0\n"
                              "//! index  n : flat\n"
                              "static inline T place(T x, long i, long n)\n"
                              "{\n"
                              "    return x * (T)(n + 1) + (T)i;\n"
                              "}\n";

static clw_op *parse(void)
{
    clw_op *op;
    CHECK(clw_op_from_expression(context, text, &op, &error));
    return op;
}

static void check_numbers(clw_array *array, const int32_t *wanted)
{
    int32_t got[COUNT];
    assert_int_equal(clw_array_dtype(array), CLW_I32);
    CHECK(clw_array_read(array, got, sizeof got, &error));
    for (int i = 0; i < COUNT; i++)
        assert_int_equal(got[i], wanted[i]);
    clw_array_release(array);
}

/* "x * s0 + x * s1 ..." */
static void test_scalars(void **state)
{
    (void)state;
    int32_t x[COUNT], wanted[COUNT] = {0};
    clw_operand in[MOST + 1];
    clw_array *y = NULL;
    char *at = text;
    for (int k = 0; k < MOST; k++)
        at += sprintf(at, "%sx * s%d", k ? " + " : "", k);
    for (int i = 0; i < COUNT; i++) {
        x[i] = i - 7;
        for (int k = 0; k < MOST; k++)
            wanted[i] += x[i] * (3 * k - 50);
    }
    clw_op *op = parse();
    clw_array *const array = fixture_vector(context, CLW_I32, COUNT, x);
    in[0] = CLW_ARRAY(array);
    for (int k = 0; k < MOST; k++)
        in[k + 1] = CLW_INT(3 * k - 50);
    CHECK(clw_call(context, op, in, MOST + 1, &y, 1, NULL, &error));
    check_numbers(y, wanted);
    clw_array_release(array);
    clw_op_release(op);
}

static int clipped(int x, int m)
{
    return x < -m ? -m : x > m + 1 ? m + 1 : x;
}

/* Fourteen scalars, each in three dtypes, in few nodes: 42 arguments of one kernel. */
static void test_scalars_in_several_dtypes(void **state)
{
    (void)state;
    enum { CLIPS = 7 };
    static const char names[] = "xij";
    int32_t x[COUNT], wanted[COUNT] = {0};
    clw_operand in[2 * CLIPS + 1];
    clw_array *y = NULL;
    char *at = text + sprintf(text, "i = i64(x); j = i16(x); i32(0");
    for (int k = 0; k < 3 * CLIPS; k++)
        at += sprintf(at, " + clip(%c, s%d, s%d)", names[k / CLIPS], 2 * (k % CLIPS),
                      2 * (k % CLIPS) + 1);
    sprintf(at, ")");
    for (int i = 0; i < COUNT; i++) {
        x[i] = i - 7;
        for (int m = 0; m < CLIPS; m++)
            wanted[i] += 3 * clipped(x[i], m);
    }
    clw_op *op = parse();
    clw_array *const array = fixture_vector(context, CLW_I32, COUNT, x);
    in[0] = CLW_ARRAY(array);
    for (int m = 0; m < CLIPS; m++) {
        in[2 * m + 1] = CLW_INT(-m);
        in[2 * m + 2] = CLW_INT(m + 1);
    }
    CHECK(clw_call(context, op, in, 2 * CLIPS + 1, &y, 1, NULL, &error));
    check_numbers(y, wanted);
    clw_array_release(array);
    clw_op_release(op);
}

/* Shapes take turns, so that positions differ: (4, 6), (1, 6), (4, 1). */
static void test_positions(void **state)
{
    (void)state;
    enum { CALLS = 20, COLUMNS = 6 };
    static const int64_t shapes[][2] = {{4, 6}, {1, 6}, {4, 1}};
    int32_t values[COUNT], wanted[COUNT] = {0};
    clw_array *arrays[3], *y = NULL;
    char *at = text;
    for (int i = 0; i < COUNT; i++)
        values[i] = 2 * i - 5;
    for (int k = 0; k < 3; k++)
        CHECK(
            clw_array_from_host(context, CLW_I32, 2, shapes[k], NULL, values, &arrays[k], &error));
    for (int k = 0; k < CALLS; k++) {
        at += sprintf(at, "%splace(%c + %d)", k ? " - " : "", 'a' + k % 3, k);
        for (int i = 0; i < COUNT; i++) {
            const int row = shapes[k % 3][0] == 1 ? 0 : i / COLUMNS;
            const int column = shapes[k % 3][1] == 1 ? 0 : i % COLUMNS;
            const int flat = row * (int)shapes[k % 3][1] + column;
            wanted[i] += (k ? -1 : 1) * ((values[flat] + k) * (flat + 1) + row);
        }
    }
    CHECK(
        clw_eval(context, text, &y, &error, "a", arrays[0], "b", arrays[1], "c", arrays[2], NULL));
    check_numbers(y, wanted);
    for (int k = 0; k < 3; k++)
        clw_array_release(arrays[k]);
}

/* Sixteen arrays and forty parameters. */
static void test_parameters(void **state)
{
    (void)state;
    enum { CALLS = 40, ARRAYS = 16, FLOATS = 8 };
    clw_array *whole = NULL, *single = NULL;
    clw_operand in[ARRAYS];
    char *at = text;
    float got[2][FLOATS], numbers[FLOATS];
    for (int k = 0; k < CALLS; k++)
        at += sprintf(at, "%sleaky_relu(a%d, alpha=0.%02d)", k ? " + " : "", k % ARRAYS, k + 1);
    for (int k = 0; k < ARRAYS; k++) {
        for (int i = 0; i < FLOATS; i++)
            numbers[i] = 0.37f * (float)(i - 5) + (float)k;
        in[k] = CLW_ARRAY(fixture_vector(context, CLW_F32, FLOATS, numbers));
    }
    clw_op *op = parse();
    CHECK(clw_call(context, op, in, ARRAYS, &whole, 1, NULL, &error));
    for (int k = 0; k < CALLS; k++) {
        char term[64];
        clw_array *value = NULL;
        sprintf(term, "leaky_relu(a, alpha=0.%02d)", k + 1);
        CHECK(clw_eval(context, term, &value, &error, "a", in[k % ARRAYS].array, NULL));
        if (single)
            CHECK(clw_eval(context, "s + v", &single, &error, "s", single, "v", value, NULL));
        else
            single = clw_array_retain(value);
        clw_array_release(value);
    }
    CHECK(clw_array_read(whole, got[0], sizeof got[0], &error));
    CHECK(clw_array_read(single, got[1], sizeof got[1], &error));
    assert_memory_equal(got[0], got[1], sizeof got[0]);
    for (int k = 0; k < ARRAYS; k++)
        clw_array_release((clw_array *)(uintptr_t)in[k].array);
    clw_array_release(whole);
    clw_array_release(single);
    clw_op_release(op);
}

static int start(void **state)
{
    (void)state;
    context = fixture_context(NULL, NULL);
    fixture_load(context, "place.cl", library);
    return 0;
}

static int stop(void **state)
{
    (void)state;
    clw_context_release(context);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_scalars), cmocka_unit_test(test_scalars_in_several_dtypes),
        cmocka_unit_test(test_positions), cmocka_unit_test(test_parameters)};
    return cmocka_run_group_tests(tests, start, stop);
}
