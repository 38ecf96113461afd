/* `index`: where an element of the result stands, whatever operands look like. */
#include "tests/device/fixture.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_AXES = 16, MOST_ELEMENTS = 1 << 17 };

static clw_context *context;
static clw_error error;
static uint64_t seed;

/* The value of x passes through, so that operands and positions cannot be mixed up. */
static const char source[] =
    "// places -- positions along three axes, and in C order, for the tests\n"
    "//! op     places(x, z) -> row, column, far, value\n"
    "//! loop   u8 u8 -> i64 i64 i64 u8\n"
    "//! index  i : 0\n"
    "//! index  j : -1\n"
    "//! index  k : -3\n"
    "//! index  n : flat\n"
    "//! param  scale : i64 = 1\n"
    "static inline void places(T x, T z, long i, long j, long k, long n, long scale,\n"
    "                          long *row, long *column, long *far, uchar *value)\n"
    "{\n"
    "    *row = i + 1000 * n;\n"
    "    *column = j * scale;\n"
    "    *far = k;\n"
    "    *value = x + z;\n"
    "}\n";

/* ---- random operands ---- */

struct shape {
    int ndim;
    int64_t extent[MOST_AXES];
};

static int64_t below(int64_t limit)
{
    return (int64_t)(fixture_random(&seed) % (uint64_t)limit);
}

static int64_t count_of(const struct shape *shape)
{
    int64_t count = 1;
    for (int d = 0; d < shape->ndim; d++)
        count *= shape->extent[d];
    return count;
}

/* Few long axes, or many short ones, of which the host walks the outer ones. */
static struct shape random_shape(void)
{
    struct shape shape = {.ndim = 1 + (int)below(4)};
    const int many = below(6) == 0;
    if (many)
        shape.ndim = 12 + (int)below(3);
    for (int d = 0; d < shape.ndim; d++)
        shape.extent[d] = many ? 1 + below(2) : below(5) == 0 ? 1 : 1 + below(d ? 12 : 40);
    return shape;
}

/* Leading axes may be missing, others stretched. */
static struct shape stretched(const struct shape *result)
{
    const int missing = below(4) == 0 ? (int)below(result->ndim) : 0;
    struct shape shape = {.ndim = result->ndim - missing};
    for (int d = 0; d < shape.ndim; d++)
        shape.extent[d] = below(5) == 0 ? 1 : result->extent[d + missing];
    return shape;
}

/* A view of new memory, its axes in any order and direction, with gaps. */
static clw_array *random_view(clw_dtype dtype, const struct shape *shape)
{
    const int64_t size = (int64_t)clw_dtype_size(dtype);
    int64_t strides[MOST_AXES], bytes = size, offset = 0;
    int order[MOST_AXES];
    clw_array *base = NULL, *view = NULL;
    for (int d = 0; d < shape->ndim; d++) {
        const int at = (int)below(d + 1);
        order[d] = order[at];
        order[at] = d;
    }
    for (int d = 0; d < shape->ndim; d++) {
        const int axis = order[d], turned = below(3) == 0;
        strides[axis] = turned ? -bytes : bytes;
        offset += turned ? (shape->extent[axis] - 1) * bytes : 0;
        bytes *= shape->extent[axis] + (shape->ndim < 8 && below(4) == 0);
    }
    void *zeros = calloc(1, (size_t)bytes);
    assert_non_null(zeros);
    CHECK(clw_array_from_host(context, dtype, CLW_SHAPE(bytes / size), NULL, zeros, &base, &error));
    CHECK(clw_array_view(base, shape->ndim, shape->extent, strides, offset, &view, &error));
    clw_array_release(base);
    free(zeros);
    return view;
}

/* ---- what must come out ---- */

/* Position along an axis of the element of place `n`; 0 along an axis that is not there. */
static int64_t position(const struct shape *shape, int axis, int64_t n)
{
    if (axis < 0)
        return 0;
    for (int d = shape->ndim - 1; d > axis; d--)
        n /= shape->extent[d];
    return n % shape->extent[axis];
}

