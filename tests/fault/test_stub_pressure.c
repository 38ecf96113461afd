/* A device that runs out of memory: the pool is given back and the call tried once more. */
#include "tests/stub/link.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <clwise/clwise.h>

#include <cmocka.h>

enum { COUNT = 1000, POOLED = 4 };

static const struct stub_control *stub;
static clw_context *context;
static clw_array *values;
static clw_error error;

/* Arrays that are there, the kernel of `negative`, and released memory in the pool. */
static int start(void **state)
{
    (void)state;
    static float ones[COUNT];
    clw_array *some[POOLED], *out = NULL;
    clw_config config;
    clw_config_init(&config);
    config.cache_dir = "";
    stub->set_fault(NULL);
    if (clw_context_create(&config, &context, &error) ||
        clw_array_from_host(context, CLW_F32, 1, (int64_t[]){COUNT}, NULL, ones, &values, &error))
        return 1;
    const clw_operand in[] = {CLW_ARRAY(values)};
    if (clw_call(context, clw_op_find(context, "negative"), in, 1, &out, 1, NULL, &error))
        return 1;
    clw_array_release(out);
    for (int i = 0; i < POOLED; i++)
        if (clw_array_empty(context, CLW_F32, 1, (int64_t[]){COUNT << i}, &some[i], &error))
            return 1;
    for (int i = 0; i < POOLED; i++)
        clw_array_release(some[i]);
    return 0;
}

static int stop(void **state)
{
    (void)state;
    stub->set_fault(NULL);
    clw_array_release(values);
    clw_context_release(context);
    for (int kind = 0; kind < STUB_KINDS; kind++)
        if (stub->live((enum stub_kind)kind))
            return 1;
    return 0;
}

static clw_memory_stats memory(void)
{
    clw_memory_stats stats = {.struct_size = sizeof stats};
    assert_int_equal(clw_context_memory(context, &stats, &error), CLW_OK);
    return stats;
}

/* Of a size that the pool does not have. */
static clw_status negate(void)
{
    const clw_operand in[] = {CLW_ARRAY(values)};
    clw_array *out = NULL;
    clw_status status =
        clw_array_empty(context, CLW_F32, 1, (int64_t[]){COUNT << POOLED}, &out, &error);
    clw_array_release(out);
    out = NULL;
    if (!status)
        status = clw_call(context, clw_op_find(context, "negative"), in, 1, &out, 1, NULL, &error);
    clw_array_release(out);
    return status;
}

static void fail_with(const char *function, unsigned count, cl_int code)
{
    assert_true(memory().pooled > 2 * COUNT * sizeof(float));
    stub->set_fault(
        &(struct stub_fault){.function = function, .from = 1, .count = count, .code = code});
}

static const struct {
    const char *function;
    cl_int code;
    clw_status status;
} pressures[] = {
    {"clCreateBuffer", CL_MEM_OBJECT_ALLOCATION_FAILURE, CLW_ERROR_DEVICE_MEMORY},
    {"clCreateBuffer", CL_OUT_OF_RESOURCES, CLW_ERROR_DEVICE},
    {"clEnqueueNDRangeKernel", CL_MEM_OBJECT_ALLOCATION_FAILURE, CLW_ERROR_DEVICE_MEMORY},
    {"clEnqueueNDRangeKernel", CL_OUT_OF_RESOURCES, CLW_ERROR_DEVICE},
    {"clEnqueueNDRangeKernel", CL_OUT_OF_HOST_MEMORY, CLW_ERROR_MEMORY},
};
enum { PRESSURES = sizeof pressures / sizeof *pressures };

static void test_once(void **state)
{
    for (int i = 0; i < PRESSURES; i++) {
        fail_with(pressures[i].function, 1, pressures[i].code);
        if (negate())
            fail_msg("%s, %d: %s", pressures[i].function, (int)pressures[i].code, error.message);
        assert_int_equal(stub->failed(), 1);
        stop(state);
        assert_int_equal(start(state), 0);
    }
}

/* Twice: the second try is the last, and the call after it works. */
static void test_for_long(void **state)
{
    for (int i = 0; i < PRESSURES; i++) {
        fail_with(pressures[i].function, 0, pressures[i].code);
        assert_int_equal(negate(), pressures[i].status);
        assert_int_equal(stub->failed(), 2);
        /* At most the output that the call had made. */
        assert_in_range(memory().pooled, 0, 2 * COUNT * sizeof(float));
        stub->set_fault(NULL);
        assert_int_equal(negate(), CLW_OK);
        stop(state);
        assert_int_equal(start(state), 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test_setup_teardown(test_once, start, stop),
                                       cmocka_unit_test_setup_teardown(test_for_long, start, stop)};
    stub = stub_load();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
