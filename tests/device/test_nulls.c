/* NULL, and the next worst, for every pointer of the public header: an error, or nothing happens.
 */
#include <string.h>

#include "tests/device/fixture.h"

#include <clwise/clwise_cl.h>

static clw_context *context;
static clw_array *array;
static clw_error error;
static clw_error *sink; /* what calls are given: &error, or NULL */
static const int64_t three = 3;

/* ---- functions with a status ---- */

#define REFUSES(message, call) refuses((message), (call), __LINE__)

static void refuses(const char *message, clw_status status, int line)
{
    if (status != CLW_ERROR_ARGUMENT)
        fail_msg("line %d: %s", line, clw_status_name(status));
    if (sink && strcmp(sink->message, message) != 0)
        fail_msg("line %d: wanted: %s\ngot: %s", line, message, sink->message);
}

static void refuse_contexts_and_arrays(void)
{
    clw_array *out = NULL;
    float data[3] = {0};
    REFUSES("clw_context_create: out is NULL", clw_context_create(NULL, NULL, sink));
    REFUSES("clw_finish: context is NULL", clw_finish(NULL, sink));
    REFUSES("clw_context_memory: context is NULL", clw_context_memory(NULL, NULL, sink));
    REFUSES("clw_context_memory: stats is NULL", clw_context_memory(context, NULL, sink));
    REFUSES("clw_context_trim: context is NULL", clw_context_trim(NULL, 0, sink));
    REFUSES("clw_context_device: context is NULL", clw_context_device(NULL, NULL, sink));
    REFUSES("clw_context_device: info is NULL", clw_context_device(context, NULL, sink));
    REFUSES("clw_array_empty: context is NULL",
            clw_array_empty(NULL, CLW_F32, 1, &three, &out, sink));
    REFUSES("clw_array_empty: out is NULL",
            clw_array_empty(context, CLW_F32, 1, &three, NULL, sink));
    REFUSES("clw_array_empty: ndim is 1, but shape is NULL",
            clw_array_empty(context, CLW_F32, 1, NULL, &out, sink));
    REFUSES("clw_array_from_host: context is NULL",
            clw_array_from_host(NULL, CLW_F32, 1, &three, NULL, data, &out, sink));
    REFUSES("clw_array_from_host: data is NULL",
            clw_array_from_host(context, CLW_F32, 1, &three, NULL, NULL, &out, sink));
    REFUSES("clw_array_from_host: out is NULL",
            clw_array_from_host(context, CLW_F32, 1, &three, NULL, data, NULL, sink));
    REFUSES("clw_array_wrap_host: context is NULL",
            clw_array_wrap_host(NULL, CLW_F32, 1, &three, NULL, data, 12, NULL, NULL, &out, sink));
    REFUSES(
        "clw_array_wrap_host: data is NULL",
        clw_array_wrap_host(context, CLW_F32, 1, &three, NULL, NULL, 12, NULL, NULL, &out, sink));
    REFUSES(
        "clw_array_wrap_host: out is NULL",
        clw_array_wrap_host(context, CLW_F32, 1, &three, NULL, data, 12, NULL, NULL, NULL, sink));
    REFUSES("clw_array_view: base is NULL", clw_array_view(NULL, 1, &three, NULL, 0, &out, sink));
    REFUSES("clw_array_view: out is NULL", clw_array_view(array, 1, &three, NULL, 0, NULL, sink));
    REFUSES("clw_array_view: ndim is 1, but shape is NULL",
            clw_array_view(array, 1, NULL, NULL, 0, &out, sink));
    REFUSES("clw_array_read: array is NULL", clw_array_read(NULL, data, 12, sink));
    REFUSES("clw_array_read: dst is NULL", clw_array_read(array, NULL, 12, sink));
    REFUSES("clw_array_write: array is NULL", clw_array_write(NULL, data, 12, sink));
    REFUSES("clw_array_write: src is NULL", clw_array_write(array, NULL, 12, sink));
    assert_null(out);
}

