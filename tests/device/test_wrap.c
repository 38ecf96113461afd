/* Memory of the caller's as an array, and how long arrays and what they stand on live. */
#include <stdlib.h>
#include <string.h>

#include "tests/device/fixture.h"

enum { ELEMENTS = 64, PAGE = 4096 };

static clw_context *context;
static clw_device_info device;
static clw_error error;
static struct tally tally;

/* ---- wrapped memory ---- */

struct releases {
    int count;
    void *memory;
};

static void note_release(void *memory, void *argument)
{
    struct releases *releases = argument;
    releases->count++;
    releases->memory = memory;
}

static float wrapped_value(const void *memory, int index)
{
    float value;
    memcpy(&value, (const unsigned char *)memory + sizeof value * (size_t)index, sizeof value);
    return value;
}

/* The result of a call is in the caller's memory after clw_finish where the device shares it, as
 * CPUs do, and comes by clw_array_read everywhere. */
static void check_wrapped(unsigned char *memory)
{
    struct releases releases = {0, NULL};
    float elements[ELEMENTS], got[ELEMENTS];
    clw_array *array = NULL;
    for (int i = 0; i < ELEMENTS; i++)
        elements[i] = (float)i;
    memcpy(memory, elements, sizeof elements);
    CHECK(clw_array_wrap_host(context, CLW_F32, CLW_SHAPE(ELEMENTS), NULL, memory, sizeof elements,
                              note_release, &releases, &array, &error));
    CHECK(clw_add(context, array, array, &array, &error));
    CHECK(clw_finish(context, &error));
    for (int i = 0; device.is_cpu && i < ELEMENTS; i++)
        assert_true(wrapped_value(memory, i) == 2 * elements[i]);
    CHECK(clw_array_read(array, got, sizeof got, &error));
    for (int i = 0; i < ELEMENTS; i++)
        assert_true(got[i] == 2 * elements[i]);
    assert_int_equal(releases.count, 0);
    clw_array_release(array);
    assert_int_equal(releases.count, 1);
    assert_ptr_equal(releases.memory, memory);
}

static void test_wrap(void **state)
{
    (void)state;
    unsigned char *pages = aligned_alloc(PAGE, 2 * PAGE);
    assert_non_null(pages);
    const size_t misalignments[] = {0, 64, 4, 1, 7, 4093};
    for (size_t i = 0; i < sizeof misalignments / sizeof *misalignments; i++)
        check_wrapped(pages + misalignments[i]);
    free(pages);
}

/* A view, and an op that has read the array and is not done, keep the memory. */
static void test_wrap_outlives_its_handle(void **state)
{
    (void)state;
    enum { COUNT = 1 << 20 };
    struct releases releases = {0, NULL};
    float *memory = calloc(COUNT, sizeof *memory), last = 0;
    clw_array *array = NULL, *view = NULL, *sum = NULL;
    assert_non_null(memory);
    memory[COUNT - 1] = 5;
    CHECK(clw_array_wrap_host(context, CLW_F32, CLW_SHAPE(COUNT), NULL, memory,
                              sizeof *memory * COUNT, note_release, &releases, &array, &error));
    CHECK(clw_array_view(array, CLW_SHAPE(1), NULL, 4 * (COUNT - 1), &view, &error));
    clw_array_release(array);
    assert_int_equal(releases.count, 0);
    CHECK(clw_array_read(view, &last, sizeof last, &error));
    assert_true(last == 5);
    CHECK(clw_array_view(view, CLW_SHAPE(COUNT), NULL, -4 * (COUNT - 1), &array, &error));
    CHECK(clw_add(context, array, array, &sum, &error));
    clw_array_release(array);
    clw_array_release(view);
    assert_int_equal(releases.count, 1);
    memset(memory, 0xff, sizeof *memory * COUNT);
    free(memory);
    CHECK(clw_array_view(sum, CLW_SHAPE(1), NULL, 4 * (COUNT - 1), &view, &error));
    CHECK(clw_array_read(view, &last, sizeof last, &error));
    assert_true(last == 10);
    clw_array_release(view);
    clw_array_release(sum);
}

