/* Random layouts through clw_call: broadcast, permuted, reversed, sparse, unaligned, overlapping
 * and masked operands against sums computed here, inputs copied first. $CLWISE_CASES says how many.
 */
#include "tests/device/fixture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MEMORY = 1 << 16, MOST_AXES = 6, MOST_ELEMENTS = 2000, OPERANDS = 4 };
enum { INPUT_A, INPUT_B, MASK, OUTPUT };

static clw_context *context;
static clw_error error;
static uint64_t seed;

static const clw_dtype dtypes[] = {CLW_U8, CLW_I16, CLW_U32, CLW_I64};

struct layout {
    int ndim;
    int64_t shape[MOST_AXES], strides[MOST_AXES], offset;
};

struct random_case {
    clw_dtype dtype;
    struct layout operands[OPERANDS];
    int memory[OPERANDS]; /* which of the two memories the operand lies in */
    int masked;
};

static int64_t below(int64_t limit)
{
    return (int64_t)(fixture_random(&seed) % (uint64_t)limit);
}

/* ---- drawing ---- */

static void draw_shape(struct layout *full)
{
    int64_t count = 1;
    full->ndim = (int)below(MOST_AXES + 1);
    for (int d = 0; d < full->ndim; d++) {
        full->shape[d] = 1 + below(below(4) ? 5 : 40);
        if (count * full->shape[d] > MOST_ELEMENTS)
            full->shape[d] = 1;
        count *= full->shape[d];
    }
}

/* Strides of a random order of axes with gaps and signs; element 0 so that all lie in the memory.
 * 0 if they do not fit. */
static int draw_strides(struct layout *layout, int64_t item, int may_repeat)
{
    int order[MOST_AXES];
    int64_t reach = item, low = 0, high = item;
    const int unaligned = below(8) == 0;
    for (int d = 0; d < layout->ndim; d++)
        order[d] = d;
    for (int d = layout->ndim - 1; d > 0 && below(2); d--) {
        const int other = (int)below(d + 1), kept = order[d];
        order[d] = order[other];
        order[other] = kept;
    }
    for (int d = layout->ndim - 1; d >= 0; d--) {
        const int axis = order[d];
        const int64_t gap = below(4) ? 0 : below(3) * item + (unaligned ? below(3) : 0);
        int64_t stride = reach + gap;
        if (may_repeat && below(10) == 0)
            stride = 0;
        else
            reach = stride * layout->shape[axis];
        layout->strides[axis] = below(3) ? stride : -stride;
        const int64_t span = layout->strides[axis] * (layout->shape[axis] - 1);
        low += span < 0 ? span : 0;
        high += span > 0 ? span : 0;
    }
    if (high - low > MEMORY - 64)
        return 0;
    layout->offset = -low + below(3) * item + (unaligned ? below(3) : 0);
    return 1;
}

/* Some axes of an input are stretched or missing. */
static void narrow(const struct layout *full, struct layout *operand)
{
    const int dropped = below(4) ? 0 : (int)below(full->ndim + 1);
    operand->ndim = full->ndim - dropped;
    for (int d = 0; d < operand->ndim; d++)
        operand->shape[d] = below(5) ? full->shape[d + dropped] : 1;
}

static int draw(struct random_case *drawn)
{
    struct layout full;
    drawn->dtype = dtypes[below(sizeof dtypes / sizeof *dtypes)];
    drawn->masked = below(5) == 0;
    draw_shape(&full);
    for (int k = 0; k < OPERANDS; k++) {
        const int64_t item = k == MASK ? 1 : (int64_t)clw_dtype_size(drawn->dtype);
        drawn->operands[k] = full;
        if (k != OUTPUT)
            narrow(&full, &drawn->operands[k]);
        if (!draw_strides(&drawn->operands[k], item, k != OUTPUT))
            return 0;
        drawn->memory[k] = k == MASK ? 1 : (int)below(2);
    }
    return 1;
}

/* ---- what is right ---- */

/* Byte of an operand's element at an index of the output. */
static int64_t element_at(const struct layout *operand, const struct layout *full,
                          const int64_t *index)
{
    int64_t at = operand->offset;
    for (int d = 0; d < operand->ndim; d++)
        if (operand->shape[d] > 1)
            at += index[d + full->ndim - operand->ndim] * operand->strides[d];
    return at;
}

static int next(const struct layout *full, int64_t *index)
{
    for (int d = full->ndim - 1; d >= 0; d--) {
        if (++index[d] < full->shape[d])
            return 1;
        index[d] = 0;
    }
    return 0;
}

