/* What clw_eval keeps: texts, their kernels and plans. */
#include <pthread.h>
#include <stdio.h>

#include "tests/device/fixture.h"

static clw_error error;
static clw_context *context;

/* Texts beyond those that are kept are parsed again, but their kernels are found. */
static void test_kernels_outlive_texts(void **state)
{
    (void)state;
    const float numbers[32] = {1};
    clw_array *a = fixture_vector(context, CLW_F32, 32, numbers), *out = NULL;
    clw_op *op = NULL;
    clw_plan *plan = NULL;
    clw_plan_info got = {.struct_size = sizeof got};
    const clw_operand in = CLW_ARRAY(a);
    for (int round = 0; round < 2; round++)
        for (int i = 0; i < 1500; i++) {
            char words[64];
            snprintf(words, sizeof words, "a * 0.125%*s", i, "");
            CHECK(clw_eval(context, words, &out, &error, "a", a, NULL));
        }
    CHECK(clw_op_from_expression(context, "other * 0.125", &op, &error));
    CHECK(clw_plan_create(context, op, &in, 1, (clw_array *const[]){NULL}, 1, NULL, &plan, &error));
    clw_plan_get_info(plan, &got);
    assert_int_equal(got.origin, CLW_KERNEL_MEMORY);
    clw_plan_destroy(plan);
    clw_op_release(op);
    CHECK(clw_op_from_expression(context, "a * 0.25", &op, &error));
    CHECK(clw_plan_create(context, op, &in, 1, (clw_array *const[]){NULL}, 1, NULL, &plan, &error));
    clw_plan_get_info(plan, &got);
    assert_int_not_equal(got.origin, CLW_KERNEL_MEMORY);
    clw_plan_destroy(plan);
    clw_op_release(op);
    clw_array_release(out);
    clw_array_release(a);
}

/* More texts than are kept, in several threads: what one thread uses another may drop. */
enum { THREADS = 4, TEXTS = 1300, CALLS = 2600 };

static void *evaluate_many(void *argument)
{
    clw_array *const x = argument;
    clw_array *y = NULL;
    clw_error own;
    size_t failures = 0;
    for (int i = 0; i < CALLS; i++) {
        char words[TEXTS + 32];
        snprintf(words, sizeof words, "x * 0.375%*s", i * 7 % TEXTS, "");
        failures += clw_eval(context, words, &y, &own, "x", x, NULL) != CLW_OK;
    }
    clw_array_release(y);
    return (void *)failures;
}

static void test_threads_drop_texts(void **state)
{
    (void)state;
    const float numbers[32] = {1};
    clw_array *a = fixture_vector(context, CLW_F32, 32, numbers);
    pthread_t threads[THREADS];
    for (int i = 0; i < THREADS; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, evaluate_many, a), 0);
    for (int i = 0; i < THREADS; i++) {
        void *failures;
        pthread_join(threads[i], &failures);
        assert_null(failures);
    }
    clw_array_release(a);
}

/* The plan that is kept with a text is for one geometry. */
static void test_other_geometries(void **state)
{
    (void)state;
    static const int64_t shapes[][2] = {{32, 1}, {4, 8}, {8, 4}, {1, 0}};
    const char *const words = "where(x > 0.25, x * 3, x - y)";
    float numbers[32], got[32];
    for (int i = 0; i < 32; i++)
        numbers[i] = (float)(i % 5) / 4;
    for (int round = 0; round < 200; round++) {
        const int which = round / 50 == 1 ? round % 4 : round / 7 % 4, is_given = round / 25 % 2;
        const int64_t *shape = shapes[which];
        clw_array *x = NULL, *y = NULL, *out = NULL;
        const size_t count = (size_t)(shape[0] * shape[1]);
        CHECK(clw_array_from_host(context, CLW_F32, 2, shape, NULL, numbers, &x, &error));
        CHECK(clw_array_from_host(context, round % 3 ? CLW_F32 : CLW_U8, 1, shape + 1,
                                  round % 3 ? NULL : (int64_t[]){0}, numbers, &y, &error));
        if (is_given)
            CHECK(round % 5 ? clw_array_empty(context, CLW_F32, 2, shape, &out, &error)
                            : clw_array_view(x, 2, shape, NULL, 0, &out, &error));
        CHECK(clw_eval(context, words, &out, &error, "x", x, "y", y, NULL));
        CHECK(clw_array_read(out, got, count * sizeof *got, &error));
        for (size_t i = 0; i < count; i++)
            assert_true(got[i] ==
                        (numbers[i] > 0.25f
                             ? numbers[i] * 3
                             : numbers[i] - (round % 3 ? numbers[i % (size_t)shape[1]] : 0)));
        clw_array_release(out);
        clw_array_release(x);
        clw_array_release(y);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_kernels_outlive_texts),
        cmocka_unit_test(test_threads_drop_texts),
        cmocka_unit_test(test_other_geometries),
    };
    context = fixture_context(NULL, NULL);
    const int failed = cmocka_run_group_tests(tests, NULL, NULL);
    clw_context_release(context);
    return failed;
}
