/* Beside OpenCL code of the caller's: adopted contexts, queues and buffers, and lent ones. */
#include <string.h>

#include "tests/device/fixture.h"

#include <clwise/clwise_cl.h>

static clw_error error;
static clw_context *chosen; /* tells which OpenCL device the tests are for */
static cl_device_id id;
static cl_context cl, other_cl;
static cl_command_queue queue, other_queue, unordered;

static cl_context new_context(void)
{
    cl_int code;
    cl_context made = clCreateContext(NULL, 1, &id, NULL, NULL, &code);
    assert_int_equal(code, CL_SUCCESS);
    return made;
}

static cl_command_queue new_queue(cl_context of, cl_command_queue_properties properties)
{
    cl_int code;
    cl_command_queue made = clCreateCommandQueue(of, id, properties, &code);
    return code ? NULL : made;
}

static cl_mem new_buffer(cl_context of, size_t bytes, void *host)
{
    cl_int code;
    cl_mem made = clCreateBuffer(of, CL_MEM_READ_WRITE | (host ? CL_MEM_USE_HOST_PTR : 0U), bytes,
                                 host, &code);
    assert_int_equal(code, CL_SUCCESS);
    return made;
}

static cl_uint references(cl_mem buffer)
{
    cl_uint count = 0;
    assert_int_equal(clGetMemObjectInfo(buffer, CL_MEM_REFERENCE_COUNT, sizeof count, &count, NULL),
                     CL_SUCCESS);
    return count;
}

static clw_context *adopt(const clw_allocator *allocator)
{
    clw_config config;
    clw_context *context = NULL;
    clw_config_init(&config);
    config.device = "a name that is not looked at";
    config.allocator = allocator;
    CHECK(clw_context_adopt_cl(&config, cl, id, queue, &context, &error));
    return context;
}

static clw_array *adopt_floats(clw_context *context, cl_mem buffer, int64_t count, int64_t stride,
                               int64_t offset)
{
    clw_array *array = NULL;
    CHECK(clw_array_adopt_cl(context, CLW_F32, 1, &count, &stride, offset, buffer, &array, &error));
    return array;
}

/* ---- tests ---- */

static void test_lends(void **state)
{
    (void)state;
    clw_context *context = adopt(NULL);
    assert_ptr_equal(clw_context_cl(context), cl);
    assert_ptr_equal(clw_context_cl_device(context), id);
    assert_ptr_equal(clw_context_cl_queue(context), queue);
    const float elements[4] = {1, 2, 3, 4};
    float got[4] = {0};
    int64_t offset = -1;
    clw_array *array = fixture_vector(context, CLW_F32, 4, elements), *view = NULL, *empty = NULL;
    CHECK(clw_array_view(array, CLW_SHAPE(2), (int64_t[]){-4}, 12, &view, &error));
    CHECK(clw_array_view(array, CLW_SHAPE(0), NULL, 12, &empty, &error));
    cl_mem lent = clw_array_cl(view, &offset);
    assert_int_equal(offset, 12);
    assert_ptr_equal(lent, clw_array_cl(array, NULL));
    assert_int_equal(clEnqueueReadBuffer(queue, lent, CL_TRUE, 0, sizeof got, got, 0, NULL, NULL),
                     CL_SUCCESS);
    assert_memory_equal(got, elements, sizeof got);
    assert_null(clw_array_cl(empty, &offset));
    clw_array_release(empty);
    clw_array_release(view);
    clw_array_release(array);
    clw_context_release(context);
}

/* Our results in the caller's buffer, by the caller's queue, and the other way. */
static void test_adopted_buffer(void **state)
{
    (void)state;
    struct tally tally;
    tally_init(&tally);
    const float elements[6] = {1, 2, 3, 4, 5, 6}, wanted[6] = {1, 4, 6, 8, 5, 6};
    float got[6];
    clw_context *context = adopt(&tally.allocator);
    cl_mem buffer = new_buffer(cl, sizeof elements, NULL);
    assert_int_equal(
        clEnqueueWriteBuffer(queue, buffer, CL_FALSE, 0, sizeof elements, elements, 0, NULL, NULL),
        CL_SUCCESS);
    clw_array *middle = adopt_floats(context, buffer, 3, 4, 4);
    CHECK(clw_add(context, middle, middle, &middle, &error));
    assert_int_equal(clEnqueueReadBuffer(queue, buffer, CL_TRUE, 0, sizeof got, got, 0, NULL, NULL),
                     CL_SUCCESS);
    assert_memory_equal(got, wanted, sizeof got);
    clw_array_release(middle);
    clw_context_release(context);
    clReleaseMemObject(buffer);
    assert_int_equal(tally.alive, 0);
}

