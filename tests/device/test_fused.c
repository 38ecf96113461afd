/* Random expressions, fused into one kernel, against the same ops called one after the other: the
 * same dtype, shape, bits, or both an error. $CLWISE_CASES says how many. */
#include "tests/device/random_expression.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { GROUP = 8, /* expressions in one kernel */ MOST_AXES = 3, MOST_ELEMENTS = 4 * 3 * 17 };

static clw_context *context;
static clw_error error;
static uint64_t seed;
static clw_device_info device;
static struct choice choice;
static clw_array *inputs[EXPRESSION_INPUTS];

static int below(int limit)
{
    return random_below(&seed, limit);
}

/* ---- fused ---- */

static clw_op *expression_op(const char *text)
{
    clw_op *op;
    CHECK(clw_op_from_expression(context, text, &op, &error));
    return op;
}

static int bind(const clw_op *op, clw_array *selector, clw_operand *in)
{
    const int nin = clw_op_input_count(op);
    for (int i = 0; i < nin; i++) {
        const char *name = clw_op_input_name(op, i);
        in[i] = CLW_ARRAY(*name == 'k' ? selector : inputs[atoi(name + 1)]);
    }
    return nin;
}

/* Both succeed with one dtype, or both fail: where there are two mistakes each may meet another
 * first. */
static int agree(struct expression *drawn)
{
    clw_operand in[EXPRESSION_INPUTS];
    clw_dtype dtype = CLW_DTYPE_COUNT;
    clw_op *op = expression_op(drawn->text);
    const int nin = bind(op, NULL, in);
    const clw_status fused = clw_result_type(context, op, in, nin, &dtype, 1, &error);
    const clw_status single = expression_call(drawn, context, inputs, &error);
    if (single == CLW_ERROR_UNSUPPORTED) { /* by the device; types are asked before, of all steps */
        clw_array *none = NULL;
        REFUSED(fused ? fused : single, clw_call(context, op, in, nin, &none, 1, NULL, &error));
        clw_op_release(op);
        return 0;
    }
    const int right = !fused == !single && (fused || dtype == clw_array_dtype(drawn->result));
    if (!right)
        print_error("%s: fused %s %s, one by one %s %s\n", drawn->text, clw_status_name(fused),
                    fused ? error.message : clw_dtype_name(dtype), clw_status_name(single),
                    single ? error.message : clw_dtype_name(clw_array_dtype(drawn->result)));
    assert_true(right);
    clw_op_release(op);
    return !single;
}

/* A dtype of 8 bytes a part that holds every value of this one; c128, i64, f64, or on a device that
 * lacks them c64 and f32. */
static clw_dtype widest(clw_dtype dtype)
{
    const int lacks = fixture_lacks(&device, CLW_F64);
    if (dtype == CLW_C64 || dtype == CLW_C128)
        return lacks ? CLW_C64 : CLW_C128;
    if (dtype == CLW_F16 || dtype == CLW_BF16 || dtype == CLW_F32 || dtype == CLW_F64)
        return lacks ? CLW_F32 : CLW_F64;
    return CLW_I64;
}

/* `where(k == 0, f64(...), where(k == 1, ..., f64(...)))` */
static void write_group(const struct expression *group, int count, clw_dtype dtype, char *text,
                        size_t size)
{
    size_t length = 0;
    for (int i = 0; i < count; i++)
        length += (size_t)snprintf(text + length, size - length, "where(k == %d, %s(%s), ", i,
                                   clw_dtype_name(dtype), group[i].text);
    length += (size_t)snprintf(text + length, size - length, "%s(0)", clw_dtype_name(dtype));
    for (int i = 0; i < count; i++)
        length += (size_t)snprintf(text + length, size - length, ")");
    assert_true(length < size);
}

/* ---- bits ---- */

/* NaNs are one: devices differ in their signs. */
static int same_part(const void *a, const void *b, clw_dtype dtype)
{
    const size_t bytes = dtype == CLW_F32 || dtype == CLW_C64 ? 4 : 8;
    float x, y;
    double u, v;
    if (memcmp(a, b, bytes) == 0)
        return 1;
    if (dtype == CLW_I64)
        return 0;
    memcpy(&x, a, 4);
    memcpy(&y, b, 4);
    memcpy(&u, a, bytes);
    memcpy(&v, b, bytes);
    return bytes == 4 ? x != x && y != y : u != u && v != v;
}

static void read_all(const clw_array *array, void *bits, size_t size)
{
    size_t bytes = clw_dtype_size(clw_array_dtype(array));
    for (int d = 0; d < clw_array_ndim(array); d++)
        bytes *= (size_t)clw_array_shape(array)[d];
    assert_true(bytes <= size);
    CHECK(clw_array_read(array, bits, bytes, &error));
}

