/* The skeletons of GPUs, on whatever device there is: the same bytes as by the plain one, for
 * random shapes, layouts and dtypes. $CLWISE_CASES says how many. */
#include "tests/device/fixture.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_AXES = 3, MOST_ARRAYS = 5, MOST_ELEMENTS = 9000, MARGIN = 64 };
enum way { PLAIN, VECTORS, WIDE, WAYS };

static const char *const way_name[WAYS] = {"grid", "vectors", "vectors64"};
static clw_context *context[WAYS];
static clw_device_info info;
static clw_error error;
static uint64_t seed;

/* Two outputs, positions, an operand of another size. */
static const char places[] =
    "// places -- a value, and where it stands, for the tests\n"
    "//! op     places(x, z) -> value, place\n"
    "//! loop   u8 f32 -> f32 i64\n"
    "//! index  i : 0\n"
    "//! index  j : -1\n"
    "static inline void places(uchar x, float z, long i, long j, float *value, long *place)\n"
    "{\n"
    "    *value = z + x;\n"
    "    *place = 1000 * i + j;\n"
    "}\n";

static const struct sort {
    const char *op; /* NULL: places */
    int nin, nout;
    clw_dtype dtypes[MOST_ARRAYS]; /* inputs, then outputs */
} sorts[] = {
    {"copy", 1, 1, {CLW_U8, CLW_U8}},
    {"copy", 1, 1, {CLW_BF16, CLW_BF16}},
    {"add", 2, 1, {CLW_F32, CLW_F32, CLW_F32}},
    {"add", 2, 1, {CLW_F16, CLW_F16, CLW_F16}},
    {"add", 2, 1, {CLW_U8, CLW_I64, CLW_I64}},
    {"add", 2, 1, {CLW_BF16, CLW_F32, CLW_F32}},
    {"add", 2, 1, {CLW_I16, CLW_F64, CLW_F64}},
    {"multiply", 2, 1, {CLW_C64, CLW_F32, CLW_C64}},
    {"add", 2, 1, {CLW_C128, CLW_C128, CLW_C128}},
    {"less", 2, 1, {CLW_F16, CLW_I16, CLW_BOOL}},
    {"where", 3, 1, {CLW_BOOL, CLW_U32, CLW_U32, CLW_U32}},
    {"frexp", 1, 2, {CLW_F32, CLW_F32, CLW_I32}},
    {"exp", 1, 1, {CLW_F32, CLW_F32}},
    {NULL, 2, 2, {CLW_U8, CLW_F32, CLW_F32, CLW_I64}},
};

struct layout {
    clw_dtype dtype;
    int ndim;
    int64_t shape[MOST_AXES], strides[MOST_AXES], offset, bytes;
};

struct drawn {
    const struct sort *sort;
    int narrays, masked, in_place; /* the mask is the last; in place: output 0 is input 0 */
    struct layout layouts[MOST_ARRAYS + 1];
    unsigned char *memory[MOST_ARRAYS + 1];
};

static int64_t below(int64_t limit)
{
    return (int64_t)(fixture_random(&seed) % (uint64_t)limit);
}

/* ---- drawing ---- */

static void draw_shape(struct layout *full)
{
    static const int64_t extents[] = {0,  1,  2,  3,  5,  8,  15, 16, 17,
                                      31, 32, 33, 40, 64, 65, 96, 100};
    int64_t count = 1;
    full->ndim = (int)below(MOST_AXES + 1);
    for (int d = 0; d < full->ndim; d++) {
        const int64_t extent = extents[below(sizeof extents / sizeof *extents)];
        full->shape[d] = extent == 0 && below(3) ? 128 : extent;
        if (count * full->shape[d] > MOST_ELEMENTS)
            full->shape[d] = 2;
        count *= full->shape[d] ? full->shape[d] : 1;
    }
    if (full->ndim == 1 && below(2))
        full->shape[0] = below(MOST_ELEMENTS);
}

