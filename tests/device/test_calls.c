/* clw_call, clw_plan and clw_eval: options, scalars, outputs given and new, several outputs. */
#include "tests/device/fixture.h"

#include <math.h>
#include <string.h>

enum { COUNT = 6 };

static clw_context *context, *torch;
static clw_device_info device;
static clw_error error;

static const float numbers[COUNT] = {0, 1, -2, 3.5f, -4.25f, 100};
static const int32_t integers[COUNT] = {7, -7, 7, -7, 0, 100};
static const int32_t divisors[COUNT] = {2, 2, -2, -2, 5, 0};

static clw_array *floats(void)
{
    return fixture_vector(context, CLW_F32, COUNT, numbers);
}

static clw_call_options defaults(void)
{
    clw_call_options options;
    clw_call_options_init(&options);
    return options;
}

static void read_all(const clw_array *array, void *to)
{
    CHECK(clw_array_read(array, to, COUNT * clw_dtype_size(clw_array_dtype(array)), &error));
}

/* ---- outputs ---- */

static void test_new_output(void **state)
{
    (void)state;
    float result[COUNT];
    clw_array *a = floats(), *y = NULL;
    CHECK(clw_add(context, a, a, &y, &error));
    assert_int_equal(clw_array_dtype(y), CLW_F32);
    assert_int_equal(clw_array_ndim(y), 1);
    assert_int_equal(clw_array_shape(y)[0], COUNT);
    read_all(y, result);
    for (int i = 0; i < COUNT; i++)
        assert_true(result[i] == 2 * numbers[i]);
    clw_array_release(y);
    clw_array_release(a);
}

static void test_in_place_and_cast(void **state)
{
    (void)state;
    int16_t small[COUNT], result[COUNT];
    float half[COUNT];
    for (int i = 0; i < COUNT; i++)
        small[i] = (int16_t)integers[i];
    clw_array *a = fixture_vector(context, CLW_I16, COUNT, small), *kept = a;
    const clw_operand in[] = {CLW_ARRAY(a), CLW_INT(3)};
    CHECK(clw_call(context, fixture_op(context, "multiply"), in, 2, &a, 1, NULL, &error));
    assert_ptr_equal(a, kept);
    read_all(a, result);
    for (int i = 0; i < COUNT; i++)
        assert_int_equal(result[i], 3 * integers[i]);
    clw_array *f = floats();
    CHECK(clw_multiply(context, a, f, &f, &error));
    read_all(f, half);
    for (int i = 0; i < COUNT; i++)
        assert_true(half[i] == (float)(3 * integers[i]) * numbers[i]);
    REFUSED(CLW_ERROR_CAST, clw_multiply(context, a, f, &a, &error));
    read_all(a, result);
    assert_int_equal(result[0], 21);
    clw_array_release(f);
    clw_array_release(a);
}

/* A given output may be larger than its inputs: they stretch to it, as in NumPy. */
static void test_stretched_to_output(void **state)
{
    (void)state;
    float result[COUNT];
    clw_array *one = fixture_vector(context, CLW_F32, 1, numbers + 3), *y = floats();
    CHECK(clw_copy(context, one, &y, &error));
    read_all(y, result);
    for (int i = 0; i < COUNT; i++)
        assert_true(result[i] == 3.5f);
    clw_array_release(y);
    clw_array_release(one);
}

static void test_two_outputs(void **state)
{
    (void)state;
    static const int32_t quotients[COUNT] = {3, -4, -4, 3, 0, 0};
    static const int32_t remainders[COUNT] = {1, 1, -1, -1, 0, 0};
    int32_t quotient[COUNT], remainder[COUNT];
    clw_array *a = fixture_vector(context, CLW_I32, COUNT, integers);
    clw_array *b = fixture_vector(context, CLW_I32, COUNT, divisors);
    clw_array *q = NULL, *r = fixture_vector(context, CLW_I32, COUNT, integers);
    CHECK(clw_divmod(context, a, b, &q, &r, &error));
    read_all(q, quotient);
    read_all(r, remainder);
    assert_memory_equal(quotient, quotients, sizeof quotients);
    assert_memory_equal(remainder, remainders, sizeof remainders);
    REFUSED(CLW_ERROR_OVERLAP, clw_divmod(context, a, b, &r, &r, &error));
    CHECK(clw_divmod(context, a, b, &a, &b, &error)); /* both in place of the inputs */
    read_all(a, quotient);
    read_all(b, remainder);
    assert_memory_equal(quotient, quotients, sizeof quotients);
    assert_memory_equal(remainder, remainders, sizeof remainders);
    clw_array *const all[] = {a, b, q, r};
    for (int i = 0; i < 4; i++)
        clw_array_release(all[i]);
}