/* The caller's own references may go first. */
static void test_retains(void **state)
{
    (void)state;
    const float element = 7;
    float got = 0;
    cl_context own = new_context();
    cl_command_queue own_queue = new_queue(own, 0);
    clw_context *context = NULL;
    clw_array *array = NULL;
    CHECK(clw_context_adopt_cl(NULL, own, id, own_queue, &context, &error));
    clReleaseCommandQueue(own_queue);
    cl_mem buffer = new_buffer(own, sizeof element, NULL);
    CHECK(clw_array_adopt_cl(context, CLW_F32, 0, NULL, NULL, 0, buffer, &array, &error));
    clReleaseMemObject(buffer);
    clReleaseContext(own);
    CHECK(clw_array_write(array, &element, sizeof element, &error));
    clw_context_release(context);
    CHECK(clw_array_read(array, &got, sizeof got, &error));
    assert_true(got == element);
    clw_array_release(array);
}

static void test_bounds(void **state)
{
    (void)state;
    static const struct {
        int64_t count, stride, offset;
        clw_status status;
        const char *says;
    } rows[] = {
        {6, 4, 0, CLW_OK, ""},
        {6, -4, 20, CLW_OK, ""},
        {1, 4, 20, CLW_OK, ""},
        {6, 4, 1, CLW_ERROR_BOUNDS, "the strides reach bytes 1 to 24 of memory of 24 bytes"},
        {6, -4, 19, CLW_ERROR_BOUNDS, "the strides reach bytes -1 to 22 of memory of 24 bytes"},
        {7, 4, 0, CLW_ERROR_BOUNDS, "the strides reach bytes 0 to 27 of memory of 24 bytes"},
        {-1, 4, 0, CLW_ERROR_ARGUMENT, "shape (-1,) has a negative extent"},
    };
    clw_context *context = adopt(NULL);
    cl_mem buffer = new_buffer(cl, 24, NULL);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        clw_array *array = NULL;
        const clw_status status =
            clw_array_adopt_cl(context, CLW_F32, 1, &rows[i].count, &rows[i].stride, rows[i].offset,
                               buffer, &array, &error);
        assert_int_equal(status, rows[i].status);
        if (status) {
            fixture_says(&error, "clw_array_adopt_cl: ");
            fixture_says(&error, rows[i].says);
        }
        assert_int_equal(array != NULL, !status);
        assert_int_equal(references(buffer), 1 + !status);
        clw_array_release(array);
        assert_int_equal(references(buffer), 1);
    }
    clReleaseMemObject(buffer);
    clw_context_release(context);
}

/* Two parts of one buffer overlap as views of one array do. */
static void test_parts_of_a_buffer(void **state)
{
    (void)state;
    enum { COUNT = 2048, STEP = 1024 };
    static float before[COUNT + STEP], got[COUNT + STEP];
    for (int i = 0; i < COUNT + STEP; i++)
        before[i] = (float)i;
    cl_int code;
    clw_context *context = adopt(NULL);
    cl_mem whole = new_buffer(cl, sizeof before, NULL);
    const cl_buffer_region region = {sizeof *before * STEP, sizeof *before * COUNT};
    cl_mem part =
        clCreateSubBuffer(whole, CL_MEM_READ_WRITE, CL_BUFFER_CREATE_TYPE_REGION, &region, &code);
    assert_int_equal(code, CL_SUCCESS);
    clw_array *from = adopt_floats(context, whole, COUNT, 4, 0);
    clw_array *to = adopt_floats(context, part, COUNT, 4, 0);
    clw_array *all = adopt_floats(context, whole, COUNT + STEP, 4, 0);
    CHECK(clw_array_write(all, before, sizeof before, &error));
    CHECK(clw_add(context, from, from, &to, &error)); /* as if `from` had been copied first */
    CHECK(clw_array_read(to, got, sizeof *got * COUNT, &error));
    for (int i = 0; i < COUNT; i++)
        assert_true(got[i] == 2 * before[i]);
    clw_array_release(all);
    clw_array_release(to);
    clw_array_release(from);
    clReleaseMemObject(part);
    clReleaseMemObject(whole);
    clw_context_release(context);
}