static void refuse_ops(void)
{
    clw_op *op = NULL;
    clw_array *out = NULL;
    static const char text[] = "//! op f(a) -> y\n//! loop T -> T for float\n";
    REFUSES("clw_ops_load: context is NULL", clw_ops_load(NULL, "/", sink));
    REFUSES("clw_ops_load: file_or_folder is NULL", clw_ops_load(context, NULL, sink));
    REFUSES("clw_op_define: context is NULL", clw_op_define(NULL, text, &op, sink));
    REFUSES("clw_op_define: source is NULL", clw_op_define(context, NULL, &op, sink));
    REFUSES("clw_op_define: out is NULL", clw_op_define(context, text, NULL, sink));
    REFUSES("clw_op_from_expression: context is NULL",
            clw_op_from_expression(NULL, "a", &op, sink));
    REFUSES("clw_op_from_expression: text is NULL",
            clw_op_from_expression(context, NULL, &op, sink));
    REFUSES("clw_op_from_expression: out is NULL",
            clw_op_from_expression(context, "a", NULL, sink));
    REFUSES("clw_eval: context is NULL", clw_eval(NULL, "a", &out, sink, "a", array, NULL));
    REFUSES("clw_eval: expression is NULL", clw_eval(context, NULL, &out, sink, "a", array, NULL));
    REFUSES("clw_eval: out is NULL", clw_eval(context, "a", NULL, sink, "a", array, NULL));
    assert_true(op == NULL && out == NULL);
}

static void refuse_calls(void)
{
    const clw_op *op = fixture_op(context, "add");
    const clw_operand in[2] = {CLW_ARRAY(array), CLW_ARRAY(array)};
    clw_array *out = NULL;
    clw_plan *plan = NULL;
    clw_dtype dtype;
    clw_call_options options;
    clw_call_options_init(&options);
    options.params = &(clw_param){NULL, {CLW_SCALAR_INT, {1}}};
    options.nparams = 1;
    assert_int_equal(clw_call(context, op, in, 2, &out, 1, &options, sink), CLW_ERROR_NOT_FOUND);
    assert_int_equal(clw_plan_create(context, op, in, 2, &out, 1, &options, &plan, sink),
                     CLW_ERROR_NOT_FOUND);
    REFUSES("clw_call: context is NULL", clw_call(NULL, op, in, 2, &out, 1, NULL, sink));
    REFUSES("clw_call: op is NULL", clw_call(context, NULL, in, 2, &out, 1, NULL, sink));
    REFUSES("add: in is NULL", clw_call(context, op, NULL, 2, &out, 1, NULL, sink));
    REFUSES("add: out is NULL", clw_call(context, op, in, 2, NULL, 1, NULL, sink));
    REFUSES("add: input b is NULL", clw_add(context, array, NULL, &out, sink));
    REFUSES("add: out is NULL", clw_add(context, array, array, NULL, sink));
    REFUSES("clw_call: context is NULL", clw_add(NULL, array, array, &out, sink));
    REFUSES("clw_result_type: context is NULL", clw_result_type(NULL, op, in, 2, &dtype, 1, sink));
    REFUSES("clw_result_type: op is NULL", clw_result_type(context, NULL, in, 2, &dtype, 1, sink));
    REFUSES("add: in is NULL", clw_result_type(context, op, NULL, 2, &dtype, 1, sink));
    REFUSES("add: out is NULL", clw_result_type(context, op, in, 2, NULL, 1, sink));
    REFUSES("clw_plan_create: context is NULL",
            clw_plan_create(NULL, op, in, 2, &out, 1, NULL, &plan, sink));
    REFUSES("clw_plan_create: op is NULL",
            clw_plan_create(context, NULL, in, 2, &out, 1, NULL, &plan, sink));
    REFUSES("clw_plan_create: plan is NULL",
            clw_plan_create(context, op, in, 2, &out, 1, NULL, NULL, sink));
    REFUSES("add: in is NULL", clw_plan_create(context, op, NULL, 2, &out, 1, NULL, &plan, sink));
    REFUSES("add: out is NULL", clw_plan_create(context, op, in, 2, NULL, 1, NULL, &plan, sink));
    CHECK(clw_plan_create(context, op, in, 2, &out, 1, NULL, &plan, &error));
    REFUSES("clw_plan_execute: plan is NULL", clw_plan_execute(NULL, in, &out, sink));
    REFUSES("clw_plan_execute: in is NULL", clw_plan_execute(plan, NULL, &out, sink));
    REFUSES("clw_plan_execute: out is NULL", clw_plan_execute(plan, in, NULL, sink));
    REFUSES("add: output y is NULL, planned was an array", clw_plan_execute(plan, in, &out, sink));
    clw_plan_destroy(plan);
    assert_null(out);
}