/* ---- options ---- */

static void test_where(void **state)
{
    (void)state;
    static const unsigned char mask_bytes[COUNT] = {0, 1, 0, 200, 0, 1};
    float result[COUNT];
    clw_array *a = floats(), *y = floats();
    clw_array *mask = fixture_vector(context, CLW_BOOL, COUNT, mask_bytes);
    clw_call_options options = defaults();
    options.where = mask;
    const clw_operand in[] = {CLW_ARRAY(a), CLW_FLOAT(0.5)};
    CHECK(clw_call(context, fixture_op(context, "add"), in, 2, &y, 1, &options, &error));
    read_all(y, result);
    for (int i = 0; i < COUNT; i++)
        assert_true(result[i] == (mask_bytes[i] ? numbers[i] + 0.5f : numbers[i]));
    options.where = a;
    REFUSED(CLW_ERROR_DTYPE,
            clw_call(context, fixture_op(context, "add"), in, 2, &y, 1, &options, &error));
    clw_array_release(mask);
    clw_array_release(y);
    clw_array_release(a);
}

static void test_dtype(void **state)
{
    (void)state;
    uint8_t bytes[COUNT] = {250, 3, 200, 0, 1, 255};
    uint16_t sums[COUNT];
    clw_array *a = fixture_vector(context, CLW_U8, COUNT, bytes), *y = NULL;
    clw_call_options options = defaults();
    options.has_dtype = 1;
    options.dtype = CLW_U16;
    const clw_operand in[] = {CLW_ARRAY(a), CLW_ARRAY(a)};
    CHECK(clw_call(context, fixture_op(context, "add"), in, 2, &y, 1, &options, &error));
    assert_int_equal(clw_array_dtype(y), CLW_U16);
    read_all(y, sums);
    for (int i = 0; i < COUNT; i++)
        assert_int_equal(sums[i], 2 * bytes[i]);
    clw_array_release(y);
    clw_array_release(a);
}

static void test_parameters(void **state)
{
    (void)state;
    float result[COUNT];
    clw_array *a = floats(), *y = NULL;
    const clw_param twice = {"value", {CLW_SCALAR_INT, {.i = 2}}};
    const clw_param wrong = {"valeu", {CLW_SCALAR_INT, {.i = 2}}};
    clw_call_options options = defaults();
    options.params = &twice;
    options.nparams = 1;
    const clw_operand in[] = {CLW_ARRAY(a), CLW_ARRAY(a), CLW_ARRAY(a)};
    CHECK(clw_call(context, fixture_op(context, "addcmul"), in, 3, &y, 1, &options, &error));
    read_all(y, result);
    for (int i = 0; i < COUNT; i++)
        assert_true(result[i] == numbers[i] + 2 * numbers[i] * numbers[i]);
    options.params = &wrong;
    REFUSED(CLW_ERROR_NOT_FOUND,
            clw_call(context, fixture_op(context, "addcmul"), in, 3, &y, 1, &options, &error));
    fixture_says(&error, "addcmul: no parameter valeu");
    fixture_says(&error, "value");
    clw_array_release(y);
    clw_array_release(a);
}

/* ---- scalars and promotion ---- */

