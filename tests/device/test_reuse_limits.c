/* The bound of pooled device memory, what is left out of it, and what happens when memory ends. */
#include <dlfcn.h>
#include <stdlib.h>
#include <string.h>

#include "tests/device/fixture.h"

#include <clwise/clwise_cl.h>

static clw_error error;
static struct tally tally;
static clw_context *context;

/* ---- a driver that fails on demand ---- */

static atomic_int create_failures, enqueue_failures; /* so many calls from now on fail */

typedef cl_mem (*create_fn)(cl_context, cl_mem_flags, size_t, void *, cl_int *);
typedef cl_int (*enqueue_fn)(cl_command_queue, cl_kernel, cl_uint, const size_t *, const size_t *,
                             const size_t *, cl_uint, const cl_event *, cl_event *);

/* These stand before those of the OpenCL library. */
cl_mem clCreateBuffer(cl_context cl, cl_mem_flags flags, size_t bytes, void *host, cl_int *code)
{
    create_fn create;
    void *const symbol = dlsym(RTLD_NEXT, "clCreateBuffer");
    memcpy(&create, &symbol, sizeof create);
    if (atomic_load(&create_failures) > 0) {
        atomic_fetch_sub(&create_failures, 1);
        *code = CL_MEM_OBJECT_ALLOCATION_FAILURE;
        return NULL;
    }
    return create(cl, flags, bytes, host, code);
}

cl_int clEnqueueNDRangeKernel(cl_command_queue queue, cl_kernel kernel, cl_uint rank,
                              const size_t *offset, const size_t *global, const size_t *local,
                              cl_uint nevents, const cl_event *events, cl_event *event)
{
    enqueue_fn enqueue;
    void *const symbol = dlsym(RTLD_NEXT, "clEnqueueNDRangeKernel");
    memcpy(&enqueue, &symbol, sizeof enqueue);
    if (atomic_load(&enqueue_failures) > 0) {
        atomic_fetch_sub(&enqueue_failures, 1);
        return CL_MEM_OBJECT_ALLOCATION_FAILURE;
    }
    return enqueue(queue, kernel, rank, offset, global, local, nevents, events, event);
}

static clw_context *context_with(uint64_t pool_limit)
{
    clw_config config;
    clw_context *made = NULL;
    clw_config_init(&config);
    config.pool_limit = pool_limit;
    config.allocator = &tally.allocator;
    CHECK(clw_context_create(&config, &made, &error));
    return made;
}

/* ---- the bound ---- */

static void test_limit(void **state)
{
    (void)state;
    enum { KEPT = 1 << 20 };
    clw_context *bounded = context_with(KEPT);
    clw_array *arrays[6];
    for (int i = 0; i < 6; i++)
        arrays[i] = fixture_bytes(bounded, 200000 + 30000 * i); /* each of a class of its own */
    assert_true(fixture_memory(bounded).in_use > KEPT);
    for (int i = 0; i < 6; i++) {
        clw_array_release(arrays[i]);
        assert_true(fixture_memory(bounded).pooled <= KEPT);
    }
    assert_true(fixture_memory(bounded).pooled > KEPT / 2);
    clw_array_release(fixture_bytes(bounded, 200000 + 30000 * 5)); /* the last one is there */
    assert_true(fixture_memory(bounded).hits == 1);
    clw_array_release(fixture_bytes(bounded, 200000)); /* the first is not */
    assert_true(fixture_memory(bounded).hits == 1 && fixture_memory(bounded).misses == 7);
    const uint64_t pooled = fixture_memory(bounded).pooled;
    clw_array *large = fixture_bytes(bounded, KEPT + 12345);
    assert_true(fixture_memory(bounded).in_use == KEPT + 12345);
    clw_array_release(large); /* and drops no other */
    assert_true(fixture_memory(bounded).in_use == 0 && fixture_memory(bounded).pooled == pooled);
    clw_context_release(bounded);
}