/* Axes in C order or turned round, gaps, either direction, addresses that suit vectors or do not.
 */
static void draw_strides(struct layout *layout)
{
    const int64_t item = (int64_t)clw_dtype_size(layout->dtype);
    const int turns = below(2) ? 0 : (int)below(MOST_AXES), any_direction = below(3) == 0;
    const int64_t odd = below(8) ? 0 : 1;
    int64_t reach = item, low = 0;
    for (int i = layout->ndim - 1; i >= 0; i--) {
        const int axis = (i + turns) % layout->ndim;
        const int64_t extent = layout->shape[axis] ? layout->shape[axis] : 1;
        const int64_t gaps[] = {0, 0, 0, 16, item, odd};
        reach += gaps[below(sizeof gaps / sizeof *gaps)];
        const int is_back = any_direction && below(2);
        layout->strides[axis] = is_back ? -reach : reach;
        low += is_back ? reach * (extent - 1) : 0;
        reach *= extent;
    }
    const int64_t shifts[] = {0, 0, 0, item, 2 * item, odd};
    layout->offset = MARGIN + low + shifts[below(sizeof shifts / sizeof *shifts)];
    layout->bytes = (MARGIN + reach + 2 * item + MARGIN) / item * item;
}

/* Some axes of an input are stretched or missing. */
static void narrow(struct layout *layout)
{
    const int missing = below(6) ? 0 : (int)below(layout->ndim + 1);
    layout->ndim -= missing;
    for (int d = 0; d < layout->ndim; d++)
        layout->shape[d] = below(6) ? layout->shape[d + missing] : 1;
}

/* Ordinary numbers: no NaN whose bits might change. */
static unsigned char *draw_bytes(const struct layout *layout)
{
    unsigned char *bytes = malloc((size_t)layout->bytes);
    assert_non_null(bytes);
    fixture_random_bytes(&seed, bytes, (size_t)layout->bytes);
    for (int64_t i = 0; i < layout->bytes; i++)
        bytes[i] = (unsigned char)(layout->dtype == CLW_BOOL ? bytes[i] & 1 : (bytes[i] & 31) + 32);
    return bytes;
}

static int lacks(const struct sort *sort)
{
    int lacking = 0;
    for (int i = 0; i < sort->nin + sort->nout; i++)
        lacking |= fixture_lacks(&info, sort->dtypes[i]);
    return lacking;
}

static void draw(struct drawn *drawn)
{
    struct layout full = {0};
    do
        drawn->sort = &sorts[below(sizeof sorts / sizeof *sorts)];
    while (lacks(drawn->sort));
    const struct sort *sort = drawn->sort;
    drawn->masked = below(4) == 0;
    drawn->in_place = sort->dtypes[0] == sort->dtypes[sort->nin] && below(5) == 0;
    drawn->narrays = sort->nin + sort->nout + drawn->masked;
    do
        draw_shape(&full);
    while (!sort->op && full.ndim == 0); /* it counts along an axis */
    for (int k = 0; k < drawn->narrays; k++) {
        const int is_output = k >= sort->nin && k < sort->nin + sort->nout;
        struct layout *layout = &drawn->layouts[k];
        *layout = full;
        layout->dtype = k < sort->nin + sort->nout ? sort->dtypes[k] : CLW_BOOL;
        if (!is_output && !(k == 0 && drawn->in_place))
            narrow(layout);
        draw_strides(layout);
        drawn->memory[k] = draw_bytes(layout);
    }
}

/* ---- running ---- */

static const clw_op *op_of(const struct sort *sort, enum way way, clw_op **own)
{
    *own = NULL;
    if (sort->op)
        return fixture_op(context[way], sort->op);
    CHECK(clw_op_define(context[way], places, own, &error));
    return *own;
}

