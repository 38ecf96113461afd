/* A sample of every op in every pattern of operands: for each op some of its loops, on contiguous
 * operands and on the same values in rows, columns, reversed, spread out, broadcast, unaligned and
 * masked. The results must have the same bits. Made for devices that check every access. */
#include "tests/device/fixture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ROWS = 3, COLUMNS = 5, ELEMENTS = ROWS * COLUMNS, MOST = 16, WIDE = 16, ROOM = 8192 };

static clw_context *context;
static clw_device_info device;
static clw_error error;

/* How an operand lies in memory. */
enum pattern { PLAIN, COLUMN_ORDER, REVERSED, SPREAD, UNALIGNED, PATTERN_COUNT };

static void strides_of(enum pattern pattern, int64_t size, int64_t strides[2], int64_t *offset)
{
    const int64_t all[PATTERN_COUNT][3] = {
        [PLAIN] = {COLUMNS * size, size, 0},
        [COLUMN_ORDER] = {size, ROWS * size, 0},
        [REVERSED] = {-COLUMNS * size, -size, (ELEMENTS - 1) * size},
        [SPREAD] = {3 * COLUMNS * size, 2 * size, size},
        [UNALIGNED] = {COLUMNS * (size + 1), size + 1, 1},
    };
    strides[0] = all[pattern][0];
    strides[1] = all[pattern][1];
    *offset = all[pattern][2];
}

static clw_array *lay_out(clw_dtype dtype, enum pattern pattern)
{
    clw_array *base = NULL, *array = NULL;
    static unsigned char zeros[ROOM];
    int64_t strides[2], offset;
    strides_of(pattern, (int64_t)clw_dtype_size(dtype), strides, &offset);
    const int64_t count = ROOM / (int64_t)clw_dtype_size(dtype);
    CHECK(clw_array_from_host(context, dtype, CLW_SHAPE(count), NULL, zeros, &base, &error));
    CHECK(clw_array_view(base, CLW_SHAPE(ROWS, COLUMNS), strides, offset, &array, &error));
    clw_array_release(base);
    return array;
}

/* Small numbers of both signs, as any dtype: made by casting f32. */
static void fill(clw_dtype dtype, int input, unsigned char *elements)
{
    float numbers[ELEMENTS];
    clw_array *floats = NULL, *array = NULL;
    clw_call_options options;
    clw_call_options_init(&options);
    options.casting = CLW_CASTING_UNSAFE;
    for (int i = 0; i < ELEMENTS; i++)
        numbers[i] = (float)((i * 7 + input * 5) % 13 - 4) / 2;
    CHECK(clw_array_from_host(context, CLW_F32, CLW_SHAPE(ROWS, COLUMNS), NULL, numbers, &floats,
                              &error));
    CHECK(clw_array_empty(context, dtype, CLW_SHAPE(ROWS, COLUMNS), &array, &error));
    const clw_operand in = CLW_ARRAY(floats);
    CHECK(clw_call(context, fixture_op(context, "copy"), &in, 1, &array, 1, &options, &error));
    CHECK(clw_array_read(array, elements, ELEMENTS * clw_dtype_size(dtype), &error));
    clw_array_release(array);
    clw_array_release(floats);
}

/* One call with all operands in a pattern; results in C order. */
static void call(const clw_op *op, const clw_dtype *dtypes,
                 unsigned char (*inputs)[ELEMENTS * WIDE], enum pattern pattern,
                 unsigned char (*results)[ELEMENTS * WIDE])
{
    const int nin = clw_op_input_count(op), nout = clw_op_output_count(op);
    clw_operand in[MOST];
    clw_array *arrays[MOST], *out[MOST];
    for (int i = 0; i < nin; i++) {
        arrays[i] = lay_out(dtypes[i], pattern);
        CHECK(clw_array_write(arrays[i], inputs[i], ELEMENTS * clw_dtype_size(dtypes[i]), &error));
        in[i] = CLW_ARRAY(arrays[i]);
    }
    for (int i = 0; i < nout; i++)
        out[i] = lay_out(dtypes[nin + i], pattern);
    CHECK(clw_call(context, op, in, nin, out, nout, NULL, &error));
    for (int i = 0; i < nout; i++) {
        CHECK(
            clw_array_read(out[i], results[i], ELEMENTS * clw_dtype_size(dtypes[nin + i]), &error));
        clw_array_release(out[i]);
    }
    for (int i = 0; i < nin; i++)
        clw_array_release(arrays[i]);
}

/* Oclgrind 21.10 makes 255 of `true ^ false` (it extends an exclusive or of i1 by its sign): there
 * a bool is what its byte says of being zero. */
static void mend_bools(clw_dtype dtype, unsigned char *elements)
{
    if (dtype == CLW_BOOL && strstr(device.device_name, "Oclgrind"))
        for (int i = 0; i < ELEMENTS; i++)
            elements[i] = elements[i] != 0;
}

