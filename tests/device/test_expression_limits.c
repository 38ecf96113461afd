/* Expressions that one kernel does not take: the same bits as calls one after the other. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/device/fixture.h"

enum { MOST_INPUTS = 256, MOST_STEPS = 2048, MOST_BYTES = 4096, TEXT_SIZE = 1 << 20 };

static clw_error error;
static clw_device_info info = {.struct_size = sizeof info};
static clw_context *context;
static char text[TEXT_SIZE];

/* ---- programs: the same steps as text and as calls ---- */

/* Operand r of a step: input r, or step -1 - r. */
struct step {
    const char *op;
    int a, b;
};

static struct {
    int ninputs, nsteps, nresults, results[4];
    clw_array *inputs[MOST_INPUTS];
    struct step steps[MOST_STEPS];
    clw_array *values[MOST_STEPS];
} it;

static clw_array *operand(int r)
{
    return r >= 0 ? it.inputs[r] : it.values[-1 - r];
}

static int add_step(const char *op, int a, int b)
{
    assert_true(it.nsteps < MOST_STEPS);
    it.steps[it.nsteps++] = (struct step){op, a, b};
    return -it.nsteps;
}

static void let_go(void)
{
    for (int i = 0; i < it.ninputs; i++)
        clw_array_release(it.inputs[i]);
    for (int i = 0; i < it.nsteps; i++)
        clw_array_release(it.values[i]);
    memset(&it, 0, sizeof it);
}

/* Small numbers, so that long chains stay finite and keep their low bits busy. */
static void add_input(clw_dtype dtype, int ndim, const int64_t *shape)
{
    float numbers[64];
    clw_array *made = NULL, *cast = NULL;
    for (int i = 0; i < 64; i++)
        numbers[i] = 0.75f + (float)((i * 7 + it.ninputs * 13) % 32) / 64;
    CHECK(clw_array_from_host(context, CLW_F32, ndim, shape, NULL, numbers, &made, &error));
    CHECK(clw_array_empty(context, dtype, ndim, shape, &cast, &error));
    clw_call_options options;
    clw_call_options_init(&options);
    options.casting = CLW_CASTING_UNSAFE;
    const clw_operand in = CLW_ARRAY(made);
    CHECK(clw_call(context, fixture_op(context, "positive"), &in, 1, &cast, 1, &options, &error));
    clw_array_release(made);
    it.inputs[it.ninputs++] = cast;
}

static void run_steps(void)
{
    for (int i = 0; i < it.nsteps; i++) {
        const struct step *step = &it.steps[i];
        const clw_operand in[] = {CLW_ARRAY(operand(step->a)), CLW_ARRAY(operand(step->b))};
        CHECK(clw_call(context, fixture_op(context, step->op), in, 2, &it.values[i], 1, NULL,
                       &error));
    }
}

static int write_name(char *to, int r)
{
    return r >= 0 ? sprintf(to, "a%d", r) : sprintf(to, "v%d", -1 - r);
}

/* A statement a step; inputs first, so that their order in the op is known. */
static void write_text(void)
{
    char *at = text;
    for (int i = 0; i < it.ninputs; i++)
        at += sprintf(at, "a%d = a%d;", i, i);
    for (int i = 0; i < it.nsteps; i++) {
        at += sprintf(at, "v%d = %s(", i, it.steps[i].op);
        at += write_name(at, it.steps[i].a);
        at += sprintf(at, ", ");
        at += write_name(at, it.steps[i].b);
        at += sprintf(at, ")\n");
    }
    for (int i = 0; i < it.nresults; i++) {
        at += sprintf(at, "%s", i ? ", " : "");
        at += write_name(at, it.results[i]);
    }
}

static void assert_same(const clw_array *a, const clw_array *b)
{
    static unsigned char x[MOST_BYTES], y[MOST_BYTES];
    size_t bytes = clw_dtype_size(clw_array_dtype(a));
    assert_int_equal(clw_array_dtype(a), clw_array_dtype(b));
    assert_int_equal(clw_array_ndim(a), clw_array_ndim(b));
    for (int d = 0; d < clw_array_ndim(a); d++) {
        assert_int_equal(clw_array_shape(a)[d], clw_array_shape(b)[d]);
        bytes *= (size_t)clw_array_shape(a)[d];
    }
    assert_true(bytes <= sizeof x);
    CHECK(clw_array_read(a, x, bytes, &error));
    CHECK(clw_array_read(b, y, bytes, &error));
    assert_memory_equal(x, y, bytes);
}

