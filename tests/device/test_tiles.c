/* Operands whose fast axis is another than the output's: every dtype, tiles and what is left of
 * them, either direction, steps, a mask; copied, and compared byte by byte. */
#include "tests/device/fixture.h"

#include <stdlib.h>
#include <string.h>

enum { AXES = 3, PADDING = 5, OPERANDS = 3 };
enum { INPUT, MASK, OUTPUT };

static clw_context *context;
static clw_device_info info;
static clw_error error;
static uint64_t seed;

static const clw_dtype dtypes[] = {CLW_BOOL, CLW_U8,  CLW_I16, CLW_F16, CLW_F32,
                                   CLW_I64,  CLW_F64, CLW_C64, CLW_C128};
static const int64_t shapes[][AXES] = {{1, 64, 256}, {2, 65, 257}, {1, 31, 300}, {3, 39, 70},
                                       {2, 8, 16},   {33, 3, 17},  {17, 2, 130}, {1, 2, 4099},
                                       {2, 300, 3},  {515, 1, 4}};
/* The axes of an operand, outermost first. */
static const int orders[][AXES] = {{0, 2, 1}, {2, 1, 0}, {1, 2, 0}, {0, 1, 2}};

struct operand {
    int64_t strides[AXES], begin, bytes;
    unsigned char *memory;
    clw_array *base, *view;
};

/* Axes in the order given; `step` elements between neighbours along the last of them, rows apart by
 * PADDING elements, the axes of the bits in `backwards` in the other direction. */
static void place(struct operand *operand, const int64_t *shape, const int *order, int64_t item,
                  int64_t step, int backwards)
{
    int64_t reach = item * step;
    operand->begin = item;
    for (int place = AXES - 1; place >= 0; place--) {
        const int axis = order[place];
        const int is_back = backwards >> axis & 1;
        operand->strides[axis] = is_back ? -reach : reach;
        operand->begin += is_back ? reach * (shape[axis] - 1) : 0;
        reach *= shape[axis];
        reach += place == AXES - 1 ? PADDING * item : 0;
    }
    operand->bytes = reach + 2 * item;
}

/* Bytes of ordinary numbers: no NaN whose bits might change. */
static void open_operand(struct operand *operand, clw_dtype dtype, const int64_t *shape)
{
    const int64_t count = operand->bytes / (int64_t)clw_dtype_size(dtype);
    operand->memory = malloc((size_t)operand->bytes);
    assert_non_null(operand->memory);
    fixture_random_bytes(&seed, operand->memory, (size_t)operand->bytes);
    for (int64_t i = 0; i < operand->bytes; i++)
        operand->memory[i] = (unsigned char)(dtype == CLW_BOOL ? operand->memory[i] & 1
                                                               : (operand->memory[i] & 31) + 32);
    operand->base = fixture_vector(context, dtype, count, operand->memory);
    CHECK(clw_array_view(operand->base, AXES, shape, operand->strides, operand->begin,
                         &operand->view, &error));
}

static void close_operand(struct operand *operand)
{
    clw_array_release(operand->view);
    clw_array_release(operand->base);
    free(operand->memory);
}

static int64_t byte_at(const struct operand *operand, const int64_t *index)
{
    int64_t at = operand->begin;
    for (int d = 0; d < AXES; d++)
        at += index[d] * operand->strides[d];
    return at;
}

/* The output's memory as it must be. */
static void copy_here(struct operand *operands, const int64_t *shape, size_t item, int masked)
{
    int64_t index[AXES];
    for (index[0] = 0; index[0] < shape[0]; index[0]++)
        for (index[1] = 0; index[1] < shape[1]; index[1]++)
            for (index[2] = 0; index[2] < shape[2]; index[2]++)
                if (!masked || operands[MASK].memory[byte_at(&operands[MASK], index)])
                    memcpy(operands[OUTPUT].memory + byte_at(&operands[OUTPUT], index),
                           operands[INPUT].memory + byte_at(&operands[INPUT], index), item);
}

static void check_case(clw_dtype dtype, const int64_t *shape, const int *order, int masked)
{
    static const int rows[AXES] = {0, 1, 2};
    struct operand operands[OPERANDS];
    clw_call_options options;
    const int64_t item = (int64_t)clw_dtype_size(dtype);
    const int backwards = (int)(fixture_random(&seed) % 8);
    const int64_t step = fixture_random(&seed) % 4 ? 1 : 2;
    place(&operands[INPUT], shape, order, item, step, backwards);
    place(&operands[MASK], shape, orders[fixture_random(&seed) % 2], 1, 1, backwards);
    place(&operands[OUTPUT], shape, rows, item, 1, 0);
    for (int k = 0; k < OPERANDS; k++)
        open_operand(&operands[k], k == MASK ? CLW_BOOL : dtype, shape);
    clw_call_options_init(&options);
    options.where = masked ? operands[MASK].view : NULL;
    CHECK(clw_call(context, fixture_op(context, "copy"),
                   (clw_operand[]){CLW_ARRAY(operands[INPUT].view)}, 1, &operands[OUTPUT].view, 1,
                   &options, &error));
    copy_here(operands, shape, (size_t)item, masked);
    unsigned char *got = malloc((size_t)operands[OUTPUT].bytes);
    assert_non_null(got);
    CHECK(clw_array_read(operands[OUTPUT].base, got, (size_t)operands[OUTPUT].bytes, &error));
    if (memcmp(got, operands[OUTPUT].memory, (size_t)operands[OUTPUT].bytes) != 0)
        fail_msg("%s, %lld x %lld x %lld, axes %d %d %d, step %lld, backwards %d%s",
                 clw_dtype_name(dtype), (long long)shape[0], (long long)shape[1],
                 (long long)shape[2], order[0], order[1], order[2], (long long)step, backwards,
                 masked ? ", masked" : "");
    free(got);
    for (int k = 0; k < OPERANDS; k++)
        close_operand(&operands[k]);
}

static void test_tiles(void **state)
{
    (void)state;
    seed = fixture_seed();
    context = fixture_context(NULL, &info);
    for (size_t t = 0; t < sizeof dtypes / sizeof *dtypes; t++)
        for (size_t s = 0; !fixture_lacks(&info, dtypes[t]) && s < sizeof shapes / sizeof *shapes;
             s++)
            for (size_t o = 0; o < sizeof orders / sizeof *orders; o++)
                check_case(dtypes[t], shapes[s], orders[o], fixture_random(&seed) % 4 == 0);
    clw_context_release(context);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_tiles)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
