/* Contexts and arrays that cannot be: the status, the message, the caller's pointer as it was, and
 * nothing leaked. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/device/fixture.h"

static clw_context *context;
static clw_device_info device;
static clw_error error;
static struct tally tally;
static float host[6] = {0, 1, 2, 3, 4, 5};

static void is_right(clw_status wanted, const char *message, clw_status status)
{
    if (status != wanted || error.code != wanted || strcmp(error.message, message) != 0)
        fail_msg("wanted %s: %s\ngot %s: %s", clw_status_name(wanted), message,
                 clw_status_name(status), status ? error.message : "");
}

/* ---- arrays ---- */

static clw_status empty(clw_dtype dtype, int ndim, const int64_t *shape, const int64_t *strides,
                        clw_array **out)
{
    (void)strides;
    return clw_array_empty(context, dtype, ndim, shape, out, &error);
}

static clw_status from_host(clw_dtype dtype, int ndim, const int64_t *shape, const int64_t *strides,
                            clw_array **out)
{
    return clw_array_from_host(context, dtype, ndim, shape, strides, host, out, &error);
}

static clw_status wrap_host(clw_dtype dtype, int ndim, const int64_t *shape, const int64_t *strides,
                            clw_array **out)
{
    return clw_array_wrap_host(context, dtype, ndim, shape, strides, host, sizeof host, NULL, NULL,
                               out, &error);
}

static clw_status view(clw_dtype dtype, int ndim, const int64_t *shape, const int64_t *strides,
                       clw_array **out)
{
    clw_array *base = fixture_vector(context, dtype, 1, host);
    const clw_status status = clw_array_view(base, ndim, shape, strides, 0, out, &error);
    clw_array_release(base);
    return status;
}

static const struct array_case {
    clw_status (*make)(clw_dtype dtype, int ndim, const int64_t *shape, const int64_t *strides,
                       clw_array **out);
    clw_dtype dtype;
    int ndim;
    const char *shape, *strides; /* "": C order */
    clw_status status;
    const char *message;
} array_cases[] = {
    {empty, CLW_F32, -1, "0", "", CLW_ERROR_ARGUMENT,
     "clw_array_empty: ndim is -1; it must be 0 to 32"},
    {empty, CLW_F32, 33, "1", "", CLW_ERROR_ARGUMENT,
     "clw_array_empty: ndim is 33; it must be 0 to 32"},
    {empty, CLW_DTYPE_COUNT, 1, "1", "", CLW_ERROR_ARGUMENT, "clw_array_empty: 15 is no dtype"},
    {empty, (clw_dtype)-1, 1, "1", "", CLW_ERROR_ARGUMENT, "clw_array_empty: -1 is no dtype"},
    {empty, CLW_F32, 2, "4 -3", "", CLW_ERROR_ARGUMENT,
     "clw_array_empty: shape (4, -3) has a negative extent"},
    {empty, CLW_F32, 2, "0 -3", "", CLW_ERROR_ARGUMENT,
     "clw_array_empty: shape (0, -3) has a negative extent"},
    {empty, CLW_I8, 2, "4294967296 2147483648", "", CLW_ERROR_OVERFLOW,
     "clw_array_empty: shape (4294967296, 2147483648) has more elements than 64 bits can count"},
    {empty, CLW_F64, 1, "1152921504606846976", "", CLW_ERROR_OVERFLOW,
     "clw_array_empty: shape (1152921504606846976,) has more bytes than 64 bits can count"},
    {empty, CLW_F32, 3, "9223372036854775807 0 2", "", CLW_ERROR_OVERFLOW,
     "clw_array_empty: shape (9223372036854775807, 0, 2) has more elements than 64 bits can count"},
    {from_host, CLW_F32, 33, "1", "", CLW_ERROR_ARGUMENT,
     "clw_array_from_host: ndim is 33; it must be 0 to 32"},
    {from_host, CLW_F32, 1, "2", "9223372036854775807", CLW_ERROR_OVERFLOW,
     "clw_array_from_host: shape (2,) with strides (9223372036854775807,) spans more bytes than 64 "
     "bits can count"},
    {wrap_host, CLW_F32, 1, "7", "", CLW_ERROR_BOUNDS,
     "clw_array_wrap_host: the strides reach bytes 0 to 27 of memory of 24 bytes"},
    {wrap_host, CLW_F64, 2, "3 2", "8 16", CLW_ERROR_BOUNDS,
     "clw_array_wrap_host: the strides reach bytes 0 to 39 of memory of 24 bytes"},
    {view, CLW_F32, 1, "2", "", CLW_ERROR_BOUNDS,
     "clw_array_view: the strides reach bytes 0 to 7 of memory of 4 bytes"},
    {view, CLW_F32, 1, "2", "-4", CLW_ERROR_BOUNDS,
     "clw_array_view: the strides reach bytes -4 to 3 of memory of 4 bytes"},
    {view, CLW_F32, 2, "1 -1", "", CLW_ERROR_ARGUMENT,
     "clw_array_view: shape (1, -1) has a negative extent"},
};