/* As one call, as a plan, and its dtypes alone. */
static void check_program(void)
{
    clw_op *op = NULL;
    clw_operand in[MOST_INPUTS];
    clw_array *out[4] = {NULL};
    clw_dtype dtypes[4];
    clw_plan *plan = NULL;
    write_text();
    run_steps();
    CHECK(clw_op_from_expression(context, text, &op, &error));
    assert_int_equal(clw_op_input_count(op), it.ninputs);
    for (int i = 0; i < it.ninputs; i++)
        in[i] = CLW_ARRAY(it.inputs[i]);
    CHECK(clw_call(context, op, in, it.ninputs, out, it.nresults, NULL, &error));
    CHECK(clw_result_type(context, op, in, it.ninputs, dtypes, it.nresults, &error));
    CHECK(clw_plan_create(context, op, in, it.ninputs, out, it.nresults, NULL, &plan, &error));
    for (int i = 0; i < it.nresults; i++) {
        assert_same(out[i], operand(it.results[i]));
        assert_int_equal(dtypes[i], clw_array_dtype(out[i]));
        assert_int_equal(clw_plan_output_dtype(plan, i), dtypes[i]);
        clw_array_release(out[i]);
        out[i] = NULL;
        const clw_array *like = operand(it.results[i]);
        CHECK(clw_array_empty(context, dtypes[i], clw_array_ndim(like), clw_array_shape(like),
                              &out[i], &error));
    }
    CHECK(clw_plan_execute(plan, in, out, &error));
    for (int i = 0; i < it.nresults; i++) {
        assert_same(out[i], operand(it.results[i]));
        clw_array_release(out[i]);
    }
    clw_plan_destroy(plan);
    clw_op_release(op);
    let_go();
}

/* ---- tests ---- */

static const char *const ops[] = {"add", "multiply", "subtract", "maximum"};

static void test_many_operands(void **state)
{
    (void)state;
    for (int i = 0; i < 200; i++)
        add_input(CLW_F32, CLW_SHAPE(3, 8));
    int sum = 0;
    for (int i = 1; i < it.ninputs; i++)
        sum = add_step(ops[i % 4], sum, i);
    it.nresults = 1;
    it.results[0] = sum;
    check_program();
}

static void test_chain(void **state)
{
    (void)state;
    add_input(CLW_F32, CLW_SHAPE(16));
    add_input(CLW_F32, CLW_SHAPE(16));
    int value = 0;
    for (int i = 0; i < 2000; i++)
        value = add_step(ops[i % 3], value, i % 2);
    it.nresults = 1;
    it.results[0] = value;
    check_program();
}

/* All leaves before any sum: the order of the text keeps hundreds of values alive. */
static void test_wide_tree(void **state)
{
    (void)state;
    int width = 256, level[256];
    for (int i = 0; i < 32; i++)
        add_input(CLW_F32, CLW_SHAPE(8));
    for (int i = 0; i < width; i++)
        level[i] = add_step("multiply", i % 32, (i / 8 + 5 * i) % 32);
    for (; width > 1; width /= 2)
        for (int i = 0; i < width / 2; i++)
            level[i] = add_step(ops[i % 2 * 2], level[2 * i], level[2 * i + 1]);
    it.nresults = 1;
    it.results[0] = level[0];
    check_program();
}

static void test_shared_values(void **state)
{
    (void)state;
    uint64_t random = 1;
    for (int i = 0; i < 4; i++)
        add_input(CLW_F32, CLW_SHAPE(8));
    for (int i = 0; i < 200; i++) {
        const int a = (int)(fixture_random(&random) % (uint64_t)(it.nsteps + 4));
        const int b = (int)(fixture_random(&random) % (uint64_t)(it.nsteps + 4));
        add_step(ops[i % 4], a < 4 ? a : 3 - a, b < 4 ? b : 3 - b);
    }
    /* What nothing reads would be an error. */
    int sum = -1;
    const int nsteps = it.nsteps;
    for (int i = 1; i < nsteps; i++)
        sum = add_step("maximum", sum, -1 - i);
    for (int i = 0; i < 4; i++)
        sum = add_step("maximum", sum, i);
    it.nresults = 4;
    it.results[0] = sum;
    it.results[1] = -10;
    it.results[2] = -100;
    it.results[3] = 2; /* an input as it is */
    check_program();
}

static void test_mixed_dtypes_and_shapes(void **state)
{
    (void)state;
    static const clw_dtype dtypes[] = {CLW_U8, CLW_F16, CLW_F32, CLW_I16, CLW_BF16, CLW_BOOL};
    static const int64_t shapes[][2] = {{3, 4}, {1, 4}, {3, 1}, {1, 1}};
    for (int i = 0; i < 24; i++)
        add_input(dtypes[i % 6], i % 5 == 4 ? 0 : 2 - i % 2, shapes[i % 4] + i % 2);
    int value = 4;
    for (int i = 0; i < 150; i++)
        value = add_step(ops[i % 2], value, (i * 5) % 24);
    it.nresults = 1;
    it.results[0] = value;
    check_program();
}