static void check_places(clw_array *const *out, const struct shape *shape, int64_t origin,
                         int64_t scale)
{
    static int64_t row[MOST_ELEMENTS], column[MOST_ELEMENTS], far[MOST_ELEMENTS];
    const int64_t count = count_of(shape), ndim = shape->ndim;
    const size_t bytes = sizeof *row * (size_t)count;
    int64_t in_row = count / shape->extent[0];
    CHECK(clw_array_read(out[0], row, bytes, &error));
    CHECK(clw_array_read(out[1], column, bytes, &error));
    CHECK(clw_array_read(out[2], far, bytes, &error));
    for (int64_t n = 0; n < count; n++) {
        const int64_t i = position(shape, 0, n) + origin;
        assert_int_equal(row[n], i + 1000 * (n + origin * in_row));
        assert_int_equal(column[n],
                         (position(shape, shape->ndim - 1, n) + (ndim == 1 ? origin : 0)) * scale);
        assert_int_equal(far[n], position(shape, shape->ndim - 3, n) + (ndim == 3 ? origin : 0));
    }
}

static void check_case(const clw_op *op)
{
    const struct shape shape = random_shape(), z_shape = stretched(&shape);
    const int64_t scale = 1 + below(5);
    const clw_param param = {"scale", CLW_INT(scale).scalar};
    clw_call_options options;
    clw_array *x = random_view(CLW_U8, &shape), *z = random_view(CLW_U8, &z_shape);
    clw_array *out[4] = {NULL};
    static const clw_dtype dtypes[] = {CLW_I64, CLW_I64, CLW_I64, CLW_U8};
    for (int i = 0; i < 4; i++)
        out[i] = below(2) ? random_view(dtypes[i], &shape) : NULL;
    clw_call_options_init(&options);
    options.params = &param;
    options.nparams = 1;
    options.origin = below(3) ? 0 : below(2) ? below(100) : ((int64_t)1 << 40) + below(100);
    const clw_operand in[] = {below(4) ? CLW_ARRAY(x) : CLW_ARRAY(z), CLW_ARRAY(x)};
    CHECK(clw_call(context, op, in, 2, out, 4, &options, &error));
    check_places(out, &shape, options.origin, scale);
    for (int i = 0; i < 4; i++)
        clw_array_release(out[i]);
    clw_array_release(x);
    clw_array_release(z);
}

static void test_random_operands(void **state)
{
    (void)state;
    clw_op *op = NULL;
    CHECK(clw_op_define(context, source, &op, &error));
    for (int i = 0; i < 60; i++)
        check_case(op);
    clw_op_release(op);
}

/* ---- expressions ---- */

static const char library[] =
    "// row -- position along the first axis\n"
    "//! op     row(x) -> y\n"
    "//! loop   T -> i64  for any\n"
    "//! index  i : 0\n"
    "static inline R row(T x, long i)\n"
    "{\n"
    "    return i;\n"
    "}\n"
    "//! op     ramp(x) -> y\n"
    "//! doc    rises along the last axis\n"
    "//! loop   T -> f32  for any\n"
    "//! index  i : -1\n"
    "//! param  slope : f32 = 1\n"
    "static inline R ramp(T x, long i, float slope)\n"
    "{\n"
    "    return slope * (float)i;\n"
    "}\n"
    "//! op     noise(x) -> y\n"
    "//! doc    evenly distributed in [0, 1), another number for each element\n"
    "//! loop   T -> f32  for any\n"
    "//! index  n : flat\n"
    "//! param  seed : u64 = 0\n"
    "//! use    philox\n"
    "static inline R noise(T x, long n, ulong seed)\n"
    "{\n"
    "    uint word[4];\n"
    "    philox((ulong)n, 0, seed, word);\n"
    "    return (float)(word[0] >> 8) * 0x1p-24f;\n"
    "}\n";

enum { ROWS = 5, COLUMNS = 7, COUNT = ROWS * COLUMNS };

/* Positions are those of each call's own result, as if it were called alone. */
static void test_expressions(void **state)
{
    (void)state;
    const struct shape square = {2, {ROWS, COLUMNS}}, line = {1, {COLUMNS}};
    clw_array *m = random_view(CLW_F32, &square), *v = random_view(CLW_F32, &line), *y = NULL;
    float got[COUNT];
    static const struct {
        const char *text;
        int i, j; /* the result is i times the row plus j times the column */
    } cases[] = {
        {"f32(row(m)) + v", 1, 0},
        {"m + f32(row(v))", 0, 1},
        {"f32(row(m + v)) + ramp(v, slope=3)", 1, 3},
        {"f32(row(row(m) + row(v))) + ramp(m) + m", 1, 1},
    };
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        CHECK(clw_eval(context, cases[k].text, &y, &error, "m", m, "v", v, NULL));
        CHECK(clw_array_read(y, got, sizeof got, &error));
        for (int n = 0; n < COUNT; n++)
            if (got[n] != (float)(cases[k].i * (n / COLUMNS) + cases[k].j * (n % COLUMNS)))
                fail_msg("%s: element %d is %g", cases[k].text, n, (double)got[n]);
        clw_array_release(y);
        y = NULL;
    }
    clw_array_release(m);
    clw_array_release(v);
}