static void visit_nothing(void *data, const clw_cache_entry *entry)
{
    (void)data;
    (void)entry;
}

static void refuse_the_rest(void)
{
    const int64_t *const shapes[1] = {&three};
    const int ndims[1] = {1};
    int64_t shape[CLW_MAX_NDIM];
    int ndim, count;
    char path[4096];
    clw_device_info unset = {0};
    REFUSES("clw_broadcast_shapes: ndims is NULL",
            clw_broadcast_shapes(1, NULL, shapes, &ndim, shape, sink));
    REFUSES("clw_broadcast_shapes: shapes is NULL",
            clw_broadcast_shapes(1, ndims, NULL, &ndim, shape, sink));
    REFUSES("clw_broadcast_shapes: ndim is NULL",
            clw_broadcast_shapes(1, ndims, shapes, NULL, shape, sink));
    REFUSES("clw_broadcast_shapes: shape is NULL",
            clw_broadcast_shapes(1, ndims, shapes, &ndim, NULL, sink));
    REFUSES("clw_broadcast_shapes: ndim is 1, but shape is NULL",
            clw_broadcast_shapes(1, ndims, (const int64_t *const[]){NULL}, &ndim, shape, sink));
    REFUSES("clw_broadcast_shapes: n is -1",
            clw_broadcast_shapes(-1, ndims, shapes, &ndim, shape, sink));
    REFUSES("clw_devices: count is NULL", clw_devices(NULL, NULL, 0, NULL, sink));
    REFUSES("clw_devices: infos is NULL, capacity is 1", clw_devices(NULL, NULL, 1, &count, sink));
    REFUSES("clw_devices: capacity is -1", clw_devices(NULL, &unset, -1, &count, sink));
    REFUSES("clw_devices: infos[0].struct_size is not set",
            clw_devices(NULL, &unset, 1, &count, sink));
    REFUSES("clw_context_device: info.struct_size is not set",
            clw_context_device(context, &unset, sink));
    REFUSES("clw_cache_path: path is NULL", clw_cache_path("", NULL, sizeof path, sink));
    REFUSES("clw_cache_path: bytes is 0", clw_cache_path("", path, 0, sink));
    REFUSES("clw_cache_visit: visit is NULL", clw_cache_visit("", NULL, NULL, sink));
    assert_int_equal(clw_cache_visit("", visit_nothing, NULL, sink), CLW_OK);
    assert_int_equal(clw_cache_purge("", 0, NULL, sink), CLW_OK);
    assert_int_equal(clw_devices(NULL, NULL, 0, &count, sink), CLW_OK);
}

