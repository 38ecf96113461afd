/* One long expression in several kernels: outputs, errors, memory that runs out. */
#include <stdio.h>
#include <string.h>

#include "tests/device/fixture.h"

static clw_error error;
static clw_device_info info = {.struct_size = sizeof info};
static clw_context *context;
static char text[1 << 16];

enum { TERMS = 300 };

/* "a * 0.5 + b * 1.5 + a * 2.5 ...": more nodes than a kernel takes, in few kernels. */
static void write_sum(int terms)
{
    char *at = text;
    for (int i = 0; i < terms; i++)
        at += sprintf(at, "%s%c * %d.5", i ? " + " : "", 'a' + i % 2, i % 50);
}

static void make_two(clw_array **a, clw_array **b)
{
    float numbers[2][32];
    for (int i = 0; i < 32; i++) {
        numbers[0][i] = 1.0f / (float)(i + 1);
        numbers[1][i] = 0.1f * (float)i;
    }
    *a = fixture_vector(context, CLW_F32, 32, numbers[0]);
    *b = fixture_vector(context, CLW_F32, 32, numbers[1]);
}

static float sum_of(int terms, int i)
{
    const float a = 1.0f / (float)(i + 1), b = 0.1f * (float)i;
    float sum = 0;
    for (int k = 0; k < terms; k++) {
        const volatile float term = (k % 2 ? b : a) * ((float)(k % 50) + 0.5f);
        const volatile float next = k ? sum + term : term;
        sum = next;
    }
    return sum;
}

static void check_sum(const clw_array *array, int terms)
{
    float got[32];
    CHECK(clw_array_read(array, got, sizeof got, &error));
    for (int i = 0; i < 32; i++)
        if (got[i] != sum_of(terms, i))
            fail_msg("element %d is %a, not %a", i, (double)got[i], (double)sum_of(terms, i));
}

static void test_in_place(void **state)
{
    (void)state;
    clw_array *a, *b;
    make_two(&a, &b);
    write_sum(TERMS);
    CHECK(clw_eval(context, text, &a, &error, "a", a, "b", b, NULL));
    check_sum(a, TERMS);
    clw_array_release(a);
    clw_array_release(b);
}

/* The output is an input backwards: every part reads what the last one overwrites. */
static void test_overlap(void **state)
{
    (void)state;
    float got[32];
    clw_array *a, *b, *back = NULL;
    make_two(&a, &b);
    write_sum(TERMS);
    CHECK(clw_array_view(a, CLW_SHAPE(32), (int64_t[]){-4}, 124, &back, &error));
    CHECK(clw_eval(context, text, &back, &error, "a", a, "b", b, NULL));
    CHECK(clw_array_read(a, got, sizeof got, &error));
    for (int i = 0; i < 32; i++)
        assert_true(got[31 - i] == sum_of(TERMS, i));
    clw_array_release(back);
    clw_array_release(a);
    clw_array_release(b);
}

/* A mask and a cast into a given output belong to the last step. */
static void test_where_and_casting(void **state)
{
    (void)state;
    unsigned char mask[32];
    double got[32], before[32];
    clw_array *a, *b, *out, *where;
    clw_op *op = NULL;
    clw_plan *plan = NULL;
    make_two(&a, &b);
    for (int i = 0; i < 32; i++) {
        mask[i] = i % 3 == 0;
        before[i] = -7;
    }
    where = fixture_vector(context, CLW_BOOL, 32, mask);
    out = fixture_vector(context, CLW_F64, 32, before);
    write_sum(TERMS);
    CHECK(clw_op_from_expression(context, text, &op, &error));
    const clw_operand in[] = {CLW_ARRAY(a), CLW_ARRAY(b)};
    clw_call_options options;
    clw_call_options_init(&options);
    options.where = where;
    for (int round = 0; round < 2; round++) {
        CHECK(clw_array_write(out, before, sizeof before, &error));
        if (round == 0) {
            CHECK(clw_call(context, op, in, 2, &out, 1, &options, &error));
        } else {
            CHECK(clw_plan_create(context, op, in, 2, &out, 1, &options, &plan, &error));
            CHECK(clw_plan_execute(plan, in, &out, &error));
        }
        CHECK(clw_array_read(out, got, sizeof got, &error));
        for (int i = 0; i < 32; i++)
            assert_true(got[i] == (mask[i] ? (double)sum_of(TERMS, i) : -7));
    }
    options.casting = CLW_CASTING_NO;
    REFUSED(CLW_ERROR_CAST, clw_call(context, op, in, 2, &out, 1, &options, &error));
    clw_plan_destroy(plan);
    clw_op_release(op);
    clw_array_release(out);
    clw_array_release(where);
    clw_array_release(a);
    clw_array_release(b);
}

