/* Threads that share a context, ops, a plan and arrays, on a driver without threads of its own, so
 * that ThreadSanitizer sees the library's alone. Bits are those of one thread. */
#include "tests/stub/link.h"

#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <clwise/clwise.h>

#include <cmocka.h>

enum { THREADS = 64, CALLS = 100, LONG_CALLS = 10000, SIDE = 6, KINDS = 6 };

static const struct stub_control *stub;
static clw_context *context;
static clw_array *matrix, *vector, *numbers;
static clw_plan *plan;
static int calls;

/* A call of some kind with a new output, which is read. */
static int call_kind(int kind, unsigned char bytes[SIDE * SIDE * 8], clw_error *error)
{
    static const struct {
        const char *op;
        int is_int, nin, is_planned;
    } kinds[KINDS] = {{"add", 0, 2, 0},      {"multiply", 0, 2, 0}, {"negative", 0, 1, 0},
                      {"multiply", 1, 2, 0}, {"add", 1, 2, 0},      {"add", 0, 2, 1}};
    const clw_array *a = kinds[kind].is_int ? numbers : matrix;
    const clw_array *b = kinds[kind].is_int ? numbers : vector;
    const clw_operand in[] = {CLW_ARRAY(a), CLW_ARRAY(b)};
    clw_array *out = NULL;
    clw_status status =
        kinds[kind].is_planned
            ? clw_array_empty(context, CLW_F64, 2, (int64_t[]){SIDE, SIDE}, &out, error)
            : clw_call(context, clw_op_find(context, kinds[kind].op), in, kinds[kind].nin, &out, 1,
                       NULL, error);
    if (!status && kinds[kind].is_planned)
        status = clw_plan_execute(plan, in, &out, error);
    memset(bytes, 0, SIDE * SIDE * 8);
    if (!status)
        status = clw_array_read(out, bytes,
                                (size_t)SIDE * SIDE * clw_dtype_size(clw_array_dtype(out)), error);
    clw_array_release(out);
    return status == CLW_OK;
}

static unsigned char expected[KINDS][SIDE * SIDE * 8];

/* NULL if all calls give the bits of the first ones. */
static void *work(void *data)
{
    unsigned char bytes[SIDE * SIDE * 8];
    const int first = *(const int *)data;
    clw_error error = {0};
    for (int i = 0; i < calls; i++) {
        const int kind = (first + i) % KINDS;
        if (!call_kind(kind, bytes, &error)) {
            fprintf(stderr, "%s\n", error.message);
            return data;
        }
        if (memcmp(bytes, expected[kind], sizeof bytes) != 0)
            return data;
    }
    return NULL;
}

static void start(void)
{
    static double values[SIDE * SIDE];
    static int32_t whole[SIDE * SIDE];
    clw_config config;
    clw_error error;
    for (int i = 0; i < SIDE * SIDE; i++) {
        values[i] = i * 0.1;
        whole[i] = i - 7;
    }
    clw_config_init(&config);
    config.cache_dir = "";
    assert_int_equal(clw_context_create(&config, &context, &error), CLW_OK);
    assert_int_equal(clw_array_from_host(context, CLW_F64, 2, (int64_t[]){SIDE, SIDE}, NULL, values,
                                         &matrix, &error),
                     CLW_OK);
    assert_int_equal(
        clw_array_from_host(context, CLW_F64, 1, (int64_t[]){SIDE}, NULL, values, &vector, &error),
        CLW_OK);
    assert_int_equal(clw_array_from_host(context, CLW_I32, 2, (int64_t[]){SIDE, SIDE}, NULL, whole,
                                         &numbers, &error),
                     CLW_OK);
    const clw_operand in[] = {CLW_ARRAY(matrix), CLW_ARRAY(vector)};
    clw_array *out = NULL;
    assert_int_equal(
        clw_plan_create(context, clw_op_find(context, "add"), in, 2, &out, 1, NULL, &plan, &error),
        CLW_OK);
    clw_array_release(out);
}

static void stop(void)
{
    clw_plan_destroy(plan);
    clw_array_release(numbers);
    clw_array_release(vector);
    clw_array_release(matrix);
    clw_context_release(context);
    for (int kind = 0; kind < STUB_KINDS; kind++)
        assert_int_equal(stub->live((enum stub_kind)kind), 0);
}

static void run_threads(void)
{
    pthread_t threads[THREADS];
    int first[THREADS];
    for (int i = 0; i < THREADS; i++) {
        first[i] = i;
        assert_int_equal(pthread_create(&threads[i], NULL, work, &first[i]), 0);
    }
    for (int i = 0; i < THREADS; i++) {
        void *wrong = NULL;
        assert_int_equal(pthread_join(threads[i], &wrong), 0);
        assert_null(wrong);
    }
}

static void test_same_bits(void **state)
{
    (void)state;
    clw_error error;
    start();
    for (int kind = 0; kind < KINDS; kind++)
        assert_int_equal(call_kind(kind, expected[kind], &error), 1);
    assert_int_equal(stub->strangers(), 0);
    run_threads();
    stop();
}

/* All of them want kernels that nobody has yet. */
static void test_built_once(void **state)
{
    (void)state;
    start();
    stub->set_fault(NULL);
    run_threads();
    /* The kernel of the plan is there, and is that of two kinds. */
    assert_int_equal(stub->calls("clBuildProgram"), KINDS - 2);
    stop();
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_same_bits),
                                       cmocka_unit_test(test_built_once)};
    calls = getenv("CLWISE_LONG") ? LONG_CALLS : CALLS;
    stub = stub_load();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
