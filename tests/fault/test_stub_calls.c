/* Every call of the driver fails in turn: the library says so, keeps nothing, and works again. */
#include "tests/fault/scratch.h"
#include "tests/stub/link.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

enum { SIDE = 4 };

static const struct stub_control *stub;
static char folder[SCRATCH_PATH];

/* ---- what is done ---- */

/* A program's day: a context, arrays from the host, calls with outputs new and given, broadcasting,
 * a plan, a view that is read. Ends at the first error. */
struct day {
    clw_context *context;
    clw_array *a, *b, *y, *z, *turned;
    clw_plan *plan;
    float sums[SIDE * SIDE], products[SIDE * SIDE];
};

static clw_status begin_day(struct day *day, clw_error *error)
{
    static const float values[SIDE * SIDE] = {1, 2,  3,  4,  5,  6,  7,  8,
                                              9, 10, 11, 12, 13, 14, 15, 16};
    clw_config config;
    clw_config_init(&config);
    config.cache_dir = folder;
    clw_status status = clw_context_create(&config, &day->context, error);
    if (!status)
        status = clw_array_from_host(day->context, CLW_F32, 2, (int64_t[]){SIDE, SIDE}, NULL,
                                     values, &day->a, error);
    if (!status)
        status = clw_array_from_host(day->context, CLW_F32, 1, (int64_t[]){SIDE}, NULL, values,
                                     &day->b, error);
    return status;
}

static clw_status spend_day(struct day *day, clw_error *error)
{
    const clw_op *add = clw_op_find(day->context, "add");
    const clw_op *multiply = clw_op_find(day->context, "multiply");
    const clw_operand in[] = {CLW_ARRAY(day->a), CLW_ARRAY(day->b)};
    clw_status status = clw_call(day->context, add, in, 2, &day->y, 1, NULL, error);
    if (!status)
        status = clw_array_view(day->y, 2, (int64_t[]){SIDE, SIDE}, (int64_t[]){4, 4 * SIDE}, 0,
                                &day->turned, error);
    if (!status)
        status =
            clw_plan_create(day->context, multiply, in, 2, &day->z, 1, NULL, &day->plan, error);
    if (!status)
        status = clw_call(day->context, multiply, in, 2, &day->z, 1, NULL, error);
    if (!status)
        status = clw_plan_execute(day->plan, in, &day->z, error);
    if (!status)
        status = clw_finish(day->context, error);
    if (!status)
        status = clw_array_read(day->turned, day->sums, sizeof day->sums, error);
    if (!status)
        status = clw_array_read(day->z, day->products, sizeof day->products, error);
    return status;
}

static void end_day(struct day *day)
{
    clw_plan_destroy(day->plan);
    clw_array_release(day->turned);
    clw_array_release(day->z);
    clw_array_release(day->y);
    clw_array_release(day->b);
    clw_array_release(day->a);
    clw_context_release(day->context);
}

static void check_results(const struct day *day)
{
    for (int i = 0; i < SIDE; i++)
        for (int k = 0; k < SIDE; k++) {
            const float a = (float)(SIDE * i + k + 1), b = (float)(k + 1);
            assert_float_equal(day->sums[SIDE * k + i], a + b, 0);
            assert_float_equal(day->products[SIDE * i + k], a * b, 0);
        }
}

static void check_nothing_left(const char *what)
{
    for (int kind = 0; kind < STUB_KINDS; kind++)
        if (stub->live((enum stub_kind)kind)) {
            print_error("%s: %d objects of kind %d were not released\n", what,
                        stub->live((enum stub_kind)kind), kind);
            assert_true(0);
        }
}

/* A whole day, with this fault or none. */
static clw_status live_day(const struct stub_fault *fault, const char *what, clw_error *error)
{
    struct day day = {0};
    *error = (clw_error){0};
    stub->set_fault(fault);
    clw_status status = begin_day(&day, error);
    if (!status)
        status = spend_day(&day, error);
    if (!status)
        check_results(&day);
    end_day(&day);
    check_nothing_left(what);
    return status;
}

/* ---- the tests ---- */

static void test_good_day(void **state)
{
    (void)state;
    clw_error error;
    assert_int_equal(live_day(NULL, "no fault", &error), CLW_OK);
    assert_int_equal(live_day(NULL, "kernels from disk", &error), CLW_OK);
    assert_int_equal(stub->strangers(), 0);
}