static void test_other_buffers(void **state)
{
    (void)state;
    const float ones[32] = {0};
    float got[32];
    clw_array *a, *b, *zero, *out = NULL;
    clw_op *op = NULL;
    clw_plan *plan = NULL;
    make_two(&a, &b);
    zero = fixture_vector(context, CLW_F32, 32, ones);
    CHECK(clw_array_empty(context, CLW_F32, CLW_SHAPE(32), &out, &error));
    write_sum(TERMS);
    CHECK(clw_op_from_expression(context, text, &op, &error));
    const clw_operand zeros[] = {CLW_ARRAY(zero), CLW_ARRAY(zero)},
                      in[] = {CLW_ARRAY(a), CLW_ARRAY(b)};
    CHECK(
        clw_plan_create(context, op, zeros, 2, (clw_array *const[]){NULL}, 1, NULL, &plan, &error));
    CHECK(clw_plan_execute(plan, in, &out, &error));
    check_sum(out, TERMS);
    CHECK(clw_plan_execute(plan, zeros, &out, &error));
    CHECK(clw_array_read(out, got, sizeof got, &error));
    assert_memory_equal(got, ones, sizeof got);
    assert_non_null(strchr(clw_plan_key(plan), '\n'));
    assert_non_null(strstr(clw_plan_geometry(plan), "kernel 2 of "));
    clw_plan_destroy(plan);
    clw_op_release(op);
    clw_array_release(out);
    clw_array_release(zero);
    clw_array_release(a);
    clw_array_release(b);
}

static void test_weak_scalars(void **state)
{
    (void)state;
    clw_array *a, *b, *out = NULL;
    clw_op *op = NULL;
    clw_dtype dtype;
    make_two(&a, &b);
    write_sum(TERMS);
    CHECK(clw_op_from_expression(context, text, &op, &error));
    const clw_operand scalars[] = {CLW_INT(2), CLW_FLOAT(3)}, mixed[] = {CLW_INT(2), CLW_ARRAY(b)};
    CHECK(clw_result_type(context, op, scalars, 2, &dtype, 1, &error));
    assert_int_equal(dtype, CLW_F64);
    CHECK(clw_result_type(context, op, mixed, 2, &dtype, 1, &error));
    /* 2 * 0.5 is an f64 of its own, as in NumPy. */
    assert_int_equal(dtype, CLW_F64);
    if (!fixture_lacks(&info, CLW_F64)) {
        double got, wanted = 0;
        for (int k = 0; k < TERMS; k++)
            wanted += (k % 2 ? 3.0 : 2.0) * (k % 50 + 0.5);
        CHECK(clw_call(context, op, scalars, 2, &out, 1, NULL, &error));
        CHECK(clw_array_read(out, &got, sizeof got, &error));
        assert_true(got == wanted);
    }
    clw_array_release(out);
    clw_op_release(op);
    clw_array_release(a);
    clw_array_release(b);
}