static void parse(const char *words, int64_t numbers[64])
{
    char *end;
    for (int i = 0; i < 64; i++, words = end)
        numbers[i] = strtoll(words, &end, 10);
}

static void test_arrays(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof array_cases / sizeof *array_cases; i++) {
        const struct array_case *row = &array_cases[i];
        const long alive = tally.alive;
        int64_t shape[64], strides[64];
        clw_array *array = NULL;
        parse(row->shape, shape);
        parse(row->strides, strides);
        is_right(row->status, row->message,
                 row->make(row->dtype, row->ndim, shape, *row->strides ? strides : NULL, &array));
        assert_null(array);
        CHECK(clw_context_trim(context, 0, &error));
        assert_int_equal(tally.alive, alive);
    }
}

static void test_larger_than_the_device(void **state)
{
    (void)state;
    char message[600];
    const int64_t extent = INT64_C(1) << 50;
    clw_array *array = NULL;
    const long alive = tally.alive;
    snprintf(message, sizeof message,
             "clw_array_empty: an array of %lld bytes exceeds the largest buffer of %s, %llu bytes",
             (long long)extent, device.device_name, (unsigned long long)device.largest_buffer);
    is_right(CLW_ERROR_DEVICE_MEMORY, message,
             clw_array_empty(context, CLW_I8, 1, &extent, &array, &error));
    assert_null(array);
    assert_int_equal(tally.alive, alive);
}

static void test_transfers(void **state)
{
    (void)state;
    float got[6] = {9};
    clw_array *array = fixture_vector(context, CLW_F32, 6, host), *windows = NULL;
    is_right(CLW_ERROR_ARGUMENT, "clw_array_read: 20 bytes given, the array has 24",
             clw_array_read(array, got, 20, &error));
    is_right(CLW_ERROR_ARGUMENT, "clw_array_read: 28 bytes given, the array has 24",
             clw_array_read(array, got, 28, &error));
    is_right(CLW_ERROR_ARGUMENT, "clw_array_read: dst is NULL",
             clw_array_read(array, NULL, 24, &error));
    assert_true(got[0] == 9);
    is_right(CLW_ERROR_ARGUMENT, "clw_array_write: 0 bytes given, the array has 24",
             clw_array_write(array, host, 0, &error));
    is_right(CLW_ERROR_ARGUMENT, "clw_array_write: src is NULL",
             clw_array_write(array, NULL, 24, &error));
    CHECK(clw_array_view(array, CLW_SHAPE(2, 3), (int64_t[]){4, 4}, 0, &windows, &error));
    is_right(CLW_ERROR_OVERLAP,
             "clw_array_write: elements of the array share memory with each other",
             clw_array_write(windows, (float[6]){7, 7, 7, 7, 7, 7}, 24, &error));
    CHECK(clw_array_read(array, got, sizeof got, &error));
    assert_memory_equal(got, host, sizeof got);
    clw_array_release(windows);
    clw_array_release(array);
}