/* Element of the single result that is stretched to this one of the fused shape. */
static int64_t stretched(const clw_array *single, const clw_array *fused, int64_t at)
{
    const int offset = clw_array_ndim(fused) - clw_array_ndim(single);
    int64_t from = 0, step = 1;
    for (int d = clw_array_ndim(fused) - 1; d > 0; d--) {
        const int64_t index = at % clw_array_shape(fused)[d];
        at /= clw_array_shape(fused)[d];
        if (d < offset)
            continue;
        const int64_t extent = clw_array_shape(single)[d - offset];
        from += extent == 1 ? 0 : index * step;
        step *= extent;
    }
    return from;
}

static unsigned long long first_bytes(const char *bits, size_t size)
{
    unsigned long long number = 0;
    memcpy(&number, bits, size < sizeof number ? size : sizeof number);
    return number;
}

static void compare(const struct expression *drawn, int number, clw_array *fused, const char *bits)
{
    static char wanted[MOST_ELEMENTS * 16];
    const clw_dtype dtype = clw_array_dtype(fused);
    const size_t size = clw_dtype_size(dtype);
    const int parts = dtype == CLW_C64 || dtype == CLW_C128 ? 2 : 1;
    clw_array *single = NULL;
    int64_t count = 1;
    CHECK(expression_cast(context, drawn->result, dtype, &single, &error));
    read_all(single, wanted, sizeof wanted);
    for (int d = 1; d < clw_array_ndim(fused); d++)
        count *= clw_array_shape(fused)[d];
    for (int64_t i = 0; i < count; i++) {
        const char *is = bits + (size_t)(number * count + i) * size;
        const char *right = wanted + (size_t)stretched(single, fused, i) * size;
        int same = 1;
        for (int part = 0; part < parts; part++)
            same &= same_part(is + (size_t)part * size / (size_t)parts,
                              right + (size_t)part * size / (size_t)parts, dtype);
        if (!same)
            print_error(
                "%s (%s): element %lld: the first 8 bytes are %016llx, one by one %016llx\n",
                drawn->text, clw_dtype_name(clw_array_dtype(drawn->result)), (long long)i,
                first_bytes(is, size), first_bytes(right, size));
        assert_true(same);
    }
    clw_array_release(single);
}

static void run_group(struct expression *group, int count, clw_dtype dtype)
{
    static char text[GROUP * (EXPRESSION_TEXT + 64)], bits[GROUP * MOST_ELEMENTS * 16];
    int32_t numbers[GROUP];
    clw_operand in[EXPRESSION_INPUTS + 1];
    clw_array *selector, *fused = NULL;
    for (int i = 0; i < GROUP; i++)
        numbers[i] = i;
    CHECK(clw_array_from_host(context, CLW_I32, CLW_SHAPE(GROUP, 1, 1, 1), NULL, numbers, &selector,
                              &error));
    write_group(group, count, dtype, text, sizeof text);
    clw_op *op = expression_op(text);
    const int nin = bind(op, selector, in);
    CHECK(clw_call(context, op, in, nin, &fused, 1, NULL, &error));
    read_all(fused, bits, sizeof bits);
    for (int i = 0; i < count; i++) {
        compare(&group[i], i, fused, bits);
        clw_array_release(group[i].result);
    }
    clw_array_release(fused);
    clw_array_release(selector);
    clw_op_release(op);
}

/* ---- inputs ---- */

static float draw_value(void)
{
    static const float special[] = {0, -0.0f, NAN, INFINITY, -INFINITY, 1e30f, -1e-30f, 65504};
    const int kind = below(8);
    if (kind == 0)
        return special[below(sizeof special / sizeof *special)];
    return kind < 5 ? (float)(below(24) - 6) : (float)below(1 << 24) / (1 << 21) - 3;
}

static void draw_input(clw_array **input, int ndim, const int64_t *full)
{
    static float values[MOST_ELEMENTS];
    int64_t shape[MOST_AXES] = {0};
    const int dropped = below(3) ? 0 : below(ndim + 1);
    for (int d = dropped; d < ndim; d++)
        shape[d - dropped] = below(4) ? full[d] : 1;
    for (int i = 0; i < MOST_ELEMENTS; i++)
        values[i] = draw_value();
    clw_array *drawn;
    CHECK(
        clw_array_from_host(context, CLW_F32, ndim - dropped, shape, NULL, values, &drawn, &error));
    clw_array_release(*input);
    *input = NULL;
    CHECK(expression_cast(context, drawn, choice.dtypes[below(4)], input, &error));
    clw_array_release(drawn);
}

static void draw_inputs(void)
{
    const int64_t full[MOST_AXES] = {1 + below(4), 1 + below(3), 1 + below(17)};
    const int ndim = below(MOST_AXES + 1);
    for (int i = 0; i < EXPRESSION_INPUTS; i++)
        draw_input(&inputs[i], ndim, full + MOST_AXES - ndim);
}

/* ---- the test ---- */

/* Groups of expressions, one for each dtype in which they can be compared. */
static struct group {
    clw_dtype dtype;
    int count;
    struct expression members[GROUP];
} groups[3];

static void finish_group(struct group *group)
{
    if (group->count)
        run_group(group->members, group->count, group->dtype);
    group->count = 0;
}