static void refuse_opencl(void)
{
    clw_context *made = NULL;
    clw_array *out = NULL;
    cl_context cl = clw_context_cl(context);
    cl_device_id device = clw_context_cl_device(context);
    cl_command_queue queue = clw_context_cl_queue(context);
    int64_t offset;
    cl_mem buffer = clw_array_cl(array, &offset);
    REFUSES("clw_context_adopt_cl: cl is NULL",
            clw_context_adopt_cl(NULL, NULL, device, queue, &made, sink));
    REFUSES("clw_context_adopt_cl: device is NULL",
            clw_context_adopt_cl(NULL, cl, NULL, queue, &made, sink));
    REFUSES("clw_context_adopt_cl: queue is NULL",
            clw_context_adopt_cl(NULL, cl, device, NULL, &made, sink));
    REFUSES("clw_context_adopt_cl: out is NULL",
            clw_context_adopt_cl(NULL, cl, device, queue, NULL, sink));
    REFUSES("clw_array_adopt_cl: context is NULL",
            clw_array_adopt_cl(NULL, CLW_F32, 1, &three, NULL, 0, buffer, &out, sink));
    REFUSES("clw_array_adopt_cl: buffer is NULL",
            clw_array_adopt_cl(context, CLW_F32, 1, &three, NULL, 0, NULL, &out, sink));
    REFUSES("clw_array_adopt_cl: out is NULL",
            clw_array_adopt_cl(context, CLW_F32, 1, &three, NULL, 0, buffer, NULL, sink));
    REFUSES("clw_array_adopt_cl: ndim is 1, but shape is NULL",
            clw_array_adopt_cl(context, CLW_F32, 1, NULL, NULL, 0, buffer, &out, sink));
    REFUSES("clw_array_adopt_cl: 15 is no dtype",
            clw_array_adopt_cl(context, CLW_DTYPE_COUNT, 1, &three, NULL, 0, buffer, &out, sink));
    assert_true(made == NULL && out == NULL);
}

static void test_refused(void **state)
{
    (void)state;
    for (int i = 0; i < 2; i++) {
        sink = i ? NULL : &error;
        refuse_contexts_and_arrays();
        refuse_ops();
        refuse_calls();
        refuse_the_rest();
        refuse_opencl();
    }
}

/* ---- functions without a status ---- */

static void test_harmless(void **state)
{
    (void)state;
    int ndim = 77;
    clw_config_init(NULL);
    clw_call_options_init(NULL);
    clw_context_release(NULL);
    clw_array_release(NULL);
    clw_op_release(NULL);
    clw_plan_destroy(NULL);
    clw_plan_get_info(NULL, NULL);
    assert_null(clw_context_retain(NULL));
    assert_null(clw_array_retain(NULL));
    assert_null(clw_op_retain(NULL));
    assert_int_equal(clw_array_dtype(NULL), CLW_DTYPE_COUNT);
    assert_int_equal(clw_array_ndim(NULL), 0);
    assert_true(!clw_array_shape(NULL) && !clw_array_strides(NULL));
    assert_int_equal(clw_dtype_from_name(NULL), CLW_DTYPE_COUNT);
    assert_true(!clw_op_find(NULL, "add") && !clw_op_find(context, NULL));
    assert_true(clw_op_count(NULL) == 0 && !clw_op_at(NULL, 0));
    assert_true(!clw_op_at(context, -1) && !clw_op_at(context, clw_op_count(context)));
    assert_true(!clw_plan_source(NULL) && !clw_plan_key(NULL) && !clw_plan_geometry(NULL));
    assert_int_equal(clw_plan_output_dtype(NULL, 0), CLW_DTYPE_COUNT);
    assert_null(clw_plan_output_shape(NULL, &ndim));
    assert_int_equal(ndim, 0);
    assert_null(clw_plan_output_shape(NULL, NULL));
    assert_true(!clw_context_cl(NULL) && !clw_context_cl_device(NULL));
    assert_true(!clw_context_cl_queue(NULL) && !clw_array_cl(NULL, NULL));
}