static void test_scalars(void **state)
{
    (void)state;
    static const uint8_t bytes[COUNT] = {0, 1, 2, 3, 4, 255};
    uint8_t result[COUNT];
    clw_array *a = fixture_vector(context, CLW_U8, COUNT, bytes), *y = NULL, *less = NULL;
    const clw_operand three[] = {CLW_ARRAY(a), CLW_INT(3)}, large[] = {CLW_ARRAY(a), CLW_INT(300)};
    CHECK(clw_call(context, fixture_op(context, "add"), three, 2, &y, 1, NULL, &error));
    assert_int_equal(clw_array_dtype(y), CLW_U8);
    read_all(y, result);
    for (int i = 0; i < COUNT; i++)
        assert_int_equal(result[i], (uint8_t)(bytes[i] + 3));
    REFUSED(CLW_ERROR_RANGE,
            clw_call(context, fixture_op(context, "add"), large, 2, &y, 1, NULL, &error));
    fixture_says(&error, "300");
    CHECK(clw_call(context, fixture_op(context, "less"), large, 2, &less, 1, NULL, &error));
    read_all(less, result);
    for (int i = 0; i < COUNT; i++)
        assert_int_equal(result[i], 1);
    clw_array_release(less);
    clw_array_release(y);
    clw_array_release(a);
}

static void test_torch(void **state)
{
    (void)state;
    clw_array *a = fixture_vector(torch, CLW_I32, COUNT, integers), *y = NULL;
    const clw_operand in[] = {CLW_ARRAY(a), CLW_FLOAT(2.5)};
    clw_dtype dtype;
    CHECK(clw_result_type(torch, fixture_op(torch, "add"), in, 2, &dtype, 1, &error));
    assert_int_equal(dtype, CLW_F32);
    CHECK(clw_call(torch, fixture_op(torch, "divide"), in, 2, &y, 1, NULL, &error));
    assert_int_equal(clw_array_dtype(y), CLW_F32);
    clw_array_release(y);
    clw_array_release(a);
}

/* f64 on a device without it: refused, or computed in f32 with the values kept as f64 in memory. */
static void test_fp64_policy(void **state)
{
    (void)state;
    static const double doubles[COUNT] = {0, 1.5, -2.25, 1e10, -1e-3, 7};
    double result[COUNT];
    clw_config config;
    clw_context *demoting = NULL;
    clw_array *strict = fixture_vector(context, CLW_F64, COUNT, doubles), *y = NULL;
    if (device.fp64)
        CHECK(clw_add(context, strict, strict, &y, &error));
    else
        REFUSED(CLW_ERROR_UNSUPPORTED, clw_add(context, strict, strict, &y, &error));
    clw_array_release(y);
    clw_array_release(strict);
    clw_config_init(&config);
    config.fp64 = CLW_FP64_DEMOTE;
    CHECK(clw_context_create(&config, &demoting, &error));
    clw_array *a = fixture_vector(demoting, CLW_F64, COUNT, doubles), *sum = NULL;
    CHECK(clw_add(demoting, a, a, &sum, &error));
    assert_int_equal(clw_array_dtype(sum), device.fp64 ? CLW_F64 : CLW_F32);
    CHECK(clw_add(demoting, a, a, &a, &error));
    read_all(a, result);
    for (int i = 0; i < COUNT; i++)
        assert_true(result[i] == (device.fp64 ? 2 * doubles[i] : (double)(2 * (float)doubles[i])));
    clw_array_release(sum);
    clw_array_release(a);
    clw_context_release(demoting);
}

/* ---- plans ---- */

static void test_plan(void **state)
{
    (void)state;
    static const float others[COUNT] = {9, 8, 7, 6, 5, 4};
    float result[COUNT];
    clw_array *a = floats(), *b = fixture_vector(context, CLW_F32, COUNT, others), *y = NULL;
    clw_plan *plan = NULL;
    clw_operand in[] = {CLW_ARRAY(a), CLW_FLOAT(2)};
    CHECK(clw_plan_create(context, fixture_op(context, "multiply"), in, 2, &y, 1, NULL, &plan,
                          &error));
    assert_null(y);
    int ndim;
    assert_int_equal(clw_plan_output_shape(plan, &ndim)[0], COUNT);
    assert_int_equal(ndim, 1);
    assert_int_equal(clw_plan_output_dtype(plan, 0), CLW_F32);
    assert_non_null(strstr(clw_plan_key(plan), "multiply|f32,scalar>f32"));
    assert_non_null(strstr(clw_plan_source(plan), "__kernel"));
    assert_non_null(strstr(clw_plan_geometry(plan), "(6,)"));
    CHECK(clw_array_empty(context, CLW_F32, CLW_SHAPE(COUNT), &y, &error));
    in[0] = CLW_ARRAY(b);
    for (int factor = 2; factor < 4; factor++) {
        in[1] = CLW_FLOAT(factor);
        CHECK(clw_plan_execute(plan, in, &y, &error));
        read_all(y, result);
        for (int i = 0; i < COUNT; i++)
            assert_true(result[i] == (float)factor * others[i]);
    }
    in[1] = CLW_INT(2);
    REFUSED(CLW_ERROR_ARGUMENT, clw_plan_execute(plan, in, &y, &error));
    clw_plan_destroy(plan);
    clw_array *const all[] = {a, b, y};
    for (int i = 0; i < 3; i++)
        clw_array_release(all[i]);
}