/* A buffer over memory at an odd address: its elements are not aligned. */
static void test_odd_host_memory(void **state)
{
    (void)state;
    unsigned char memory[129];
    const double elements[3] = {1.5, 2.5, -3};
    double got[3];
    clw_context *context = adopt(NULL);
    cl_mem buffer = new_buffer(cl, 64, memory + (~(uintptr_t)memory & 1));
    clw_array *array = NULL, *copy = NULL;
    CHECK(clw_array_adopt_cl(context, CLW_U64, CLW_SHAPE(3), NULL, 0, buffer, &array, &error));
    CHECK(clw_array_write(array, elements, sizeof elements, &error));
    CHECK(clw_positive(context, array, &copy, &error));
    CHECK(clw_array_read(copy, got, sizeof got, &error));
    assert_memory_equal(got, elements, sizeof got);
    clw_plan *plan = NULL;
    const clw_operand in = CLW_ARRAY(array);
    clw_array *out = NULL;
    CHECK(clw_plan_create(context, fixture_op(context, "positive"), &in, 1, &out, 1, NULL, &plan,
                          &error));
    assert_non_null(strstr(clw_plan_key(plan), "x:1u"));
    clw_plan_destroy(plan);
    clw_array_release(copy);
    clw_array_release(array);
    clReleaseMemObject(buffer);
    clw_context_release(context);
}

static void refuse_queue(cl_context context, cl_command_queue wrong)
{
    clw_context *made = NULL;
    REFUSED(CLW_ERROR_ARGUMENT, clw_context_adopt_cl(NULL, context, id, wrong, &made, &error));
    assert_string_equal(error.message,
                        "clw_context_adopt_cl: the queue must be in order and belong "
                        "to the context and the device given");
    assert_null(made);
}

static void test_refused(void **state)
{
    (void)state;
    refuse_queue(cl, other_queue);
    refuse_queue(other_cl, queue);
    if (unordered)
        refuse_queue(cl, unordered);
    clw_context *context = adopt(NULL);
    cl_mem foreign = new_buffer(other_cl, 64, NULL);
    clw_array *array = NULL;
    REFUSED(CLW_ERROR_ARGUMENT,
            clw_array_adopt_cl(context, CLW_F32, CLW_SHAPE(4), NULL, 0, foreign, &array, &error));
    assert_string_equal(error.message, "clw_array_adopt_cl: the memory object belongs to another "
                                       "OpenCL context");
    assert_null(array);
    assert_int_equal(references(foreign), 1);
    clReleaseMemObject(foreign);
    clw_context_release(context);
}

static int start(void **state)
{
    (void)state;
    chosen = fixture_context(NULL, NULL);
    id = clw_context_cl_device(chosen);
    cl = new_context();
    other_cl = new_context();
    queue = new_queue(cl, 0);
    other_queue = new_queue(other_cl, 0);
    unordered = new_queue(cl, CL_QUEUE_OUT_OF_ORDER_EXEC_MODE_ENABLE);
    return !queue || !other_queue;
}

static int stop(void **state)
{
    (void)state;
    if (unordered)
        clReleaseCommandQueue(unordered);
    clReleaseCommandQueue(other_queue);
    clReleaseCommandQueue(queue);
    clReleaseContext(other_cl);
    clReleaseContext(cl);
    clw_context_release(chosen);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lends),
        cmocka_unit_test(test_adopted_buffer),
        cmocka_unit_test(test_retains),
        cmocka_unit_test(test_bounds),
        cmocka_unit_test(test_parts_of_a_buffer),
        cmocka_unit_test(test_odd_host_memory),
        cmocka_unit_test(test_refused),
    };
    return cmocka_run_group_tests(tests, start, stop);
}