/* ---- shapes ---- */

static void test_broadcast_shapes(void **state)
{
    (void)state;
    const int64_t a[2] = {2, 3}, b[1] = {4}, bad[1] = {-1}, tall[2] = {INT64_MAX, 1};
    const int64_t wide[2] = {1, 2}, *const lists[][2] = {{a, b}, {a, bad}, {tall, wide}, {a, NULL}};
    const int ndims[][2] = {{2, 1}, {2, 1}, {2, 2}, {2, 33}};
    static const struct {
        clw_status status;
        const char *message;
    } wanted[] = {
        {CLW_ERROR_SHAPE,
         "clw_broadcast_shapes: shapes (2, 3) and (4,) cannot be broadcast together"},
        {CLW_ERROR_ARGUMENT, "clw_broadcast_shapes: shape (-1,) has a negative extent"},
        {CLW_ERROR_OVERFLOW,
         "clw_broadcast_shapes: shape (9223372036854775807, 2) has more elements "
         "than 64 bits can count"},
        {CLW_ERROR_ARGUMENT, "clw_broadcast_shapes: ndim is 33; it must be 0 to 32"},
    };
    for (int i = 0; i < 4; i++) {
        int ndim = 77;
        int64_t shape[CLW_MAX_NDIM] = {66};
        is_right(wanted[i].status, wanted[i].message,
                 clw_broadcast_shapes(2, ndims[i], lists[i], &ndim, shape, &error));
        assert_true(ndim == 77 && shape[0] == 66);
    }
}

/* ---- contexts ---- */

static void refuse_config(clw_status status, const char *message, const clw_config *config)
{
    const long alive = tally.alive;
    clw_context *made = NULL;
    is_right(status, message, clw_context_create(config, &made, &error));
    assert_null(made);
    assert_int_equal(tally.alive, alive);
}

static void test_configs(void **state)
{
    (void)state;
    clw_config config = {0};
    refuse_config(CLW_ERROR_ARGUMENT, "clw_config.struct_size is 0; clw_config_init sets it",
                  &config);
    clw_config_init(&config);
    config.promotion = (clw_promotion)5;
    refuse_config(CLW_ERROR_ARGUMENT, "clw_config.promotion is 5, which is no rule", &config);
    clw_config_init(&config);
    config.fp64 = (clw_fp64_policy)-1;
    refuse_config(CLW_ERROR_ARGUMENT, "clw_config.fp64 is -1, which is no policy", &config);
    clw_config_init(&config);
    config.allocator = &(clw_allocator){tally.allocator.allocate, NULL, &tally};
    refuse_config(CLW_ERROR_ARGUMENT, "clw_config.allocator lacks a function", &config);
    clw_config_init(&config);
    config.allocator = &tally.allocator;
    config.device = "a device of dreams";
    const long alive = tally.alive;
    clw_context *made = NULL;
    REFUSED(CLW_ERROR_NOT_FOUND, clw_context_create(&config, &made, &error));
    fixture_says(&error, "no OpenCL device matches \"a device of dreams\"; there are: ");
    fixture_says(&error, device.device_name);
    assert_null(made);
    assert_int_equal(tally.alive, alive);
    /* A caller built against an older header, which knew the device only. */
    config.device = "none";
    config.struct_size = offsetof(clw_config, device) + sizeof config.device;
    CHECK(clw_context_create(&config, &made, &error));
    clw_context_release(made);
}