static void test_wrap_nothing(void **state)
{
    (void)state;
    struct releases releases = {0, &releases};
    clw_array *array = NULL, *sum = NULL;
    CHECK(clw_array_wrap_host(context, CLW_F32, CLW_SHAPE(3, 0), NULL, NULL, 0, note_release,
                              &releases, &array, &error));
    CHECK(clw_add(context, array, array, &sum, &error));
    clw_array_release(sum);
    clw_array_release(array);
    assert_int_equal(releases.count, 1);
    assert_null(releases.memory);
    float one = 1;
    CHECK(clw_array_wrap_host(context, CLW_F32, CLW_SHAPE(1), NULL, &one, sizeof one, NULL, NULL,
                              &array, &error));
    clw_array_release(array);
}

/* Bytes of the caller's memory for ten elements, and whether they suffice. */
static const struct wrap_case {
    int64_t extent, stride;
    size_t bytes;
    clw_status status;
    const char *says;
} wrap_cases[] = {
    {10, 4, 40, CLW_OK, ""},
    {10, 4, 41, CLW_OK, ""},
    {10, 4, 39, CLW_ERROR_BOUNDS, "bytes 0 to 39 of memory of 39 bytes"},
    {4, 12, 40, CLW_OK, ""},
    {4, 13, 43, CLW_OK, ""},
    {4, 13, 42, CLW_ERROR_BOUNDS, "bytes 0 to 42 of memory of 42 bytes"},
    {10, 0, 4, CLW_OK, ""},
    {10, 0, 3, CLW_ERROR_BOUNDS, "bytes 0 to 3 of memory of 3 bytes"},
    {2, -4, 40, CLW_ERROR_BOUNDS, "bytes -4 to 3 of memory of 40 bytes"},
    {1, -4, 4, CLW_OK, ""},
    {-1, 4, 40, CLW_ERROR_ARGUMENT, "shape (-1,) has a negative extent"},
    {INT64_MAX / 4, 4, 40, CLW_ERROR_BOUNDS, "of memory of 40 bytes"},
    {INT64_MAX, 4, 40, CLW_ERROR_OVERFLOW, "has more bytes than 64 bits can count"},
};

static void test_wrap_bounds(void **state)
{
    (void)state;
    float memory[16] = {0};
    for (size_t i = 0; i < sizeof wrap_cases / sizeof *wrap_cases; i++) {
        const struct wrap_case *row = &wrap_cases[i];
        struct releases releases = {0, NULL};
        clw_array *array = NULL;
        const clw_status status =
            clw_array_wrap_host(context, CLW_F32, 1, &row->extent, &row->stride, memory, row->bytes,
                                note_release, &releases, &array, &error);
        if (status != row->status)
            fail_msg("row %zu: %s", i, clw_status_name(status));
        if (status)
            fixture_says(&error, row->says);
        assert_int_equal(array != NULL, !status);
        clw_array_release(array);
        assert_int_equal(releases.count, !status);
    }
}

/* Two arrays over one memory: what is written through one is read through the other. */
static void test_wrap_twice(void **state)
{
    (void)state;
    if (!device.is_cpu)
        return;
    int32_t memory[8] = {1, 2, 3, 4, 5, 6, 7, 8};
    clw_array *all = NULL, *rest = NULL;
    CHECK(clw_array_wrap_host(context, CLW_I32, CLW_SHAPE(7), NULL, memory, 28, NULL, NULL, &all,
                              &error));
    CHECK(clw_array_wrap_host(context, CLW_I32, CLW_SHAPE(7), NULL, memory + 1, 28, NULL, NULL,
                              &rest, &error));
    CHECK(clw_add(context, all, all, &rest, &error)); /* as if `all` had been copied first */
    CHECK(clw_finish(context, &error));
    assert_memory_equal(memory, ((int32_t[]){1, 2, 4, 6, 8, 10, 12, 14}), sizeof memory);
    clw_array_release(rest);
    clw_array_release(all);
}

/* ---- lives ---- */

