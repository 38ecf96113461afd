/* Arrays: shapes, views, strides of any sign, wrapped memory, and how long they live. */
#include <string.h>

#include "tests/device/fixture.h"

enum { BASE = 256 }; /* bytes of the array that most views look at */

static clw_context *context;
static clw_error error;
static uint64_t seed;

/* ---- a host's idea of strided elements ---- */

static int64_t count_of(int ndim, const int64_t *shape)
{
    int64_t count = 1;
    for (int d = 0; d < ndim; d++)
        count *= shape[d];
    return count;
}

/* Where element `index` in C order lies, in bytes from element 0. */
static int64_t place_of(int64_t index, int ndim, const int64_t *shape, const int64_t *strides)
{
    int64_t place = 0;
    for (int d = ndim - 1; d >= 0; d--) {
        place += index % shape[d] * strides[d];
        index /= shape[d];
    }
    return place;
}

static void gather(const unsigned char *element0, size_t size, int ndim, const int64_t *shape,
                   const int64_t *strides, unsigned char *to)
{
    for (int64_t i = 0; i < count_of(ndim, shape); i++)
        memcpy(to + (size_t)i * size, element0 + place_of(i, ndim, shape, strides), size);
}

static void scatter(const unsigned char *from, size_t size, int ndim, const int64_t *shape,
                    const int64_t *strides, unsigned char *element0)
{
    for (int64_t i = 0; i < count_of(ndim, shape); i++)
        memcpy(element0 + place_of(i, ndim, shape, strides), from + (size_t)i * size, size);
}

/* 1 if two elements have a byte in common. */
static int overlaps_itself(size_t size, int ndim, const int64_t *shape, const int64_t *strides)
{
    unsigned char taken[8192] = {0}; /* element 0 in the middle */
    for (int64_t i = 0; i < count_of(ndim, shape); i++) {
        unsigned char *at = taken + 4096 + place_of(i, ndim, shape, strides);
        if (memchr(at, 1, size))
            return 1;
        memset(at, 1, size);
    }
    return 0;
}

/* A bool's byte is 0 or 1. */
static void random_elements(clw_dtype dtype, void *elements, size_t bytes)
{
    unsigned char *at = elements;
    fixture_random_bytes(&seed, elements, bytes);
    for (size_t i = 0; dtype == CLW_BOOL && i < bytes; i++)
        at[i] &= 1;
}

/* Reads through the view, writes through it, and looks at all of the base. */
static void view_reads_and_writes(clw_array *base, clw_dtype dtype, int ndim, const int64_t *shape,
                                  const int64_t *strides, int64_t offset)
{
    unsigned char before[4096], wanted[65536], got[65536];
    const size_t size = clw_dtype_size(dtype);
    const size_t all = size * (size_t)count_of(1, clw_array_shape(base));
    const size_t bytes = size * (size_t)count_of(ndim, shape);
    clw_array *view = NULL;
    assert_true(all <= sizeof before && bytes <= sizeof got);
    CHECK(clw_array_view(base, ndim, shape, strides, offset, &view, &error));
    CHECK(clw_array_read(base, before, all, &error));
    CHECK(clw_array_read(view, got, bytes, &error));
    gather(before + offset, size, ndim, shape, strides, wanted);
    assert_memory_equal(got, wanted, bytes);
    random_elements(dtype, wanted, bytes);
    const clw_status status = clw_array_write(view, wanted, bytes, &error);
    assert_int_equal(status,
                     overlaps_itself(size, ndim, shape, strides) ? CLW_ERROR_OVERLAP : CLW_OK);
    if (!status)
        scatter(wanted, size, ndim, shape, strides, before + offset);
    CHECK(clw_array_read(base, got, all, &error));
    assert_memory_equal(got, before, all);
    clw_array_release(view);
}

/* ---- shapes ---- */

static void test_zero_dimensional(void **state)
{
    (void)state;
    const float three = 3, four = 4;
    float got = 0;
    clw_array *a = NULL, *b = NULL, *sum = NULL;
    CHECK(clw_array_from_host(context, CLW_F32, 0, NULL, NULL, &three, &a, &error));
    CHECK(clw_array_empty(context, CLW_F32, 0, NULL, &b, &error));
    CHECK(clw_array_write(b, &four, sizeof four, &error));
    assert_int_equal(clw_array_ndim(a), 0);
    assert_int_equal(clw_array_dtype(a), CLW_F32);
    CHECK(clw_add(context, a, b, &sum, &error));
    assert_int_equal(clw_array_ndim(sum), 0);
    CHECK(clw_array_read(sum, &got, sizeof got, &error));
    assert_true(got == 7);
    clw_array *view = NULL;
    CHECK(clw_array_view(sum, CLW_SHAPE(1, 1, 1), (int64_t[]){1, -7, INT64_MAX}, 0, &view, &error));
    REFUSED(CLW_ERROR_SHAPE, clw_add(context, view, view, &b, &error));
    clw_array_release(view);
    clw_array_release(sum);
    clw_array_release(b);
    clw_array_release(a);
}