static void test_no_pool(void **state)
{
    (void)state;
    clw_context *bare = fixture_bare_context(&tally.allocator, NULL);
    for (int i = 0; i < 3; i++) {
        clw_array *array = fixture_bytes(bare, 1001);
        assert_true(fixture_memory(bare).in_use == 1001);
        clw_array_release(array);
        assert_true(fixture_memory(bare).in_use == 0 && fixture_memory(bare).pooled == 0);
    }
    assert_true(fixture_memory(bare).hits == 0 && fixture_memory(bare).misses == 3);
    clw_context_release(bare);
}

static void test_trim(void **state)
{
    (void)state;
    clw_array *arrays[8];
    for (int i = 0; i < 8; i++)
        arrays[i] = fixture_bytes(context, 65536);
    for (int i = 0; i < 8; i++)
        clw_array_release(arrays[i]);
    CHECK(clw_context_trim(context, 3 * 65536 + 100, &error));
    assert_true(fixture_memory(context).pooled == (uint64_t)3 * 65536);
    CHECK(clw_context_trim(context, 0, &error));
    assert_true(fixture_memory(context).pooled == 0);
    CHECK(clw_context_trim(context, 0, &error));
}

/* ---- what is not pooled ---- */

static void test_lent_memory(void **state)
{
    (void)state;
    CHECK(clw_context_trim(context, 0, &error));
    clw_array *array = fixture_bytes(context, 5000);
    assert_non_null(clw_array_cl(array, NULL));
    clw_array_release(array);
    const clw_memory_stats after = fixture_memory(context);
    assert_true(after.pooled == 0);
}

static void test_memory_of_the_caller(void **state)
{
    (void)state;
    enum { BYTES = 1 << 16 };
    clw_array *array = NULL;
    cl_int code;
    clw_memory_stats before = fixture_memory(context);
    cl_mem memory = clCreateBuffer(clw_context_cl(context), CL_MEM_READ_WRITE, BYTES, NULL, &code);
    assert_non_null(memory);
    CHECK(clw_array_adopt_cl(context, CLW_U8, CLW_SHAPE(BYTES), NULL, 0, memory, &array, &error));
    clw_array_release(array);
    clReleaseMemObject(memory);
    const clw_memory_stats after = fixture_memory(context);
    assert_memory_equal(&before, &after, sizeof before);
}

/* Released by `release`, once: not again when the device's copy of it is used by another array. */
static void count_release(void *data, void *argument)
{
    (void)data;
    ++*(int *)argument;
}

static void test_wrapped_memory(void **state)
{
    (void)state;
    enum { BYTES = 1 << 14 };
    int released = 0;
    clw_array *array = NULL;
    char *memory = calloc(BYTES, 1);
    assert_non_null(memory);
    const uint64_t before = fixture_memory(context).in_use;
    CHECK(clw_array_wrap_host(context, CLW_U8, CLW_SHAPE(BYTES), NULL, memory, BYTES, count_release,
                              &released, &array, &error));
    clw_array_release(array);
    assert_int_equal(released, 1);
    for (int i = 0; i < 4; i++)
        clw_array_release(fixture_bytes(context, BYTES));
    assert_int_equal(released, 1);
    assert_true(fixture_memory(context).in_use == before);
    free(memory);
}

/* ---- failures ---- */

static void test_device_without_memory(void **state)
{
    (void)state;
    clw_array *array = NULL;
    CHECK(clw_context_trim(context, 0, &error));
    const uint64_t before = fixture_memory(context).in_use;
    clw_array_release(fixture_bytes(context, 70000));
    create_failures = 1; /* the pool is trimmed, and it is tried again */
    array = fixture_bytes(context, 140000);
    assert_true(fixture_memory(context).pooled == 0);
    clw_array_release(array);
    array = NULL;
    create_failures = 2;
    REFUSED(CLW_ERROR_DEVICE_MEMORY,
            clw_array_empty(context, CLW_U8, CLW_SHAPE(280000), &array, &error));
    fixture_says(&error, "clCreateBuffer failed with CL_MEM_OBJECT_ALLOCATION_FAILURE");
    assert_null(array);
    create_failures = 1; /* nothing is pooled: once is enough */
    REFUSED(CLW_ERROR_DEVICE_MEMORY,
            clw_array_empty(context, CLW_U8, CLW_SHAPE(280000), &array, &error));
    assert_true(fixture_memory(context).in_use == before);
    clw_array_release(fixture_bytes(context, 280000));
}