/* All bytes of all arrays' memory after the call, one array behind the other. */
static unsigned char *run(const struct drawn *drawn, enum way way)
{
    const struct sort *sort = drawn->sort;
    clw_array *bases[MOST_ARRAYS + 1] = {NULL}, *views[MOST_ARRAYS + 1] = {NULL};
    clw_operand in[MOST_ARRAYS];
    clw_call_options options;
    clw_op *own;
    int64_t total = 0;
    clw_call_options_init(&options);
    for (int k = 0; k < drawn->narrays; k++) {
        const struct layout *layout = &drawn->layouts[k];
        bases[k] = fixture_vector(context[way], layout->dtype,
                                  layout->bytes / (int64_t)clw_dtype_size(layout->dtype),
                                  drawn->memory[k]);
        CHECK(clw_array_view(bases[k], layout->ndim, layout->shape, layout->strides, layout->offset,
                             &views[k], &error));
        total += layout->bytes;
    }
    for (int i = 0; i < sort->nin; i++)
        in[i] = CLW_ARRAY(views[i]);
    clw_array *out[MOST_ARRAYS];
    for (int i = 0; i < sort->nout; i++)
        out[i] = views[i == 0 && drawn->in_place ? 0 : sort->nin + i];
    options.where = drawn->masked ? views[sort->nin + sort->nout] : NULL;
    CHECK(clw_call(context[way], op_of(sort, way, &own), in, sort->nin, out, sort->nout, &options,
                   &error));
    unsigned char *result = malloc((size_t)total);
    assert_non_null(result);
    for (int64_t k = 0, at = 0; k < drawn->narrays; at += drawn->layouts[k++].bytes)
        CHECK(clw_array_read(bases[k], result + at, (size_t)drawn->layouts[k].bytes, &error));
    for (int k = 0; k < drawn->narrays; k++) {
        clw_array_release(views[k]);
        clw_array_release(bases[k]);
    }
    clw_op_release(own);
    return result;
}

static void describe(const struct drawn *drawn, enum way way)
{
    print_error("%s%s%s: other bytes by %s than by %s\n",
                drawn->sort->op ? drawn->sort->op : "places", drawn->masked ? ", masked" : "",
                drawn->in_place ? ", in place" : "", way_name[way], way_name[PLAIN]);
    for (int k = 0; k < drawn->narrays; k++) {
        const struct layout *layout = &drawn->layouts[k];
        print_error("  %s at %lld:", clw_dtype_name(layout->dtype), (long long)layout->offset);
        for (int d = 0; d < layout->ndim; d++)
            print_error(" %lldx%lld", (long long)layout->shape[d], (long long)layout->strides[d]);
        print_error("\n");
    }
}

static void test_same_bytes(void **state)
{
    (void)state;
    const char *text = getenv("CLWISE_CASES");
    const int cases = text ? atoi(text) : 24;
    int failed = 0;
    seed = fixture_seed();
    for (int i = 0; i < cases; i++) {
        struct drawn drawn;
        const enum way way = i % 3 == 2 ? WIDE : VECTORS;
        int64_t total = 0;
        draw(&drawn);
        unsigned char *wanted = run(&drawn, PLAIN), *got = run(&drawn, way);
        for (int k = 0; k < drawn.narrays; k++)
            total += drawn.layouts[k].bytes;
        if (memcmp(wanted, got, (size_t)total) != 0 && failed++ < 5)
            describe(&drawn, way);
        for (int k = 0; k < drawn.narrays; k++)
            free(drawn.memory[k]);
        free(wanted);
        free(got);
    }
    print_message("%d random calls, %d failed\n", cases, failed);
    assert_int_equal(failed, 0);
}

/* ---- which one is chosen ---- */