static const struct empty_shape {
    int ndim;
    int64_t shape[4];
} empty_shapes[] = {
    {1, {0}}, {2, {0, 5}}, {3, {4, 0, 3}}, {4, {2, 0, 0, 7}}, {3, {0, INT32_MAX, INT32_MAX / 4}},
};

static void check_empty(const struct empty_shape *shape)
{
    clw_array *array = NULL, *view = NULL, *sum = NULL;
    clw_array *given = NULL;
    CHECK(clw_array_from_host(context, CLW_F32, shape->ndim, shape->shape, NULL, NULL, &array,
                              &error));
    CHECK(clw_array_empty(context, CLW_F32, shape->ndim, shape->shape, &given, &error));
    CHECK(clw_array_read(array, NULL, 0, &error));
    CHECK(clw_array_write(array, NULL, 0, &error));
    CHECK(clw_array_view(array, shape->ndim, shape->shape, (int64_t[]){INT64_MAX, INT64_MIN, -1, 3},
                         INT64_MAX, &view, &error));
    CHECK(clw_array_read(view, NULL, 0, &error));
    CHECK(clw_add(context, array, view, &sum, &error));
    assert_int_equal(clw_array_ndim(sum), shape->ndim);
    assert_memory_equal(clw_array_shape(sum), shape->shape,
                        sizeof *shape->shape * (size_t)shape->ndim);
    CHECK(clw_add(context, array, view, &given, &error));
    clw_array_release(sum);
    clw_array_release(view);
    clw_array_release(given);
    clw_array_release(array);
}

static void test_zero_size(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof empty_shapes / sizeof *empty_shapes; i++)
        check_empty(&empty_shapes[i]);
}

/* (3, 1) with (0,) is (3, 0), which needs no kernel; (2,) does not fit (0,). */
static void test_zero_size_broadcasts(void **state)
{
    (void)state;
    const float column[3] = {1, 2, 3};
    clw_array *a = NULL, *b = NULL, *y = NULL;
    clw_plan *plan = NULL;
    int ndim;
    CHECK(clw_array_from_host(context, CLW_F32, CLW_SHAPE(3, 1), NULL, column, &a, &error));
    CHECK(clw_array_empty(context, CLW_F32, CLW_SHAPE(0), &b, &error));
    const clw_operand in[2] = {CLW_ARRAY(a), CLW_ARRAY(b)};
    CHECK(clw_plan_create(context, fixture_op(context, "multiply"), in, 2, &y, 1, NULL, &plan,
                          &error));
    const int64_t *shape = clw_plan_output_shape(plan, &ndim);
    assert_int_equal(ndim, 2);
    assert_true(shape[0] == 3 && shape[1] == 0);
    clw_plan_info info = {.struct_size = sizeof info, .origin = CLW_KERNEL_COMPILED};
    clw_plan_get_info(plan, &info);
    assert_int_equal(info.origin, CLW_KERNEL_NONE);
    CHECK(clw_multiply(context, a, b, &y, &error));
    CHECK(clw_plan_execute(plan, in, &y, &error));
    clw_plan_destroy(plan);
    clw_array_release(a);
    a = fixture_vector(context, CLW_F32, 2, column);
    clw_array *none = NULL;
    REFUSED(CLW_ERROR_SHAPE, clw_multiply(context, a, b, &none, &error));
    assert_null(none);
    clw_array_release(y);
    clw_array_release(b);
    clw_array_release(a);
}

/* 1 to 32 axes of extent 1 and 2, read and written as they are and turned around. */
static void test_axes(void **state)
{
    (void)state;
    for (int ndim = 1; ndim <= CLW_MAX_NDIM; ndim += ndim < 6 ? 1 : 13) {
        int64_t shape[CLW_MAX_NDIM], strides[CLW_MAX_NDIM], count = 1, offset = 0;
        for (int d = 0; d < ndim; d++) {
            shape[d] = count < 256 && (d % 3 || ndim < 12) ? 2 : 1;
            count *= shape[d];
        }
        int16_t elements[256], got[256];
        clw_array *array = NULL;
        fixture_random_bytes(&seed, elements, sizeof elements);
        CHECK(clw_array_from_host(context, CLW_I16, ndim, shape, NULL, elements, &array, &error));
        CHECK(clw_array_read(array, got, sizeof *got * (size_t)count, &error));
        assert_memory_equal(got, elements, sizeof *got * (size_t)count);
        clw_array_release(array);
        array = fixture_vector(context, CLW_I16, count, elements);
        int64_t stride = sizeof *elements;
        for (int d = 0; d < ndim; d++) { /* the first axis is the fastest; every other backwards */
            strides[d] = d % 2 ? -stride : stride;
            offset += d % 2 ? stride * (shape[d] - 1) : 0;
            stride *= shape[d];
        }
        view_reads_and_writes(array, CLW_I16, ndim, shape, strides, offset);
        clw_array_release(array);
    }
}

/* ---- views ---- */