/* Facts about no op, and about op `add` out of range. */
static void test_facts(void **state)
{
    (void)state;
    const clw_op *const ops[2] = {NULL, fixture_op(context, "add")};
    const int indices[] = {-1, 1000, INT32_MAX, INT32_MIN};
    clw_dtype dtype = CLW_I16;
    assert_true(!clw_op_name(NULL) && !clw_op_doc(NULL) && !clw_op_ulp(NULL));
    assert_true(!clw_op_input_count(NULL) && !clw_op_output_count(NULL));
    assert_true(!clw_op_alias_count(NULL) && !clw_op_param_count(NULL) && !clw_op_loop_count(NULL));
    assert_true(!clw_op_position_count(NULL) && !clw_op_callee_count(NULL));
    for (int k = 0; k < 2; k++)
        for (size_t i = 0; i < sizeof indices / sizeof *indices; i++) {
            assert_null(clw_op_input_name(ops[k], indices[i]));
            assert_null(clw_op_output_name(ops[k], indices[i]));
            assert_null(clw_op_alias(ops[k], indices[i]));
            assert_null(clw_op_param_name(ops[k], indices[i]));
            assert_null(clw_op_param_default(ops[k], indices[i]));
            assert_null(clw_op_position_name(ops[k], indices[i]));
            assert_null(clw_op_callee_name(ops[k], indices[i]));
            assert_int_equal(clw_op_position_axis(ops[k], indices[i]), 0);
            assert_int_equal(clw_op_loop(ops[k], indices[i], &dtype, 1), 0);
        }
    assert_int_equal(dtype, CLW_I16);
    assert_int_equal(clw_op_loop(ops[1], 0, NULL, 0), 3);
    assert_int_equal(clw_op_loop(ops[1], 0, &dtype, -1), 3);
    assert_int_equal(dtype, CLW_I16);
    assert_string_equal(clw_dtype_name((clw_dtype)-1), "?");
    assert_string_equal(clw_dtype_name(CLW_DTYPE_COUNT), "?");
    assert_int_equal(clw_dtype_size(CLW_DTYPE_COUNT), 0);
    assert_string_equal(clw_status_name((clw_status)1), "unknown status");
    assert_int_equal(clw_can_cast(CLW_I8, CLW_DTYPE_COUNT, CLW_CASTING_UNSAFE), 0);
    assert_int_equal(clw_can_cast(CLW_I8, CLW_I16, (clw_casting)99), 0);
}

/* An error that is there stays as it is when a call succeeds. */
static void test_success_leaves_the_error_alone(void **state)
{
    (void)state;
    clw_error untouched = {(clw_status)-77, "untouched"};
    clw_array *y = NULL;
    clw_plan *plan = NULL;
    const clw_operand in[2] = {CLW_ARRAY(array), CLW_FLOAT(2.5)};
    const clw_op *op = fixture_op(context, "add");
    assert_int_equal(clw_call(context, op, in, 2, &y, 1, NULL, &untouched), CLW_OK);
    assert_int_equal(clw_plan_create(context, op, in, 2, &y, 1, NULL, &plan, &untouched), CLW_OK);
    assert_int_equal(clw_eval(context, "a + 1", &y, &untouched, "a", y, NULL), CLW_OK);
    assert_int_equal(clw_finish(context, &untouched), CLW_OK);
    assert_string_equal(untouched.message, "untouched");
    assert_int_equal(untouched.code, -77);
    clw_plan_destroy(plan);
    clw_array_release(y);
}

static int start(void **state)
{
    (void)state;
    const float elements[3] = {1, 2, 3};
    context = fixture_context(NULL, NULL);
    array = fixture_vector(context, CLW_F32, 3, elements);
    return 0;
}

static int stop(void **state)
{
    (void)state;
    clw_array_release(array);
    clw_context_release(context);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_refused),
        cmocka_unit_test(test_harmless),
        cmocka_unit_test(test_facts),
        cmocka_unit_test(test_success_leaves_the_error_alone),
    };
    return cmocka_run_group_tests(tests, start, stop);
}