/* memory[1] holds mask bytes too: any byte but 0 is true. */
static void compute(const struct random_case *drawn, unsigned char *const before[2],
                    unsigned char *const after[2])
{
    const struct layout *full = &drawn->operands[OUTPUT];
    const size_t size = clw_dtype_size(drawn->dtype);
    int64_t index[MOST_AXES] = {0};
    do {
        uint64_t a = 0, b = 0;
        const int64_t y = element_at(full, full, index);
        if (drawn->masked && !before[1][element_at(&drawn->operands[MASK], full, index)])
            continue;
        memcpy(&a,
               before[drawn->memory[INPUT_A]] + element_at(&drawn->operands[INPUT_A], full, index),
               size);
        memcpy(&b,
               before[drawn->memory[INPUT_B]] + element_at(&drawn->operands[INPUT_B], full, index),
               size);
        a += b;
        memcpy(after[drawn->memory[OUTPUT]] + y, &a, size);
    } while (next(full, index));
}

/* ---- what the library does ---- */

static clw_array *view(const clw_array *base, const struct layout *layout)
{
    clw_array *array = NULL;
    CHECK(clw_array_view(base, layout->ndim, layout->shape, layout->strides, layout->offset, &array,
                         &error));
    return array;
}

/* Arrays of another dtype over one memory: the memory is wrapped once for each. */
static clw_array *wrap(clw_dtype dtype, unsigned char *memory)
{
    clw_array *array = NULL;
    const int64_t count = MEMORY / (int64_t)clw_dtype_size(dtype);
    CHECK(clw_array_wrap_host(context, dtype, CLW_SHAPE(count), NULL, memory, MEMORY, NULL, NULL,
                              &array, &error));
    return array;
}

static void call(const struct random_case *drawn, unsigned char *const memory[2])
{
    clw_array *bases[2] = {wrap(drawn->dtype, memory[0]), wrap(drawn->dtype, memory[1])};
    clw_array *mask_base = wrap(CLW_BOOL, memory[1]);
    clw_array *a = view(bases[drawn->memory[INPUT_A]], &drawn->operands[INPUT_A]);
    clw_array *b = view(bases[drawn->memory[INPUT_B]], &drawn->operands[INPUT_B]);
    clw_array *y = view(bases[drawn->memory[OUTPUT]], &drawn->operands[OUTPUT]);
    clw_array *mask = view(mask_base, &drawn->operands[MASK]);
    const clw_operand in[] = {CLW_ARRAY(a), CLW_ARRAY(b)};
    clw_call_options options;
    clw_call_options_init(&options);
    options.where = drawn->masked ? mask : NULL;
    CHECK(clw_call(context, fixture_op(context, "add"), in, 2, &y, 1, &options, &error));
    for (int m = 0; m < 2; m++)
        CHECK(clw_array_read(bases[m], memory[m], MEMORY, &error));
    clw_array *const all[] = {mask, y, b, a, mask_base, bases[1], bases[0]};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        clw_array_release(all[i]);
}

static void describe(const struct random_case *drawn)
{
    static const char *const names[] = {"a", "b", "where", "y"};
    print_error("%s%s\n", clw_dtype_name(drawn->dtype), drawn->masked ? ", masked" : "");
    for (int k = 0; k < OPERANDS; k++) {
        const struct layout *layout = &drawn->operands[k];
        print_error("  %s in memory %d at %lld:", names[k], drawn->memory[k],
                    (long long)layout->offset);
        for (int d = 0; d < layout->ndim; d++)
            print_error(" %lldx%lld", (long long)layout->shape[d], (long long)layout->strides[d]);
        print_error("\n");
    }
}

/* Where the device does not share memory, two wraps of one memory are two memories: then the mask
 * must not lie in the output. */
static void test_layouts(void **state)
{
    (void)state;
    static unsigned char memory[2][MEMORY], before[2][MEMORY], wanted[2][MEMORY];
    const char *text = getenv("CLWISE_CASES");
    const int cases = text ? atoi(text) : 60;
    int failed = 0, run = 0;
    seed = fixture_seed();
    while (run < cases) {
        struct random_case drawn;
        if (!draw(&drawn))
            continue;
        if (drawn.masked)
            drawn.memory[OUTPUT] = 0;
        run++;
        for (int m = 0; m < 2; m++) {
            fixture_random_bytes(&seed, before[m], MEMORY);
            memcpy(wanted[m], before[m], MEMORY);
            memcpy(memory[m], before[m], MEMORY);
        }
        compute(&drawn, (unsigned char *const[]){before[0], before[1]},
                (unsigned char *const[]){wanted[0], wanted[1]});
        call(&drawn, (unsigned char *const[]){memory[0], memory[1]});
        if ((memcmp(memory[0], wanted[0], MEMORY) || memcmp(memory[1], wanted[1], MEMORY)) &&
            failed++ < 5)
            describe(&drawn);
    }
    print_message("%d random layouts, %d failed\n", run, failed);
    assert_int_equal(failed, 0);
}

static int start(void **state)
{
    (void)state;
    context = fixture_context(NULL, NULL);
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
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_layouts)};
    return cmocka_run_group_tests(tests, start, stop);
}