/* Device "none" plans and makes headers; what needs a device says so. */
static void test_no_device(void **state)
{
    (void)state;
    static const char only_plans[] = "the context has device \"none\": it only plans";
    clw_config config;
    clw_context *none = NULL;
    clw_array *a = NULL, *y = NULL;
    clw_plan *plan = NULL;
    clw_device_info info = {.struct_size = sizeof info};
    clw_config_init(&config);
    config.device = "none";
    config.allocator = &tally.allocator;
    const long alive = tally.alive;
    error = (clw_error){(clw_status)-77, "untouched"};
    CHECK(clw_context_create(&config, &none, &error));
    CHECK(clw_array_empty(none, CLW_F32, CLW_SHAPE(2, 3), &a, &error));
    const clw_operand in[2] = {CLW_ARRAY(a), CLW_FLOAT(2.5)};
    const clw_op *op = fixture_op(none, "add");
    CHECK(clw_plan_create(none, op, in, 2, &y, 1, NULL, &plan, &error));
    assert_string_equal(error.message, "untouched");
    assert_non_null(strstr(clw_plan_source(plan), "__kernel"));
    is_right(CLW_ERROR_NO_DEVICE, only_plans, clw_plan_execute(plan, in, &a, &error));
    is_right(CLW_ERROR_NO_DEVICE, only_plans, clw_call(none, op, in, 2, &y, 1, NULL, &error));
    is_right(CLW_ERROR_NO_DEVICE, only_plans, clw_finish(none, &error));
    is_right(CLW_ERROR_NO_DEVICE, only_plans, clw_context_device(none, &info, &error));
    is_right(CLW_ERROR_NO_DEVICE, "clw_array_read: the context has device \"none\": it only plans",
             clw_array_read(a, (float[6]){0}, 24, &error));
    is_right(CLW_ERROR_NO_DEVICE,
             "clw_array_from_host: the context has device \"none\": it only plans",
             clw_array_from_host(none, CLW_F32, CLW_SHAPE(6), NULL, host, &y, &error));
    assert_null(y);
    clw_plan_destroy(plan);
    clw_array_release(a);
    clw_context_release(none);
    assert_int_equal(tally.alive, alive);
}

/* A dtype that the device lacks: an error that names it, or f32 and one line in the log. */
static void count_line(void *data, clw_log_level level, const char *line)
{
    *(int *)data += level == CLW_LOG_WARNING && strstr(line, "has no double precision") != NULL;
}

static void test_double_precision(void **state)
{
    (void)state;
    clw_config config;
    clw_context *demoting = NULL;
    int lines = 0;
    const double element = 1.5;
    clw_array *strict_y = NULL, *y = NULL;
    clw_array *strict_x = fixture_vector(context, CLW_F64, 1, &element);
    const clw_status status = clw_add(context, strict_x, strict_x, &strict_y, &error);
    char message[600];
    snprintf(message, sizeof message,
             "add: computes in f64, which device %s lacks (fp64 policy strict; demote computes in "
             "f32)",
             device.device_name);
    assert_int_equal(status, device.fp64 ? CLW_OK : CLW_ERROR_UNSUPPORTED);
    if (status)
        assert_string_equal(error.message, message);
    clw_array_release(strict_y);
    clw_array_release(strict_x);
    clw_config_init(&config);
    config.fp64 = CLW_FP64_DEMOTE;
    config.log = count_line;
    config.log_data = &lines;
    CHECK(clw_context_create(&config, &demoting, &error));
    clw_array *x = fixture_vector(demoting, CLW_F64, 1, &element);
    for (int i = 0; i < 2; i++) {
        CHECK(clw_add(demoting, x, x, &y, &error));
        assert_int_equal(clw_array_dtype(y), device.fp64 ? CLW_F64 : CLW_F32);
        clw_array_release(y);
        y = NULL;
    }
    assert_int_equal(lines, !device.fp64);
    clw_array_release(x);
    clw_context_release(demoting);
}

static int start(void **state)
{
    (void)state;
    tally_init(&tally);
    context = fixture_bare_context(&tally.allocator, &device);
    return 0;
}

static int stop(void **state)
{
    (void)state;
    clw_context_release(context);
    return tally.alive != 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_arrays),           cmocka_unit_test(test_larger_than_the_device),
        cmocka_unit_test(test_transfers),        cmocka_unit_test(test_broadcast_shapes),
        cmocka_unit_test(test_configs),          cmocka_unit_test(test_no_device),
        cmocka_unit_test(test_double_precision),
    };
    return cmocka_run_group_tests(tests, start, stop);
}