static int compare(const clw_op *op, const clw_dtype *dtypes, enum pattern pattern)
{
    static unsigned char inputs[MOST][ELEMENTS * WIDE], plain[MOST][ELEMENTS * WIDE];
    static unsigned char other[MOST][ELEMENTS * WIDE];
    const int nin = clw_op_input_count(op), nout = clw_op_output_count(op);
    int same = 1;
    for (int i = 0; i < nin; i++)
        fill(dtypes[i], i, inputs[i]);
    call(op, dtypes, inputs, PLAIN, plain);
    call(op, dtypes, inputs, pattern, other);
    for (int i = 0; i < nout; i++) {
        mend_bools(dtypes[nin + i], plain[i]);
        mend_bools(dtypes[nin + i], other[i]);
        same &= memcmp(plain[i], other[i], ELEMENTS * clw_dtype_size(dtypes[nin + i])) == 0;
    }
    if (!same)
        print_error("%s, pattern %d: other bits than on contiguous operands\n", clw_op_name(op),
                    (int)pattern);
    return same;
}

static int lacks(const clw_op *op, const clw_dtype *dtypes)
{
    int lacking = 0;
    for (int i = 0; i < clw_op_input_count(op) + clw_op_output_count(op); i++)
        lacking |= fixture_lacks(&device, dtypes[i]);
    return lacking;
}

/* Of each op, loops that lie apart, each in another pattern. */
static void test_ops(void **state)
{
    (void)state;
    const char *text = getenv("CLWISE_LOOPS");
    const int loops = text ? atoi(text) : 2;
    int calls = 0, left_out = 0, failed = 0, turn = 0;
    for (int k = 0; k < clw_op_count(context); k++) {
        const clw_op *op = clw_op_at(context, k);
        const int count = clw_op_loop_count(op), step = count > loops ? count / loops : 1;
        for (int i = k % step; i < count; i += step) {
            clw_dtype dtypes[MOST];
            clw_op_loop(op, i, dtypes, MOST);
            if (lacks(op, dtypes)) {
                left_out++;
                continue;
            }
            failed += !compare(op, dtypes, (enum pattern)(1 + turn++ % (PATTERN_COUNT - 1)));
            calls++;
        }
    }
    print_message("%d loops of %d ops, %d left out for want of fp64, %d failed\n", calls,
                  clw_op_count(context), left_out, failed);
    assert_true(calls > clw_op_count(context));
    assert_int_equal(failed, 0);
}

/* Rows, columns, scalars of both kinds and a mask against a full operand. */
static void test_broadcast(void **state)
{
    (void)state;
    static const int64_t shapes[][2] = {{1, COLUMNS}, {ROWS, 1}, {1, 1}};
    float numbers[ELEMENTS], result[ELEMENTS];
    unsigned char mask_bytes[COLUMNS] = {1, 0, 2, 0, 255};
    clw_array *full = NULL, *mask = NULL;
    for (int i = 0; i < ELEMENTS; i++)
        numbers[i] = (float)i;
    CHECK(clw_array_from_host(context, CLW_F32, CLW_SHAPE(ROWS, COLUMNS), NULL, numbers, &full,
                              &error));
    CHECK(clw_array_from_host(context, CLW_BOOL, CLW_SHAPE(COLUMNS), NULL, mask_bytes, &mask,
                              &error));
    for (int k = 0; k < 3; k++) {
        clw_array *small = NULL, *y = NULL;
        CHECK(
            clw_array_from_host(context, CLW_F32, 2, shapes[k], NULL, numbers + 1, &small, &error));
        CHECK(clw_array_from_host(context, CLW_F32, CLW_SHAPE(ROWS, COLUMNS), NULL, numbers, &y,
                                  &error));
        const clw_operand in[] = {CLW_ARRAY(full), CLW_ARRAY(small)};
        clw_call_options options;
        clw_call_options_init(&options);
        options.where = mask;
        CHECK(clw_call(context, fixture_op(context, "multiply"), in, 2, &y, 1, &options, &error));
        CHECK(clw_array_read(y, result, sizeof result, &error));
        for (int i = 0; i < ELEMENTS; i++) {
            const int row = i / COLUMNS, column = i % COLUMNS;
            const int at = (int)(row % shapes[k][0] * shapes[k][1] + column % shapes[k][1]);
            const float product = numbers[i] * numbers[1 + at];
            assert_true(result[i] == (mask_bytes[column] ? product : numbers[i]));
        }
        clw_array_release(y);
        clw_array_release(small);
    }
    clw_array_release(mask);
    clw_array_release(full);
}

static int start(void **state)
{
    (void)state;
    context = fixture_bare_context(NULL, &device); /* a byte too far is seen */
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
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_ops),
                                       cmocka_unit_test(test_broadcast)};
    return cmocka_run_group_tests(tests, start, stop);
}
