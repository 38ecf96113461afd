/* Calls whose plan is that of an earlier call, against plans that are made anew: clw_plan_create
 * looks for none. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/device/fixture.h"

static clw_error error;
static struct tally tally;
static clw_context *context;

/* ---- random calls ---- */

enum { ROWS = 6, COLUMNS = 10, ELEMENTS = ROWS * COLUMNS, ROOM = 4096, CASES = 3000 };

static const char op_text[] =
    "//! op shifted(a, b) -> y\n//! loop T T -> T for i16 i32 f32\n//! param by : T = 2\n"
    "//! index at : 0\n"
    "static inline R shifted(T a, T b, long at, T by)\n{\n    return a - b * by + (T)at;\n}\n";

static clw_op *shifted;
static clw_array *bases[2];

static int64_t choose(uint64_t *random, int64_t count)
{
    return (int64_t)(fixture_random(random) >> 8) % count;
}

/* Of ROWS by COLUMNS, in one of four layouts; or a row that is broadcast. */
static clw_array *random_view(uint64_t *random, const clw_array *base, clw_dtype dtype)
{
    const int64_t size = (int64_t)clw_dtype_size(dtype);
    const struct {
        int64_t rows, columns, offset;
    } layouts[] = {
        {COLUMNS * size, size, 0},
        {COLUMNS * size, size, size},
        {-COLUMNS * size, -size, (ELEMENTS - 1) * size},
        {2 * COLUMNS * size, 2 * size, size},
    };
    const size_t which = (size_t)choose(random, 5);
    clw_array *view = NULL;
    if (which == 4)
        CHECK(clw_array_view(base, CLW_SHAPE(COLUMNS), NULL, 0, &view, &error));
    else
        CHECK(clw_array_view(base, CLW_SHAPE(ROWS, COLUMNS),
                             (int64_t[]){layouts[which].rows, layouts[which].columns},
                             layouts[which].offset, &view, &error));
    return view;
}

static clw_operand random_scalar(uint64_t *random)
{
    const clw_operand scalars[] = {
        CLW_INT(3),      CLW_INT(127),         CLW_INT(200),       CLW_INT(-3),
        CLW_INT(-200),   CLW_INT(40000),       CLW_INT(INT32_MAX), CLW_INT(INT64_MIN),
        CLW_UINT(5),     CLW_UINT(UINT64_MAX), CLW_BOOLEAN(1),     CLW_FLOAT(0.5),
        CLW_FLOAT(1e30), CLW_COMPLEX(1, 2),
    };
    return scalars[choose(random, (int64_t)(sizeof scalars / sizeof *scalars))];
}

/* A call, drawn from few enough that they come again. */
struct scene {
    const clw_op *op;
    clw_operand in[2];
    clw_array *out;
    clw_call_options options;
    clw_param param;
};

static void draw(uint64_t *random, struct scene *scene)
{
    static const clw_dtype dtypes[] = {CLW_F32, CLW_I16};
    const char *const names[] = {"subtract", "less"};
    *scene = (struct scene){.op = shifted};
    clw_call_options_init(&scene->options);
    const int64_t op = choose(random, 3), first = choose(random, 2), second = choose(random, 3);
    if (op < 2)
        scene->op = fixture_op(context, names[op]);
    scene->in[0] = CLW_ARRAY(random_view(random, bases[first], dtypes[first]));
    scene->in[1] = second < 2 ? CLW_ARRAY(random_view(random, bases[second], dtypes[second]))
                              : random_scalar(random);
    if (op == 2) {
        scene->options.origin = choose(random, 2);
        scene->options.nparams = (int)choose(random, 2);
        scene->param = (clw_param){"by", {CLW_SCALAR_INT, {1 + choose(random, 2)}}};
        scene->options.params = &scene->param;
    }
    if (choose(random, 3) == 0) {
        scene->options.casting = choose(random, 2) ? CLW_CASTING_UNSAFE : CLW_CASTING_DEFAULT;
        CHECK(clw_array_empty(context, choose(random, 2) ? CLW_F32 : CLW_I16,
                              CLW_SHAPE(ROWS, COLUMNS), &scene->out, &error));
    }
}