/* Noise without an array of indices is the noise of that array. */
static void test_noise(void **state)
{
    (void)state;
    const struct shape square = {2, {ROWS, COLUMNS}};
    uint32_t index[COUNT];
    float got[COUNT], wanted[COUNT];
    for (uint32_t n = 0; n < COUNT; n++)
        index[n] = n;
    clw_array *m = random_view(CLW_F32, &square), *y = NULL, *r = NULL;
    clw_array *const places = fixture_vector(context, CLW_U32, COUNT, index);
    CHECK(clw_eval(context, "m + noise(m, seed=12)", &y, &error, "m", m, NULL));
    CHECK(clw_eval(context, "random_uniform(n, 12)", &r, &error, "n", places, NULL));
    CHECK(clw_array_read(y, got, sizeof got, &error));
    CHECK(clw_array_read(r, wanted, sizeof wanted, &error));
    assert_memory_equal(got, wanted, sizeof got);
    clw_array_release(m);
    clw_array_release(y);
    clw_array_release(r);
    clw_array_release(places);
}

/* A mask is an operand beside the positions; what it leaves out keeps its value. */
static void test_mask(void **state)
{
    (void)state;
    const struct shape square = {2, {ROWS, COLUMNS}}, line = {1, {COLUMNS}};
    float before[COUNT], got[COUNT];
    uint8_t is_written[COLUMNS];
    clw_call_options options;
    clw_array *m = random_view(CLW_F32, &line), *y = random_view(CLW_F32, &square), *mask = NULL;
    for (int n = 0; n < COUNT; n++)
        before[n] = -1;
    for (int j = 0; j < COLUMNS; j++)
        is_written[j] = (uint8_t)(j % 3 == 1);
    CHECK(clw_array_write(y, before, sizeof before, &error));
    mask = fixture_vector(context, CLW_BOOL, COLUMNS, is_written);
    clw_call_options_init(&options);
    options.where = mask;
    const clw_operand in = CLW_ARRAY(m);
    CHECK(clw_call(context, fixture_op(context, "ramp"), &in, 1, &y, 1, &options, &error));
    CHECK(clw_array_read(y, got, sizeof got, &error));
    for (int n = 0; n < COUNT; n++)
        assert_true(got[n] == (n % COLUMNS % 3 == 1 ? (float)(n % COLUMNS) : -1));
    clw_array_release(m);
    clw_array_release(y);
    clw_array_release(mask);
}

/* ---- errors ---- */

static void test_errors(void **state)
{
    (void)state;
    clw_op *op = NULL;
    clw_array *y = NULL;
    clw_call_options options;
    clw_call_options_init(&options);
    CHECK(clw_op_define(context,
                        "//! op plane(x) -> y\n//! loop T -> i64 for any\n//! index k : 2\n"
                        "static inline R plane(T x, long k) { return k; }\n",
                        &op, &error));
    const struct shape square = {2, {ROWS, COLUMNS}};
    clw_array *m = random_view(CLW_F32, &square);
    const clw_operand in = CLW_ARRAY(m);
    REFUSED(CLW_ERROR_ARGUMENT, clw_call(context, op, &in, 1, &y, 1, NULL, &error));
    assert_string_equal(error.message,
                        "plane: index k counts along axis 2, the result has shape (5, 7)");
    const clw_op *row = fixture_op(context, "row");
    options.origin = -1;
    REFUSED(CLW_ERROR_ARGUMENT, clw_call(context, row, &in, 1, &y, 1, &options, &error));
    assert_string_equal(error.message, "row: origin is -1, and cannot be negative");
    options.origin = INT64_MAX;
    REFUSED(CLW_ERROR_OVERFLOW, clw_call(context, row, &in, 1, &y, 1, &options, &error));
    assert_null(y);
    clw_array_release(m);
    clw_op_release(op);
}

static int start(void **state)
{
    (void)state;
    seed = fixture_seed();
    context = fixture_context(NULL, NULL);
    fixture_load(context, "index.cl", library);
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
        cmocka_unit_test(test_random_operands), cmocka_unit_test(test_expressions),
        cmocka_unit_test(test_noise),           cmocka_unit_test(test_mask),
        cmocka_unit_test(test_errors),
    };
    return cmocka_run_group_tests(tests, start, stop);
}