/* Errors come before any part runs, in the words of a single kernel. */
static void test_errors(void **state)
{
    (void)state;
    const float numbers[5] = {0};
    clw_array *a, *b, *five, *out = NULL;
    clw_op *op = NULL;
    make_two(&a, &b);
    five = fixture_vector(context, CLW_F32, 5, numbers);
    write_sum(TERMS);
    REFUSED(CLW_ERROR_SHAPE, clw_eval(context, text, &out, &error, "a", a, "b", five, NULL));
    fixture_says(&error, "shapes (32,) and (5,) cannot be broadcast together");
    REFUSED(CLW_ERROR_SHAPE, clw_eval(context, text, &five, &error, "a", a, "b", b, NULL));
    REFUSED(CLW_ERROR_ARGUMENT, clw_eval(context, text, &out, &error, "a", a, NULL));
    CHECK(clw_op_from_expression(context, text, &op, &error));
    const clw_operand in[] = {CLW_ARRAY(a), CLW_ARRAY(b)};
    const clw_param param = {"alpha", {CLW_SCALAR_INT, {1}}};
    clw_call_options options;
    clw_call_options_init(&options);
    options.params = &param;
    options.nparams = 1;
    REFUSED(CLW_ERROR_NOT_FOUND, clw_call(context, op, in, 2, &out, 1, &options, &error));
    clw_op_release(op);
    char *at = text;
    for (int i = 0; i <= 1024; i++)
        at += sprintf(at, "%sn%d", i ? " + " : "", i);
    REFUSED(CLW_ERROR_SYNTAX, clw_op_from_expression(context, text, &op, &error));
    fixture_says(&error, "more than 1024 arrays\n");
    fixture_says(&error, "^");
    assert_null(out);
    clw_array_release(five);
    clw_array_release(a);
    clw_array_release(b);
}

/* ---- memory runs out ---- */

static clw_status evaluate(const clw_array *a, const clw_array *b, clw_array **out)
{
    clw_op *op = NULL;
    clw_plan *plan = NULL;
    clw_array *given = NULL;
    const clw_operand in[] = {CLW_ARRAY(a), CLW_ARRAY(b)};
    clw_status status = clw_op_from_expression(context, text, &op, &error);
    if (!status)
        status = clw_call(context, op, in, 2, out, 1, NULL, &error);
    if (!status)
        status = clw_plan_create(context, op, in, 2, out, 1, NULL, &plan, &error);
    if (!status)
        status = clw_array_empty(context, CLW_F32, CLW_SHAPE(32), &given, &error);
    if (!status)
        status = clw_plan_execute(plan, in, &given, &error);
    clw_array_release(given);
    clw_plan_destroy(plan);
    clw_op_release(op);
    return status;
}

static void test_every_allocation_fails(void **state)
{
    (void)state;
    struct tally tally;
    clw_context *const other = context;
    clw_array *a, *b, *out = NULL;
    tally_init(&tally);
    context = fixture_context(&tally.allocator, NULL);
    make_two(&a, &b);
    write_sum(80);
    for (int i = 0; i < 3; i++) { /* then every plan is kept */
        out = NULL;
        CHECK(evaluate(a, b, &out));
        clw_array_release(out);
    }
    const long alive = tally.alive;
    for (int n = 1;; n++) {
        out = NULL;
        tally_fail(&tally, n);
        const clw_status status = evaluate(a, b, &out);
        const int failed = tally_has_failed(&tally);
        tally_fail(&tally, 0);
        if (out)
            check_sum(out, 80);
        clw_array_release(out);
        assert_int_equal(tally.alive, alive);
        if (!failed) {
            print_message("%d allocations\n", n - 1);
            break;
        }
        assert_int_equal(status, CLW_ERROR_MEMORY);
    }
    clw_array_release(a);
    clw_array_release(b);
    clw_context_release(context);
    assert_int_equal(tally.alive, 0);
    context = other;
}

static void test_dtype_of_one_op(void **state)
{
    (void)state;
    const float zero = 0;
    clw_array *a = fixture_vector(context, CLW_F32, 1, &zero), *y = NULL;
    const clw_operand in = CLW_ARRAY(a);
    clw_call_options options;
    clw_op *op = NULL;
    CHECK(clw_op_from_expression(context, "a * 2", &op, &error));
    clw_call_options_init(&options);
    options.has_dtype = 1;
    options.dtype = CLW_F64;
    REFUSED(CLW_ERROR_ARGUMENT, clw_call(context, op, &in, 1, &y, 1, &options, &error));
    fixture_says(&error, "such as f64(x)");
    clw_op_release(op);
    clw_array_release(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_in_place),          cmocka_unit_test(test_overlap),
        cmocka_unit_test(test_where_and_casting), cmocka_unit_test(test_other_buffers),
        cmocka_unit_test(test_weak_scalars),      cmocka_unit_test(test_errors),
        cmocka_unit_test(test_dtype_of_one_op),   cmocka_unit_test(test_every_allocation_fails),
    };
    context = fixture_context(NULL, &info);
    const int failed = cmocka_run_group_tests(tests, NULL, NULL);
    clw_context_release(context);
    return failed;
}
