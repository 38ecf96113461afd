/* More than 2^31 elements: 64-bit indices, counts and offsets. Needs about 2.2 GiB. */
#include "tests/device/fixture.h"

#include <stdlib.h>
#include <string.h>

#define LARGE ((int64_t)1 << 31)

static clw_error error;

static const char source[] = "// place -- bits of an element's place in C order, and of its row\n"
                             "//! op     place(v) -> y\n"
                             "//! loop   T -> u8  for any\n"
                             "//! index  n : flat\n"
                             "//! index  row : 0\n"
                             "static inline R place(T v, long n, long row)\n"
                             "{\n"
                             "    return (R)((n >> 24) * 16 + row % 16);\n"
                             "}\n";

/* Positions past 2^31, into every element of y. */
static void check_positions(clw_context *context, clw_array *y, int64_t rows, int64_t columns)
{
    clw_op *op = NULL;
    clw_array *last = NULL;
    const clw_operand in = CLW_INT(0);
    CHECK(clw_op_define(context, source, &op, &error));
    CHECK(clw_call(context, op, &in, 1, &y, 1, NULL, &error));
    for (int64_t row = 0; row < rows; row += row < rows - 2 ? rows - 2 : 1) {
        uint8_t got[3];
        const int64_t first = row * columns + columns - (int64_t)sizeof got;
        CHECK(clw_array_view(y, CLW_SHAPE(sizeof got), NULL, first, &last, &error));
        CHECK(clw_array_read(last, got, sizeof got, &error));
        for (int i = 0; i < (int)sizeof got; i++)
            assert_int_equal(got[i], (uint8_t)(((first + i) >> 24) * 16 + row % 16));
        clw_array_release(last);
    }
    clw_op_release(op);
}

/* Rows of another length than a power of two, so that runs end in odd places. */
static void test_past_31_bits(void **state)
{
    (void)state;
    enum { COLUMNS = 12345 };
    clw_device_info device;
    clw_context *context = fixture_context(NULL, &device);
    const int64_t rows = LARGE / COLUMNS + 2, bytes = rows * COLUMNS;
    if (device.largest_buffer < (uint64_t)bytes || device.global_memory < 2 * (uint64_t)bytes) {
        print_message("%s has no buffer of %lld bytes\n", device.device_name, (long long)bytes);
        clw_context_release(context);
        skip();
    }
    uint8_t row[COLUMNS], tail[COLUMNS];
    for (int i = 0; i < COLUMNS; i++)
        row[i] = (uint8_t)(i * 31);
    clw_array *a = fixture_vector(context, CLW_U8, COLUMNS, row), *y = NULL, *last = NULL;
    CHECK(clw_array_empty(context, CLW_U8, CLW_SHAPE(rows, COLUMNS), &y, &error));
    const clw_operand in[] = {CLW_ARRAY(a), CLW_INT(3)};
    CHECK(clw_call(context, fixture_op(context, "add"), in, 2, &y, 1, NULL, &error));
    /* In place on the whole: one axis of more than 2^31 elements. */
    const clw_operand again[] = {CLW_ARRAY(y), CLW_INT(2)};
    CHECK(clw_call(context, fixture_op(context, "multiply"), again, 2, &y, 1, NULL, &error));
    static const int64_t places[] = {0, LARGE / 2, LARGE - COLUMNS};
    for (int k = 0; k < 4; k++) {
        const int64_t first = k < 3 ? places[k] / COLUMNS : rows - 1;
        CHECK(clw_array_view(y, CLW_SHAPE(COLUMNS), NULL, first * COLUMNS, &last, &error));
        CHECK(clw_array_read(last, tail, sizeof tail, &error));
        for (int i = 0; i < COLUMNS; i++)
            assert_int_equal(tail[i], (uint8_t)(2 * (row[i] + 3)));
        clw_array_release(last);
    }
    check_positions(context, y, rows, COLUMNS);
    clw_array_release(y);
    clw_array_release(a);
    clw_context_release(context);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_past_31_bits)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