/* A plan made for apart operands runs on overlapping ones as if inputs had been copied. */
static void test_plan_overlap(void **state)
{
    (void)state;
    float result[COUNT];
    const int64_t step = sizeof(float);
    clw_array *base = floats(), *low = NULL, *high = NULL, *y = NULL;
    clw_plan *plan = NULL;
    CHECK(clw_array_view(base, CLW_SHAPE(COUNT - 1), &step, 0, &low, &error));
    CHECK(clw_array_view(base, CLW_SHAPE(COUNT - 1), &step, step, &high, &error));
    const clw_operand in[] = {CLW_ARRAY(low), CLW_ARRAY(low)};
    CHECK(clw_plan_create(context, fixture_op(context, "add"), in, 2, &y, 1, NULL, &plan, &error));
    CHECK(clw_plan_execute(plan, in, &high, &error));
    read_all(base, result);
    for (int i = 1; i < COUNT; i++)
        assert_true(result[i] == 2 * numbers[i - 1]);
    clw_plan_destroy(plan);
    clw_array *const all[] = {low, high, base};
    for (int i = 0; i < 3; i++)
        clw_array_release(all[i]);
}

/* ---- expressions ---- */

static void test_eval(void **state)
{
    (void)state;
    float result[COUNT];
    clw_array *a = floats(), *y = NULL;
    CHECK(clw_eval(context, "where(a > 0, a * a, -a) + 0.5", &y, &error, "a", a, NULL));
    assert_int_equal(clw_array_dtype(y), CLW_F32);
    read_all(y, result);
    for (int i = 0; i < COUNT; i++)
        assert_true(result[i] == (numbers[i] > 0 ? numbers[i] * numbers[i] : -numbers[i]) + 0.5f);
    REFUSED(CLW_ERROR_ARGUMENT, clw_eval(context, "a + b", &y, &error, "a", a, NULL));
    fixture_says(&error, "b");
    REFUSED(CLW_ERROR_ARGUMENT, clw_eval(context, "a + 1", &y, &error, "a", a, "c", a, NULL));
    REFUSED(CLW_ERROR_SYNTAX, clw_eval(context, "a +", &y, &error, "a", a, NULL));
    clw_array_release(y);
    clw_array_release(a);
}

static int start(void **state)
{
    (void)state;
    clw_config config;
    context = fixture_context(NULL, &device);
    clw_config_init(&config);
    config.promotion = CLW_PROMOTION_TORCH;
    CHECK(clw_context_create(&config, &torch, &error));
    return 0;
}

static int stop(void **state)
{
    (void)state;
    clw_context_release(torch);
    clw_context_release(context);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_new_output),
        cmocka_unit_test(test_in_place_and_cast),
        cmocka_unit_test(test_stretched_to_output),
        cmocka_unit_test(test_two_outputs),
        cmocka_unit_test(test_where),
        cmocka_unit_test(test_dtype),
        cmocka_unit_test(test_parameters),
        cmocka_unit_test(test_scalars),
        cmocka_unit_test(test_torch),
        cmocka_unit_test(test_fp64_policy),
        cmocka_unit_test(test_plan),
        cmocka_unit_test(test_plan_overlap),
        cmocka_unit_test(test_eval),
    };
    return cmocka_run_group_tests(tests, start, stop);
}