static void let_go(struct scene *scene)
{
    clw_array_release((clw_array *)(uintptr_t)scene->in[0].array);
    clw_array_release((clw_array *)(uintptr_t)scene->in[1].array);
    clw_array_release(scene->out);
}

/* By a plan of its own; the bytes of the result, or the error. */
static clw_status compute_anew(const struct scene *scene, clw_dtype *dtype, void *bytes,
                               clw_error *why)
{
    clw_plan *plan = NULL;
    clw_array *out = clw_array_retain(scene->out);
    int ndim;
    const clw_status status = clw_plan_create(context, scene->op, scene->in, 2, &scene->out, 1,
                                              &scene->options, &plan, why);
    if (status) {
        clw_array_release(out);
        return status;
    }
    const int64_t *shape = clw_plan_output_shape(plan, &ndim);
    int64_t count = 1;
    for (int d = 0; d < ndim; d++)
        count *= shape[d];
    *dtype = clw_plan_output_dtype(plan, 0);
    if (!out)
        CHECK(clw_array_empty(context, *dtype, ndim, shape, &out, &error));
    CHECK(clw_plan_execute(plan, scene->in, &out, &error));
    CHECK(clw_array_read(out, bytes, (size_t)count * clw_dtype_size(*dtype), &error));
    clw_array_release(out);
    clw_plan_destroy(plan);
    return CLW_OK;
}

static void compare(const struct scene *scene)
{
    static unsigned char wanted[ROOM], got[ROOM];
    clw_error why = {CLW_OK, ""};
    clw_dtype dtype = CLW_DTYPE_COUNT;
    clw_array *out = clw_array_retain(scene->out);
    const clw_status planned = compute_anew(scene, &dtype, wanted, &why);
    const clw_status status =
        clw_call(context, scene->op, scene->in, 2, &out, 1, &scene->options, &error);
    assert_int_equal(status, planned);
    if (status) {
        assert_string_equal(error.message, why.message);
        clw_array_release(out);
        return;
    }
    size_t bytes = clw_dtype_size(dtype);
    for (int d = 0; d < clw_array_ndim(out); d++)
        bytes *= (size_t)clw_array_shape(out)[d];
    assert_int_equal(clw_array_dtype(out), dtype);
    CHECK(clw_array_read(out, got, bytes, &error));
    assert_memory_equal(got, wanted, bytes);
    clw_array_release(out);
}

static void test_random_calls(void **state)
{
    (void)state;
    int16_t small[ROOM / 2];
    float floats[ROOM / 4];
    uint64_t random = fixture_seed();
    for (int i = 0; i < ROOM / 2; i++)
        small[i] = (int16_t)(i % 50);
    for (int i = 0; i < ROOM / 4; i++)
        floats[i] = (float)(i % 40) / 4;
    bases[0] = fixture_vector(context, CLW_F32, ROOM / 4, floats);
    bases[1] = fixture_vector(context, CLW_I16, ROOM / 2, small);
    CHECK(clw_op_define(context, op_text, &shifted, &error));
    for (int i = 0; i < CASES; i++) {
        struct scene scene;
        draw(&random, &scene);
        compare(&scene);
        let_go(&scene);
    }
    clw_op_release(shifted);
    clw_array_release(bases[0]);
    clw_array_release(bases[1]);
}

/* ---- ops that go and come ---- */

static float first_of(clw_array *array)
{
    float number;
    CHECK(clw_array_read(array, &number, sizeof number, &error));
    return number;
}

static float call_once(const clw_op *op, const clw_array *x)
{
    const clw_operand in = CLW_ARRAY(x);
    clw_array *out = NULL;
    CHECK(clw_call(context, op, &in, 1, &out, 1, NULL, &error));
    const float number = first_of(out);
    clw_array_release(out);
    return number;
}

static void write_op(char text[256], int factor)
{
    snprintf(text, 256,
             "//! op kept(a) -> y\n//! loop T -> T for f32\n"
             "static inline R kept(T a)\n{\n    return a * %d;\n}\n",
             factor);
}

