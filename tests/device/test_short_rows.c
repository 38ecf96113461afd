/* Innermost axes of a few elements, as channels of pixels: operands that lie in any order, are
 * broadcast along the axis or the rows, sliced or turned round, chosen from by a mask and compared
 * byte by byte, with what must not be touched around them. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/api/objects.h"
#include "tests/device/fixture.h"

enum { AXES = 3, MARGIN = 64, CASES = 100 };
/* Arrays of a case: y = where(CHOICE, FIRST, SECOND), perhaps only where MASK. */
enum { CHOICE, FIRST, SECOND, MASK, OUTPUT, ARRAYS };

static clw_context *context;
static clw_device_info info;
static clw_error error;
static uint64_t seed;

static const clw_dtype dtypes[] = {CLW_U8,  CLW_I16, CLW_F16, CLW_F32,
                                   CLW_I64, CLW_F64, CLW_C64, CLW_C128};

/* How an array lies: the order of its axes, outermost first, which of them it has, elements between
 * its rows, and axes that it walks backwards. */
static const struct lie {
    const char *name;
    int order[AXES], has[AXES], padding, backwards;
} lies[] = {
    {"dense", {0, 1, 2}, {1, 1, 1}, 0, 0},     {"planes", {0, 2, 1}, {1, 1, 1}, 0, 0},
    {"sliced", {0, 1, 2}, {1, 1, 1}, 3, 0},    {"outermost", {2, 0, 1}, {1, 1, 1}, 0, 0},
    {"of rows", {0, 1, 2}, {1, 1, 0}, 0, 0},   {"of columns", {0, 1, 2}, {0, 0, 1}, 0, 0},
    {"of layers", {0, 1, 2}, {1, 0, 1}, 0, 0}, {"one a layer", {0, 1, 2}, {1, 0, 0}, 0, 0},
    {"turned", {0, 1, 2}, {1, 1, 1}, 0, 4},    {"upside down", {0, 1, 2}, {1, 1, 1}, 0, 2},
};
enum { LIES = sizeof lies / sizeof *lies, WHOLE_LIES = 4 };

static int below(int count)
{
    return (int)(fixture_random(&seed) % (uint64_t)count);
}

struct array {
    const struct lie *lie;
    int64_t item, begin, bytes, strides[AXES];
    unsigned char *memory;
    clw_array *base, *view;
};

static void place(struct array *array, const int64_t *shape)
{
    const struct lie *lie = array->lie;
    int64_t reach = array->item;
    array->begin = MARGIN * array->item;
    for (int at = AXES - 1; at >= 0; at--) {
        const int axis = lie->order[at];
        array->strides[axis] = lie->has[axis] ? reach : 0;
        if (!lie->has[axis])
            continue;
        if (lie->backwards >> axis & 1) {
            array->strides[axis] = -reach;
            array->begin += reach * (shape[axis] - 1);
        }
        reach *= shape[axis];
        reach += at == AXES - 1 ? lie->padding * array->item : 0;
    }
    array->bytes = reach + 2 * MARGIN * array->item;
}

static void open_array(struct array *array, clw_dtype dtype, const int64_t *shape)
{
    array->item = (int64_t)clw_dtype_size(dtype);
    place(array, shape);
    array->memory = malloc((size_t)array->bytes);
    assert_non_null(array->memory);
    fixture_random_bytes(&seed, array->memory, (size_t)array->bytes);
    for (int64_t i = 0; i < array->bytes; i++)
        array->memory[i] = (unsigned char)(dtype == CLW_BOOL ? array->memory[i] & 1
                                                             : (array->memory[i] & 31) + 32);
    array->base = fixture_vector(context, dtype, array->bytes / array->item, array->memory);
    CHECK(clw_array_view(array->base, AXES, shape, array->strides, array->begin, &array->view,
                         &error));
}

static void close_array(struct array *array)
{
    clw_array_release(array->view);
    clw_array_release(array->base);
    free(array->memory);
}

static unsigned char *element(const struct array *array, const int64_t *index)
{
    int64_t at = array->begin;
    for (int d = 0; d < AXES; d++)
        at += index[d] * array->strides[d];
    return array->memory + at;
}

/* The output's memory as it must be. */
static void choose_here(struct array *arrays, const int64_t *shape, int is_masked)
{
    int64_t index[AXES];
    for (index[0] = 0; index[0] < shape[0]; index[0]++)
        for (index[1] = 0; index[1] < shape[1]; index[1]++)
            for (index[2] = 0; index[2] < shape[2]; index[2]++)
                if (!is_masked || *element(&arrays[MASK], index))
                    memcpy(
                        element(&arrays[OUTPUT], index),
                        element(&arrays[*element(&arrays[CHOICE], index) ? FIRST : SECOND], index),
                        (size_t)arrays[OUTPUT].item);
}

static void check_output(const struct array *arrays, clw_dtype dtype, const int64_t *shape,
                         int is_masked)
{
    const struct array *const output = &arrays[OUTPUT];
    unsigned char *const got = malloc((size_t)output->bytes);
    assert_non_null(got);
    CHECK(clw_array_read(output->base, got, (size_t)output->bytes, &error));
    if (memcmp(got, output->memory, (size_t)output->bytes) != 0)
        fail_msg("%s, %lld x %lld x %lld: choice %s, first %s, second %s, output %s%s%s",
                 clw_dtype_name(dtype), (long long)shape[0], (long long)shape[1],
                 (long long)shape[2], arrays[CHOICE].lie->name, arrays[FIRST].lie->name,
                 arrays[SECOND].lie->name, output->lie->name, is_masked ? ", mask " : "",
                 is_masked ? arrays[MASK].lie->name : "");
    free(got);
}

static void check_case(clw_dtype dtype)
{
    const int64_t shape[AXES] = {1 + below(3), below(5) ? 60 + below(900) : 1 + below(70),
                                 2 + below(below(2) ? 3 : 16)};
    const int is_masked = below(4) == 0;
    struct array arrays[ARRAYS];
    clw_call_options options;
    if (context->device.target.skeleton == SKELETON_RUNS)
        profile_set(&context->device.profile, PROFILE_STREAMED, below(2) ? 1 : PROFILE_NEVER);
    for (int k = 0; k < ARRAYS; k++) {
        arrays[k].lie = &lies[k == OUTPUT ? below(2) * below(WHOLE_LIES) : below(LIES)];
        open_array(&arrays[k], k == CHOICE || k == MASK ? CLW_BOOL : dtype, shape);
    }
    clw_call_options_init(&options);
    options.where = is_masked ? arrays[MASK].view : NULL;
    CHECK(clw_call(context, fixture_op(context, "where"),
                   (clw_operand[]){CLW_ARRAY(arrays[CHOICE].view), CLW_ARRAY(arrays[FIRST].view),
                                   CLW_ARRAY(arrays[SECOND].view)},
                   3, &arrays[OUTPUT].view, 1, &options, &error));
    choose_here(arrays, shape, is_masked);
    check_output(arrays, dtype, shape, is_masked);
    for (int k = 0; k < ARRAYS; k++)
        close_array(&arrays[k]);
}

static void test_short_rows(void **state)
{
    (void)state;
    seed = fixture_seed();
    context = fixture_context(NULL, &info);
    for (int i = 0; i < CASES; i++) {
        const clw_dtype dtype = dtypes[i % (int)(sizeof dtypes / sizeof *dtypes)];
        if (!fixture_lacks(&info, dtype))
            check_case(dtype);
    }
    clw_context_release(context);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_short_rows)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