static void test_arrays_outlive_their_context(void **state)
{
    (void)state;
    struct tally own;
    tally_init(&own);
    clw_context *short_lived = fixture_context(&own.allocator, NULL);
    const float elements[2] = {3, 4};
    float got[2];
    clw_array *array = fixture_vector(short_lived, CLW_F32, 2, elements);
    clw_context_release(short_lived);
    CHECK(clw_array_read(array, got, sizeof got, &error));
    assert_memory_equal(got, elements, sizeof got);
    assert_ptr_equal(clw_array_retain(array), array);
    clw_array_release(array);
    CHECK(clw_array_read(array, got, sizeof got, &error));
    assert_true(own.alive > 0);
    clw_array_release(array);
    assert_int_equal(own.alive, 0);
    clw_array_release(NULL);
    assert_null(clw_array_retain(NULL));
}

static void test_retained_context(void **state)
{
    (void)state;
    struct tally own;
    tally_init(&own);
    clw_context *one = fixture_context(&own.allocator, NULL);
    assert_ptr_equal(clw_context_retain(one), one);
    clw_context_release(one);
    CHECK(clw_finish(one, &error));
    clw_context_release(one);
    assert_int_equal(own.alive, 0);
}

/* Contexts do not share arrays, ops or mistakes. */
static void test_several_contexts(void **state)
{
    (void)state;
    const float elements[2] = {3, 4};
    float got[2];
    clw_context *other = fixture_context(NULL, NULL);
    clw_array *ours = fixture_vector(context, CLW_F32, 2, elements);
    clw_array *theirs = fixture_vector(other, CLW_F32, 2, elements), *y = NULL;
    REFUSED(CLW_ERROR_ARGUMENT, clw_add(context, ours, theirs, &y, &error));
    assert_string_equal(error.message, "add: input b belongs to another context");
    assert_null(y);
    REFUSED(CLW_ERROR_ARGUMENT, clw_add(context, ours, ours, &theirs, &error));
    assert_string_equal(error.message, "add: output y belongs to another context");
    const clw_operand in[2] = {CLW_ARRAY(ours), CLW_ARRAY(ours)};
    REFUSED(CLW_ERROR_ARGUMENT,
            clw_call(context, fixture_op(other, "add"), in, 2, &y, 1, NULL, &error));
    assert_string_equal(error.message, "add: the op belongs to another context");
    CHECK(clw_add(other, theirs, theirs, &y, &error));
    clw_context_release(other);
    clw_array_release(theirs);
    CHECK(clw_array_read(y, got, sizeof got, &error));
    assert_true(got[0] == 6 && got[1] == 8);
    clw_array_release(y);
    clw_array_release(ours);
}

/* Legal right after a call that uses the arrays. */
static void test_release_after_call(void **state)
{
    (void)state;
    float elements[1000], got[1000];
    for (int i = 0; i < 1000; i++)
        elements[i] = (float)i;
    for (int round = 0; round < 50; round++) {
        clw_array *a = fixture_vector(context, CLW_F32, 1000, elements), *y = NULL, *z = NULL;
        CHECK(clw_add(context, a, a, &y, &error));
        clw_array_release(a);
        CHECK(clw_add(context, y, y, &z, &error));
        clw_array_release(y);
        CHECK(clw_array_read(z, got, sizeof got, &error));
        clw_array_release(z);
        for (int i = 0; i < 1000; i++)
            assert_true(got[i] == 4 * elements[i]);
    }
}

static int start(void **state)
{
    (void)state;
    tally_init(&tally);
    context = fixture_context(&tally.allocator, &device);
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
        cmocka_unit_test(test_wrap),
        cmocka_unit_test(test_wrap_outlives_its_handle),
        cmocka_unit_test(test_wrap_nothing),
        cmocka_unit_test(test_wrap_bounds),
        cmocka_unit_test(test_wrap_twice),
        cmocka_unit_test(test_arrays_outlive_their_context),
        cmocka_unit_test(test_retained_context),
        cmocka_unit_test(test_several_contexts),
        cmocka_unit_test(test_release_after_call),
    };
    return cmocka_run_group_tests(tests, start, stop);
}