/* All calls of a day, by function. */
static const char *const functions[] = {"clGetPlatformInfo",
                                        "clGetDeviceIDs",
                                        "clGetDeviceInfo",
                                        "clCreateContext",
                                        "clCreateCommandQueue",
                                        "clGetCommandQueueInfo",
                                        "clFlush",
                                        "clFinish",
                                        "clCreateBuffer",
                                        "clGetMemObjectInfo",
                                        "clEnqueueReadBuffer",
                                        "clEnqueueWriteBuffer",
                                        "clEnqueueFillBuffer",
                                        "clEnqueueNDRangeKernel",
                                        "clEnqueueMarkerWithWaitList",
                                        "clWaitForEvents",
                                        "clGetEventInfo",
                                        "clCreateProgramWithSource",
                                        "clCreateProgramWithBinary",
                                        "clBuildProgram",
                                        "clGetProgramBuildInfo",
                                        "clGetProgramInfo",
                                        "clCreateKernel",
                                        "clSetKernelArg"};
enum { FUNCTIONS = sizeof functions / sizeof *functions };

static const cl_int codes[] = {
    CL_OUT_OF_RESOURCES, CL_OUT_OF_HOST_MEMORY,    CL_MEM_OBJECT_ALLOCATION_FAILURE,
    CL_INVALID_VALUE,    CL_BUILD_PROGRAM_FAILURE, CL_DEVICE_NOT_AVAILABLE};
enum { CODES = sizeof codes / sizeof *codes };

/* Whether the error is one that the code stands for, and is told in words. */
static void check_error(clw_status status, const clw_error *error, const char *what)
{
    const int is_right = status == CLW_ERROR_DEVICE || status == CLW_ERROR_DEVICE_MEMORY ||
                         status == CLW_ERROR_MEMORY || status == CLW_ERROR_BUILD ||
                         status == CLW_ERROR_NO_DEVICE;
    if (!is_right || error->code != status || strlen(error->message) < 20)
        fail_msg("%s: %s, \"%s\"", what, clw_status_name(status), error->message);
}

/* 0 if the day had fewer such calls. */
static unsigned try_fault(const struct stub_fault *fault)
{
    char what[160];
    clw_error error;
    snprintf(what, sizeof what, "call %u of %s gives %d%s%s", fault->from, fault->function,
             (int)fault->code, fault->count ? "" : ", as all later ones",
             fault->late ? ", late" : "");
    const clw_status status = live_day(fault, what, &error);
    const unsigned failed = stub->failed();
    if (status)
        check_error(status, &error, what);
    if (status && !failed)
        fail_msg("%s: nothing failed, but: %s", what, error.message);
    if (live_day(NULL, what, &error))
        fail_msg("%s; the next day: %s", what, error.message);
    return failed;
}

/* How many days; each begins with a cache that has the kernels, or with none. */
static int try_function(const char *function, int late, int warm)
{
    int tried = 0;
    for (int code = 0; code < CODES; code++)
        for (unsigned count = 0; count < 2; count++)
            for (unsigned from = 1, more = 1; more; from++, tried++) {
                if (!warm)
                    assert_int_equal(clw_cache_purge(folder, 0, NULL, NULL), CLW_OK);
                more = try_fault(&(struct stub_fault){function, from, count, codes[code], late});
            }
    return tried;
}

static void test_calls(void **state)
{
    (void)state;
    int tried = 0;
    for (int i = 0; i < FUNCTIONS; i++)
        for (int warm = 0; warm < 2; warm++)
            tried += try_function(functions[i], 0, warm);
    print_message("%d days with a fault\n", tried);
}

/* Work that fails after it was queued is told by the call that waits for it. */
static void test_late(void **state)
{
    (void)state;
    char what[80];
    clw_error error;
    for (int code = 0; code < CODES; code++)
        for (unsigned from = 1;; from++) {
            snprintf(what, sizeof what, "kernel %u fails late with %d", from, (int)codes[code]);
            const struct stub_fault fault = {"clEnqueueNDRangeKernel", from, 1, codes[code], 1};
            const clw_status status = live_day(&fault, what, &error);
            if (!stub->failed()) {
                assert_int_equal(status, CLW_OK);
                break;
            }
            check_error(status, &error, what);
            if (live_day(NULL, what, &error))
                fail_msg("%s; the next day: %s", what, error.message);
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_good_day),
        cmocka_unit_test(test_calls),
        cmocka_unit_test(test_late),
    };
    scratch_make(folder);
    stub = stub_load();
    const int failed = cmocka_run_group_tests(tests, NULL, NULL);
    scratch_remove(folder);
    return failed;
}