static void add_to_group(const struct expression *drawn)
{
    const clw_dtype dtype = widest(clw_array_dtype(drawn->result));
    const int is_complex = dtype == CLW_C64 || dtype == CLW_C128;
    struct group *group = &groups[dtype == CLW_I64 ? 0 : is_complex ? 1 : 2];
    group->dtype = dtype;
    group->members[group->count++] = *drawn;
    if (group->count == GROUP)
        finish_group(group);
}

static void try_expressions(long count)
{
    long failed = 0;
    for (long i = 0; i < count;) {
        struct expression drawn;
        if (!expression_draw(&drawn, &choice, &seed))
            continue;
        const int works = agree(&drawn);
        if (works)
            add_to_group(&drawn);
        i += works;
        failed += !works;
    }
    for (int i = 0; i < 3; i++)
        finish_group(&groups[i]);
    print_message("%ld expressions, beside %ld that both refuse\n", count, failed);
}

static void try_all(clw_promotion promotion)
{
    const char *words = getenv("CLWISE_CASES");
    long left = words ? atol(words) : 96;
    /* With many cases to come other inputs are drawn less often, for each new pattern is a new
     * kernel of each single op. */
    const long each = left > 4800 ? 480 : 48;
    clw_config config;
    clw_config_init(&config);
    config.promotion = promotion;
    clw_context_release(context);
    CHECK(clw_context_create(&config, &context, &error));
    choice_draw(&choice, &device, &seed);
    for (int i = 0; i < 3; i++)
        groups[i].count = 0;
    for (; left > 0; left -= each) {
        draw_inputs();
        try_expressions(left < each ? left : each);
    }
    for (int i = 0; i < EXPRESSION_INPUTS; i++) {
        clw_array_release(inputs[i]);
        inputs[i] = NULL;
    }
}

static void fill_in(const char *text, const char *word, char *filled, size_t size)
{
    size_t at = 0;
    for (; *text && at + strlen(word) + 1 < size; text++)
        at += (size_t)snprintf(filled + at, size - at, "%.*s", *text == '?' ? 40 : 1,
                               *text == '?' ? word : text);
}

/* A literal in the place of ? gives what an array full of it gives: compilers compute with
 * literals. */
static void try_literal(const char *text, const char *literal, float value)
{
    float filled[16], x[16], results[2][16];
    char names[2][64];
    clw_array *arrays[2], *result;
    for (int i = 0; i < 16; i++) {
        filled[i] = value;
        x[i] = draw_value();
    }
    for (int i = 0; i < 2; i++)
        CHECK(clw_array_from_host(context, CLW_F32, CLW_SHAPE(16), NULL, i ? filled : x, &arrays[i],
                                  &error));
    for (int i = 0; i < 2; i++)
        fill_in(text, i ? "y" : literal, names[i], sizeof names[i]);
    for (int i = 0; i < 2; i++) {
        result = NULL;
        CHECK(clw_eval(context, names[i], &result, &error, "x", arrays[0], i ? "y" : NULL,
                       arrays[1], NULL));
        read_all(result, results[i], sizeof results[i]);
        clw_array_release(result);
    }
    for (int i = 0; i < 16; i++)
        if (!same_part(&results[0][i], &results[1][i], CLW_F32))
            fail_msg("%s, x = %a: %a, of an array %a", names[0], (double)x[i],
                     (double)results[0][i], (double)results[1][i]);
    clw_array_release(arrays[0]);
    clw_array_release(arrays[1]);
}

static void test_literals(void **state)
{
    (void)state;
    static const char *const texts[] = {"floor(where(x == 7, x, ?))",
                                        "ceil(where(x == 7, x, ?))",
                                        "trunc(where(x == 7, x, ?))",
                                        "rint(where(x == 7, x, ?))",
                                        "x // ?",
                                        "? // x",
                                        "x % ?",
                                        "? % x",
                                        "fmod(x, ?)",
                                        "x ** ?",
                                        "? ** x",
                                        "atan2(x, ?)",
                                        "hypot(x, ?)",
                                        "exp(where(x == 7, x, ?))",
                                        "sin(where(x == 7, x, ?))",
                                        "log(where(x == 7, x, ?))"};
    static const struct {
        const char *text;
        float value;
    } values[] = {{"nan", NAN},    {"inf", INFINITY}, {"(-inf)", -INFINITY},
                  {"1e30", 1e30f}, {"2.5", 2.5f},     {"(-0.0)", -0.0f}};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        for (size_t k = 0; k < sizeof values / sizeof *values; k++)
            try_literal(texts[i], values[k].text, values[k].value);
}

static void test_numpy(void **state)
{
    (void)state;
    try_all(CLW_PROMOTION_NUMPY);
}

static void test_torch(void **state)
{
    (void)state;
    try_all(CLW_PROMOTION_TORCH);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_literals),
                                       cmocka_unit_test(test_numpy), cmocka_unit_test(test_torch)};
    seed = getenv("CLWISE_SEED") ? fixture_seed() : 1; /* the same kernels, kept on disk */
    context = fixture_context(NULL, &device);
    const int failed = cmocka_run_group_tests(tests, NULL, NULL);
    clw_context_release(context);
    return failed;
}
