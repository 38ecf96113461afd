/* Devices that lack something, or say odd things of themselves. */
#include "tests/stub/link.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <clwise/clwise.h>

#include <cmocka.h>

static const struct stub_control *stub;

static clw_context *open_device(const struct stub_device *device)
{
    clw_context *context;
    clw_config config;
    clw_error error;
    stub->pretend(device);
    clw_config_init(&config);
    config.cache_dir = "";
    if (clw_context_create(&config, &context, &error))
        fail_msg("%s", error.message);
    return context;
}

static void close_device(clw_context *context)
{
    clw_context_release(context);
    for (int kind = 0; kind < STUB_KINDS; kind++)
        assert_int_equal(stub->live((enum stub_kind)kind), 0);
}

/* The sum of two numbers of the dtype, as new array. */
static clw_status add_two(clw_context *context, clw_dtype dtype, clw_error *error)
{
    clw_array *a = NULL, *y = NULL;
    const double zeros[2] = {0, 0};
    clw_status status =
        clw_array_from_host(context, dtype, 1, (int64_t[]){2}, NULL, zeros, &a, error);
    const clw_operand in[] = {CLW_ARRAY(a), CLW_ARRAY(a)};
    if (!status)
        status = clw_call(context, clw_op_find(context, "add"), in, 2, &y, 1, NULL, error);
    if (!status)
        status = clw_finish(context, error);
    clw_array_release(y);
    clw_array_release(a);
    return status;
}

static void check_says(const clw_error *error, const char *words)
{
    if (!strstr(error->message, words))
        fail_msg("\"%s\" does not say \"%s\"", error->message, words);
}

static void test_no_doubles(void **state)
{
    (void)state;
    clw_error error;
    clw_context *context =
        open_device(&(struct stub_device){.lacks_fp64 = 1, .extensions = "cl_khr_icd"});
    assert_int_equal(add_two(context, CLW_F32, &error), CLW_OK);
    assert_int_equal(add_two(context, CLW_F64, &error), CLW_ERROR_UNSUPPORTED);
    check_says(&error, "f64");
    check_says(&error, "stub device");
    close_device(context);
}

static void test_no_compiler(void **state)
{
    (void)state;
    clw_error error;
    clw_context *context = open_device(&(struct stub_device){.lacks_compiler = 1});
    assert_int_equal(add_two(context, CLW_F32, &error), CLW_ERROR_DEVICE);
    check_says(&error, "CL_COMPILER_NOT_AVAILABLE");
    close_device(context);
}

static void test_tiny_buffers(void **state)
{
    (void)state;
    clw_error error;
    clw_array *large = NULL;
    clw_context *context = open_device(&(struct stub_device){.largest_buffer = 4096});
    assert_int_equal(add_two(context, CLW_F32, &error), CLW_OK);
    assert_int_equal(clw_array_empty(context, CLW_F32, 1, (int64_t[]){1025}, &large, &error),
                     CLW_ERROR_DEVICE_MEMORY);
    check_says(&error, "4100");
    check_says(&error, "4096");
    assert_null(large);
    close_device(context);
}

/* Of OpenCL 1.1 to 3.0, and names and extensions that are no such thing. */
static void test_odd_words(void **state)
{
    (void)state;
    static char many[20000];
    memset(many, 'x', sizeof many - 1);
    const struct stub_device devices[] = {
        {.version = "OpenCL 1.1 old", .c_version = "OpenCL C 1.1 old"},
        {.version = "OpenCL 1.2 ", .c_version = "OpenCL C 1.2 "},
        {.version = "OpenCL 3.0 minimal", .c_version = "OpenCL C 1.2 ", .extensions = ""},
        {.version = "", .c_version = "", .extensions = " ", .name = ""},
        {.extensions = "cl_khr_fp16x xcl_khr_fp64", .name = "a\nname \"of\" 100 %s %n"},
        {.extensions = many, .name = many},
        {.type = CL_DEVICE_TYPE_GPU, .name = "a GPU"},
        {.type = CL_DEVICE_TYPE_CUSTOM, .name = "neither"},
    };
    clw_error error;
    for (size_t i = 0; i < sizeof devices / sizeof *devices; i++) {
        clw_device_info info = {.struct_size = sizeof info};
        clw_context *context = open_device(&devices[i]);
        assert_int_equal(clw_context_device(context, &info, &error), CLW_OK);
        assert_int_equal(add_two(context, CLW_F32, &error), CLW_OK);
        close_device(context);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_no_doubles), cmocka_unit_test(test_no_compiler),
        cmocka_unit_test(test_tiny_buffers), cmocka_unit_test(test_odd_words)};
    stub = stub_load();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