static const struct choice {
    clw_dtype dtype;
    int64_t shape[2], strides[2], offset; /* of the operand, in elements; the result is new */
    const char *words;                    /* of the key */
} choices[] = {
    {CLW_F32, {1, 1000}, {0, 1}, 0, "|r1|i32|vectors|x:1 y:1"},
    {CLW_F32, {1, 1}, {1, 1}, 0, "|r1|i32|vectors|x:1 y:1"},
    {CLW_F32, {1, 1000}, {0, 1}, 1, "|r1|i32|strides|x:1 y:1"},
    {CLW_F32, {1, 1000}, {0, 1}, 4, "|r1|i32|vectors|x:1 y:1"},
    {CLW_F64, {1, 1000}, {0, 1}, 2, "|r1|i32|vectors|x:1 y:1"},
    {CLW_U8, {1, 1000}, {0, 1}, 4, "|r1|i32|strides|x:1 y:1"},
    {CLW_U8, {1, 1000}, {0, 1}, 8, "|r1|i32|vectors|x:1 y:1"},
    {CLW_F32, {1, 1000}, {0, 2}, 0, "|r1|i32|strides|x:s y:1"},
    {CLW_F32, {50, 40}, {48, 1}, 0, "|r2|i32|vectors|x:s1 y:s1"},
    {CLW_F32, {50, 40}, {47, 1}, 0, "|r2|i32|strides|x:s1 y:s1"},
    {CLW_F32, {50, 40}, {1, 0}, 0, "|r2|i32|vectors|x:10 y:s1"},
    {CLW_F32, {50, 41}, {44, 1}, 0, "|r2|i32|strides|x:s1 y:s1"},
    {CLW_F32, {50, 40}, {1, 50}, 0, "|r2|i32|local|x:1t y:s1"},
    {CLW_F32, {50, 15}, {1, 50}, 0, "|r2|i32|strides|x:1s y:s1"},
    {CLW_F32, {50, 40}, {1, 0}, 1, "|r2|i32|vectors|x:10 y:s1"},
};

static void test_choice(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof choices / sizeof *choices; i++) {
        const struct choice *choice = &choices[i];
        const int64_t item = (int64_t)clw_dtype_size(choice->dtype);
        const int64_t strides[2] = {choice->strides[0] * item, choice->strides[1] * item};
        static const double zeros[4096];
        if (fixture_lacks(&info, choice->dtype))
            continue;
        clw_array *base = fixture_vector(context[VECTORS], choice->dtype, 4096, zeros);
        clw_array *view = NULL, *none = NULL;
        clw_plan *plan = NULL;
        CHECK(
            clw_array_view(base, 2, choice->shape, strides, choice->offset * item, &view, &error));
        CHECK(clw_plan_create(context[VECTORS], fixture_op(context[VECTORS], "positive"),
                              (clw_operand[]){CLW_ARRAY(view)}, 1, &none, 1, NULL, &plan, &error));
        if (!strstr(clw_plan_key(plan), choice->words))
            fail_msg("row %zu: key %s has no %s", i, clw_plan_key(plan), choice->words);
        clw_plan_destroy(plan);
        clw_array_release(view);
        clw_array_release(base);
    }
}

static void test_unknown_name(void **state)
{
    (void)state;
    clw_context *none = NULL;
    setenv("CLWISE_SKELETON", "vector", 1);
    REFUSED(CLW_ERROR_ARGUMENT, clw_context_create(NULL, &none, &error));
    unsetenv("CLWISE_SKELETON");
    fixture_says(&error, "CLWISE_SKELETON is \"vector\"; it may be runs, grid,");
    assert_null(none);
}

static int start(void **state)
{
    (void)state;
    for (int way = 0; way < WAYS; way++) {
        setenv("CLWISE_SKELETON", way_name[way], 1);
        context[way] = fixture_bare_context(NULL, &info); /* a byte too far is seen */
    }
    unsetenv("CLWISE_SKELETON");
    return 0;
}

static int stop(void **state)
{
    (void)state;
    for (int way = 0; way < WAYS; way++)
        clw_context_release(context[way]);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_same_bytes),
                                       cmocka_unit_test(test_choice),
                                       cmocka_unit_test(test_unknown_name)};
    return cmocka_run_group_tests(tests, start, stop);
}