/* An op that is released leaves its plan; the next one may lie where it was. */
static void test_defined_ops(void **state)
{
    (void)state;
    const float two = 2;
    clw_array *x = fixture_vector(context, CLW_F32, 1, &two);
    for (int i = 0; i < 60; i++) {
        char text[256];
        clw_op *op = NULL;
        write_op(text, i % 12);
        CHECK(clw_op_define(context, text, &op, &error));
        for (int round = 0; round < 3; round++)
            assert_true(call_once(op, x) == (float)(2 * (i % 12)));
        clw_op_release(op);
    }
    clw_array_release(x);
}

static void test_reloaded_op(void **state)
{
    (void)state;
    const float two = 2;
    char folder[FIXTURE_PATH], text[256];
    clw_array *x = fixture_vector(context, CLW_F32, 1, &two);
    const clw_op *before = NULL;
    fixture_folder(folder);
    for (int edition = 1; edition <= 6; edition++) {
        write_op(text, edition);
        fixture_write(folder, "kept.cl", text);
        CHECK(clw_ops_load(context, folder, &error));
        const clw_op *op = clw_op_find(context, "kept");
        for (int round = 0; round < 3; round++) {
            assert_true(call_once(op, x) == (float)(2 * edition));
            if (before)
                assert_true(call_once(before, x) == (float)(2 * (edition - 1)));
            clw_array *out = NULL;
            CHECK(clw_eval(context, "kept(x) + 1", &out, &error, "x", x, NULL));
            assert_true(first_of(out) == (float)(2 * edition + 1));
            clw_array_release(out);
        }
        before = op;
    }
    fixture_remove(folder);
    clw_array_release(x);
}

/* Expressions that differ in a parameter alone share a kernel, but no plan. */
static void test_parameters_in_expressions(void **state)
{
    (void)state;
    const float numbers[2] = {1, 1.01f};
    clw_array *x = fixture_vector(context, CLW_F32, 1, numbers);
    clw_array *y = fixture_vector(context, CLW_F32, 1, numbers + 1);
    for (int i = 0; i < 30; i++) {
        char text[64];
        clw_array *out = NULL;
        unsigned char close;
        snprintf(text, sizeof text, "isclose(x, y, rtol=%s)", i % 2 ? "0.1" : "0.0001");
        CHECK(clw_eval(context, text, &out, &error, "x", x, "y", y, NULL));
        CHECK(clw_array_read(out, &close, 1, &error));
        assert_int_equal(close, i % 2);
        clw_array_release(out);
    }
    clw_array_release(x);
    clw_array_release(y);
}

/* ---- the bound ---- */

/* More geometries than are kept: the library's memory stops growing. */
static void test_many_geometries(void **state)
{
    (void)state;
    enum { MANY = 4000 };
    long long after_first = 0;
    const float zeros[2] = {0};
    clw_array *x = fixture_vector(context, CLW_F32, 1, zeros);
    for (int pass = 0; pass < 3; pass++) {
        for (int64_t count = 1; count <= MANY; count++) {
            clw_array *row = NULL, *out = NULL;
            CHECK(clw_array_view(x, 1, &count, (int64_t[]){0}, 0, &row, &error));
            for (int i = 0; i < 3; i++) {
                CHECK(clw_negative(context, row, &out, &error));
                assert_true(clw_array_shape(out)[0] == count);
                clw_array_release(out);
                out = NULL;
            }
            clw_array_release(row);
        }
        if (pass == 0)
            after_first = tally.bytes;
    }
    assert_true(tally.bytes < 32 << 20);
    assert_true(tally.bytes <= after_first + (2 << 20));
    clw_array_release(x);
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
        cmocka_unit_test(test_random_calls),    cmocka_unit_test(test_defined_ops),
        cmocka_unit_test(test_reloaded_op),     cmocka_unit_test(test_parameters_in_expressions),
        cmocka_unit_test(test_many_geometries),
    };
    return cmocka_run_group_tests(tests, start, stop);
}