/* Of BASE bytes; strides and offset in bytes. */
static const struct view_case {
    const char *what;
    int ndim;
    int64_t shape[4], strides[4], offset;
} view_cases[] = {
    {"backwards", 1, {5}, {-8}, 32},
    {"every third", 1, {4}, {24}, 8},
    {"one element again and again", 1, {7}, {0}, 16},
    {"a row again and again", 2, {3, 4}, {0, 8}, 24},
    {"a column again and again", 2, {4, 3}, {8, 0}, 24},
    {"transposed", 2, {4, 6}, {8, 32}, 0},
    {"transposed and backwards", 2, {4, 6}, {-8, -32}, 24 + 5 * 32},
    {"windows", 2, {6, 3}, {8, 8}, 40},
    {"at an odd address", 1, {5}, {8}, 1},
    {"at odd strides", 1, {9}, {11}, 3},
    {"odd, two axes, one backwards", 2, {3, 5}, {-49, 9}, 130},
    {"checkers", 3, {2, 3, 2}, {96, 32, 16}, 8},
    {"four axes", 4, {2, 2, 2, 3}, {128, -8, 64, 16}, 11},
    {"0-d", 0, {0}, {0}, 41},
};

static void test_views(void **state)
{
    (void)state;
    unsigned char bytes[BASE];
    fixture_random_bytes(&seed, bytes, sizeof bytes);
    clw_array *base = fixture_vector(context, CLW_U64, BASE / 8, bytes);
    for (size_t i = 0; i < sizeof view_cases / sizeof *view_cases; i++) {
        const struct view_case *row = &view_cases[i];
        view_reads_and_writes(base, CLW_U64, row->ndim, row->shape, row->strides, row->offset);
    }
    clw_array_release(base);
}

/* Offsets of a view count from the view's own element 0, also back past it. */
static void test_views_of_views(void **state)
{
    (void)state;
    int32_t elements[12], got[3];
    for (int i = 0; i < 12; i++)
        elements[i] = i;
    clw_array *base = fixture_vector(context, CLW_I32, 12, elements);
    clw_array *back = NULL, *third = NULL, *front = NULL;
    CHECK(clw_array_view(base, CLW_SHAPE(12), (int64_t[]){-4}, 44, &back, &error));
    clw_array_release(base);
    CHECK(clw_array_view(back, CLW_SHAPE(3), (int64_t[]){-12}, -8, &third, &error));
    clw_array_release(back);
    CHECK(clw_array_read(third, got, sizeof got, &error));
    assert_memory_equal(got, ((int32_t[]){9, 6, 3}), sizeof got);
    CHECK(clw_array_view(third, CLW_SHAPE(3), NULL, -36, &front, &error));
    CHECK(clw_array_read(front, got, sizeof got, &error));
    assert_memory_equal(got, ((int32_t[]){0, 1, 2}), sizeof got);
    assert_true(clw_array_strides(front)[0] == 4 && clw_array_strides(third)[0] == -12);
    clw_array_release(front);
    clw_array_release(third);
}

/* ---- from_host ---- */

static void test_every_dtype(void **state)
{
    (void)state;
    static const int64_t shape[2] = {3, 5};
    for (int t = 0; t < CLW_DTYPE_COUNT; t++) {
        const clw_dtype dtype = (clw_dtype)t;
        const int64_t size = (int64_t)clw_dtype_size(dtype);
        const int64_t strides[][2] = {
            {5 * size, size},   {-7 * size, 2 * size},    {size, 3 * size},           {0, size},
            {-size, -3 * size}, {5 * size + 5, size + 1}, {-5 * size - 5, -size - 1}, {0, 0}};
        const int64_t windows[2] = {2 * size, (size + 1) / 2};
        unsigned char host[1024], packed[15 * 16], got[15 * 16];
        random_elements(dtype, host, sizeof host);
        for (size_t i = 0; i < sizeof strides / sizeof *strides; i++) {
            clw_array *array = NULL;
            const size_t bytes = (size_t)(15 * size);
            gather(host + 512, (size_t)size, 2, shape, strides[i], packed);
            CHECK(clw_array_from_host(context, dtype, 2, shape, strides[i], host + 512, &array,
                                      &error));
            CHECK(clw_array_read(array, got, bytes, &error));
            assert_memory_equal(got, packed, bytes);
            clw_array_release(array);
        }
        clw_array *base = fixture_vector(context, dtype, 1024 / size, host);
        view_reads_and_writes(base, dtype, 2, shape, strides[1], 512);
        view_reads_and_writes(base, dtype, 2, shape, strides[4], 511);
        view_reads_and_writes(base, dtype, 2, shape, strides[5], 3);
        view_reads_and_writes(base, dtype, 2, shape, strides[3], 0);
        view_reads_and_writes(base, dtype, 2, shape, windows, 64);
        clw_array_release(base);
    }
}

static int start(void **state)
{
    (void)state;
    seed = fixture_seed();
    context = fixture_context(NULL, NULL);
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
        cmocka_unit_test(test_zero_dimensional),
        cmocka_unit_test(test_zero_size),
        cmocka_unit_test(test_zero_size_broadcasts),
        cmocka_unit_test(test_axes),
        cmocka_unit_test(test_views),
        cmocka_unit_test(test_views_of_views),
        cmocka_unit_test(test_every_dtype),
    };
    return cmocka_run_group_tests(tests, start, stop);
}