/* Drivers may make memory when a kernel first uses it. */
static void test_no_memory_for_a_kernel(void **state)
{
    (void)state;
    const float number = 3;
    float got = 0;
    clw_array *x = fixture_vector(context, CLW_F32, 1, &number), *y = NULL;
    CHECK(clw_negative(context, x, &y, &error));
    CHECK(clw_negative(context, y, &y, &error)); /* both kernels are there */
    const uint64_t before = fixture_memory(context).in_use;
    clw_array_release(fixture_bytes(context, 70000));
    enqueue_failures = 1;
    CHECK(clw_add(context, y, y, &y, &error));
    assert_true(fixture_memory(context).pooled == 0);
    CHECK(clw_array_read(y, &got, sizeof got, &error));
    assert_true(got == 6);
    clw_array_release(fixture_bytes(context, 70000));
    enqueue_failures = 2;
    clw_array *out = NULL;
    REFUSED(CLW_ERROR_DEVICE_MEMORY, clw_add(context, y, y, &out, &error));
    fixture_says(&error, "add: queueing the kernel failed with CL_MEM_OBJECT_ALLOCATION_FAILURE");
    assert_null(out);
    assert_true(fixture_memory(context).in_use == before);
    CHECK(clw_add(context, y, y, &y, &error));
    CHECK(clw_array_read(y, &got, sizeof got, &error));
    assert_true(got == 12);
    clw_array_release(x);
    clw_array_release(y);
}

static void test_host_without_memory(void **state)
{
    (void)state;
    CHECK(clw_context_trim(context, 0, &error));
    const uint64_t before = fixture_memory(context).in_use;
    clw_array *array = NULL;
    for (int n = 1; !array; n++) {
        tally_fail(&tally, n);
        const clw_status status =
            clw_array_empty(context, CLW_U8, CLW_SHAPE(90000), &array, &error);
        tally_fail(&tally, 0);
        assert_true(status == (array ? CLW_OK : CLW_ERROR_MEMORY));
        if (!array)
            assert_true(fixture_memory(context).in_use == before);
    }
    clw_array_release(array);
}

static void test_stats(void **state)
{
    (void)state;
    struct {
        size_t struct_size;
        uint64_t in_use, next;
    } shorter = {offsetof(clw_memory_stats, pooled), 7, 7};
    clw_array *array = fixture_bytes(context, 100);
    CHECK(clw_context_memory(context, (clw_memory_stats *)(void *)&shorter, &error));
    assert_true(shorter.in_use >= 100 && shorter.next == 7);
    clw_array_release(array);
    clw_memory_stats stats = {0};
    REFUSED(CLW_ERROR_ARGUMENT, clw_context_memory(context, &stats, &error));
    fixture_says(&error, "clw_context_memory: stats.struct_size is not set");
}

static void test_no_device(void **state)
{
    (void)state;
    clw_config config;
    clw_context *none = NULL;
    clw_config_init(&config);
    config.device = "none";
    CHECK(clw_context_create(&config, &none, &error));
    clw_array_release(fixture_bytes(none, 1000));
    const clw_memory_stats stats = fixture_memory(none);
    assert_true(stats.in_use + stats.pooled + stats.peak + stats.hits + stats.misses == 0);
    CHECK(clw_context_trim(none, 0, &error));
    clw_context_release(none);
}

static int start(void **state)
{
    (void)state;
    tally_init(&tally);
    context = fixture_context(&tally.allocator, NULL);
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
        cmocka_unit_test(test_limit),
        cmocka_unit_test(test_no_pool),
        cmocka_unit_test(test_trim),
        cmocka_unit_test(test_lent_memory),
        cmocka_unit_test(test_memory_of_the_caller),
        cmocka_unit_test(test_wrapped_memory),
        cmocka_unit_test(test_device_without_memory),
        cmocka_unit_test(test_no_memory_for_a_kernel),
        cmocka_unit_test(test_host_without_memory),
        cmocka_unit_test(test_stats),
        cmocka_unit_test(test_no_device),
    };
    return cmocka_run_group_tests(tests, start, stop);
}
