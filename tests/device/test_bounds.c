/* Where an array may lie: exact to the byte, and 64 bits wide. */
#include "tests/device/fixture.h"

enum { BASE = 256 };

static clw_context *context;
static clw_device_info device;
static clw_error error;

/* The last byte in is fine, one byte out is not. */
static const struct bounds_case {
    int ndim;
    int64_t shape[2], strides[2], offset;
    clw_status status;
    const char *says;
} bounds_cases[] = {
    {1, {64}, {4}, 0, CLW_OK, ""},
    {1, {65}, {4}, 0, CLW_ERROR_BOUNDS, "bytes 0 to 259 of memory of 256 bytes"},
    {1, {64}, {4}, 1, CLW_ERROR_BOUNDS, "bytes 1 to 256 of memory of 256 bytes"},
    {1, {64}, {4}, -1, CLW_ERROR_BOUNDS, "bytes -1 to 254 of memory of 256 bytes"},
    {1, {64}, {-4}, 252, CLW_OK, ""},
    {1, {64}, {-4}, 251, CLW_ERROR_BOUNDS, "bytes -1 to 254 of memory of 256 bytes"},
    {1, {64}, {-4}, 253, CLW_ERROR_BOUNDS, "bytes 1 to 256 of memory of 256 bytes"},
    {1, {4}, {84}, 0, CLW_OK, ""},
    {1, {4}, {85}, 0, CLW_ERROR_BOUNDS, "bytes 0 to 258 of memory of 256 bytes"},
    {2, {2, 3}, {-100, 50}, 152, CLW_OK, ""},
    {2, {2, 3}, {-100, 50}, 153, CLW_ERROR_BOUNDS, "bytes 53 to 256 of memory of 256 bytes"},
    {2, {2, 3}, {-100, 50}, 99, CLW_ERROR_BOUNDS, "bytes -1 to 202 of memory of 256 bytes"},
    {1, {2}, {INT64_MAX}, 0, CLW_ERROR_OVERFLOW, "spans more bytes than 64 bits can count"},
    {1, {2}, {INT64_MIN}, 0, CLW_ERROR_BOUNDS, "bytes -9223372036854775808 to 3 of memory"},
    {1, {1}, {INT64_MIN}, 252, CLW_OK, ""},
    {0, {0}, {0}, 252, CLW_OK, ""},
    {0, {0}, {0}, 253, CLW_ERROR_BOUNDS, "bytes 253 to 256 of memory of 256 bytes"},
    {0, {0}, {0}, INT64_MAX, CLW_ERROR_OVERFLOW, "9223372036854775807"},
    {0, {0}, {0}, INT64_MIN, CLW_ERROR_BOUNDS, "memory of 256 bytes"},
    {1, {0}, {4}, 257, CLW_OK, ""},
};

static void test_bounds(void **state)
{
    (void)state;
    const unsigned char bytes[BASE] = {0};
    clw_array *base = fixture_vector(context, CLW_F32, BASE / 4, bytes);
    for (size_t i = 0; i < sizeof bounds_cases / sizeof *bounds_cases; i++) {
        const struct bounds_case *row = &bounds_cases[i];
        clw_array *view = NULL;
        const clw_status status =
            clw_array_view(base, row->ndim, row->shape, row->strides, row->offset, &view, &error);
        if (status != row->status)
            fail_msg("row %zu: %s", i, clw_status_name(status));
        if (status)
            fixture_says(&error, row->says);
        assert_int_equal(view != NULL, !row->status);
        clw_array_release(view);
    }
    clw_array_release(base);
}

/* Elements more than 2^31 bytes apart, where the device has buffers that large. */
static void test_far_strides(void **state)
{
    (void)state;
    const uint64_t most = (uint64_t)3 << 30;
    const int64_t bytes = (int64_t)(device.largest_buffer < most ? device.largest_buffer : most);
    const int64_t stride = (bytes - 8) / 2;
    const int64_t wanted[3] = {-1, INT64_MIN, 77};
    int64_t got[3] = {0};
    clw_array *base = NULL, *view = NULL, *back = NULL, *twice = NULL;
    CHECK(clw_array_empty(context, CLW_I8, CLW_SHAPE(bytes), &base, &error));
    clw_array_release(base);
    CHECK(clw_array_empty(context, CLW_I64, CLW_SHAPE(bytes / 8), &base, &error));
    CHECK(clw_array_view(base, CLW_SHAPE(3), &stride, 0, &view, &error));
    CHECK(clw_array_write(view, wanted, sizeof wanted, &error));
    CHECK(clw_array_view(base, CLW_SHAPE(3), &(int64_t){-stride}, 2 * stride, &back, &error));
    CHECK(clw_add(context, view, back, &twice, &error));
    CHECK(clw_array_read(twice, got, sizeof got, &error));
    assert_memory_equal(got, ((int64_t[]){76, 0, 76}), sizeof got);
    CHECK(clw_array_read(back, got, sizeof got, &error));
    assert_true(got[0] == 77 && got[1] == INT64_MIN && got[2] == -1);
    clw_array_release(twice);
    clw_array_release(back);
    clw_array_release(view);
    clw_array_release(base);
}

static int start(void **state)
{
    (void)state;
    context = fixture_context(NULL, &device);
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
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_bounds),
                                       cmocka_unit_test(test_far_strides)};
    return cmocka_run_group_tests(tests, start, stop);
}