/* PyTorch's rule takes a 0-d value as weak within its category, also when it is a temporary. */
static void test_zero_dim_temporaries(void **state)
{
    (void)state;
    clw_config config;
    clw_context *torch = NULL, *const numpy = context;
    clw_config_init(&config);
    config.promotion = CLW_PROMOTION_TORCH;
    CHECK(clw_context_create(&config, &torch, &error));
    context = torch;
    if (!fixture_lacks(&info, CLW_F64)) {
        add_input(CLW_F64, 0, NULL);
        add_input(CLW_F32, CLW_SHAPE(8));
        int scalar = 0, vector = 1;
        for (int i = 0; i < 100; i++) {
            scalar = add_step("multiply", scalar, 0);
            vector = add_step(ops[i % 2], vector, scalar);
        }
        it.nresults = 1;
        it.results[0] = vector;
        check_program();
    }
    context = numpy;
    clw_context_release(torch);
}

/* ---- positions ---- */

static const char placed[] =
    "//! op placed(a, b) -> y\n//! loop T T -> T for float\n//! index i : 0\n//! index n : flat\n"
    "static inline R placed(T a, T b, long i, long n)\n{\n    return a * (T)0.5 + b * (T)(i + 2 * "
    "n);\n}\n";

/* A step asks where it stands in the shape of its own operands, whatever else its kernel reads. */
static void test_positions(void **state)
{
    (void)state;
    static const int64_t shapes[][2] = {{3, 4}, {1, 4}, {3, 1}, {1, 1}};
    for (int i = 0; i < 24; i++)
        add_input(CLW_F32, i % 5 == 4 ? 0 : 2 - i % 2, shapes[i % 4] + i % 2);
    int narrow = 1, wide = 0;
    for (int i = 0; i < 120; i++) {
        narrow = add_step(i % 9 ? "add" : "placed", narrow, i % 2 ? 1 : 5);
        wide = add_step(i % 7 ? "maximum" : "placed", wide, i % 5 ? (i * 5) % 24 : narrow);
    }
    it.nresults = 1;
    it.results[0] = add_step("maximum", wide, narrow);
    check_program();
}

/* Rows 1 and 2 of 3, as a block with an origin. */
static void test_origin(void **state)
{
    (void)state;
    add_input(CLW_F32, CLW_SHAPE(3, 4));
    add_input(CLW_F32, CLW_SHAPE(4));
    int value = 0;
    for (int i = 0; i < 150; i++)
        value = add_step(i % 10 ? ops[i % 3] : "placed", value, i % 2);
    it.nresults = 1;
    it.results[0] = value;
    write_text();
    run_steps();
    clw_op *op = NULL;
    clw_array *block = NULL, *rows = NULL, *out = NULL;
    clw_call_options options;
    clw_call_options_init(&options);
    options.origin = 1;
    CHECK(clw_op_from_expression(context, text, &op, &error));
    CHECK(clw_array_view(it.inputs[0], CLW_SHAPE(2, 4), NULL, 16, &block, &error));
    CHECK(clw_array_view(operand(value), CLW_SHAPE(2, 4), NULL, 16, &rows, &error));
    const clw_operand in[] = {CLW_ARRAY(block), CLW_ARRAY(it.inputs[1])};
    CHECK(clw_call(context, op, in, 2, &out, 1, &options, &error));
    assert_same(out, rows);
    clw_array_release(out);
    clw_array_release(rows);
    clw_array_release(block);
    clw_op_release(op);
    let_go();
}

/* Empty operands: no part has anything to run. */
static void test_empty(void **state)
{
    (void)state;
    add_input(CLW_F32, CLW_SHAPE(0, 3));
    add_input(CLW_F32, 0, NULL);
    int value = 0;
    for (int i = 0; i < 100; i++)
        value = add_step("add", value, add_step("multiply", 1, i ? -1 : 1));
    it.nresults = 1;
    it.results[0] = value;
    check_program();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_many_operands),
        cmocka_unit_test(test_chain),
        cmocka_unit_test(test_wide_tree),
        cmocka_unit_test(test_shared_values),
        cmocka_unit_test(test_mixed_dtypes_and_shapes),
        cmocka_unit_test(test_zero_dim_temporaries),
        cmocka_unit_test(test_positions),
        cmocka_unit_test(test_origin),
        cmocka_unit_test(test_empty),
    };
    context = fixture_context(NULL, &info);
    fixture_load(context, "placed.cl", placed);
    const int failed = cmocka_run_group_tests(tests, NULL, NULL);
    clw_context_release(context);
    return failed;
}
