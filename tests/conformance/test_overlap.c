/* Every row of overlap.tsv: operands that are views of one base, as if inputs had been copied
 * first. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/conformance/golden.h"

enum { MOST_ELEMENTS = 256, ITEM = 4 };

static clw_context *context;
static clw_device_info device;

static int parse_numbers(const char *text, int64_t *numbers, int most, char between)
{
    int count = 0;
    if (*text == '(') /* "()": none */
        return 0;
    for (const char *at = text; *at && count < most;) {
        char *end;
        numbers[count++] = strtoll(at, &end, 10);
        at = *end == between ? end + 1 : end + strlen(end);
    }
    return count;
}

/* "offset:shape:strides" in elements, lists joined by commas. */
static clw_array *view(const clw_array *base, const char *text)
{
    char copy[256];
    int64_t shape[CLW_MAX_NDIM], strides[CLW_MAX_NDIM];
    clw_error error = {CLW_OK, ""};
    clw_array *array = NULL;
    snprintf(copy, sizeof copy, "%s", text);
    char *shape_text = strchr(copy, ':');
    *shape_text++ = '\0';
    char *stride_text = strchr(shape_text, ':');
    *stride_text++ = '\0';
    const int ndim = parse_numbers(shape_text, shape, CLW_MAX_NDIM, ',');
    assert_int_equal(parse_numbers(stride_text, strides, CLW_MAX_NDIM, ','), ndim);
    for (int d = 0; d < ndim; d++)
        strides[d] *= ITEM;
    if (clw_array_view(base, ndim, shape, strides, ITEM * strtoll(copy, NULL, 10), &array, &error))
        fail_msg("%s: %s", text, error.message);
    return array;
}

static int parse_elements(const char *text, int32_t *elements)
{
    int64_t numbers[MOST_ELEMENTS];
    const int count = parse_numbers(text, numbers, MOST_ELEMENTS, ' ');
    for (int i = 0; i < count; i++)
        elements[i] = (int32_t)numbers[i];
    return count;
}

static int row_passes(const struct golden_row *row)
{
    int32_t before[MOST_ELEMENTS], wanted[MOST_ELEMENTS], after[MOST_ELEMENTS];
    clw_error error = {CLW_OK, ""};
    clw_array *base = NULL;
    const int count = parse_elements(row->columns[1], before);
    assert_int_equal(parse_elements(row->columns[5], wanted), count);
    if (clw_array_from_host(context, CLW_I32, CLW_SHAPE(count), NULL, before, &base, &error))
        fail_msg("%s", error.message);
    const int nin = strcmp(row->columns[4], "-") == 0 ? 1 : 2;
    clw_array *out = view(base, row->columns[2]), *a = view(base, row->columns[3]);
    clw_array *b = nin == 2 ? view(base, row->columns[4]) : NULL;
    const clw_operand in[2] = {CLW_ARRAY(a), CLW_ARRAY(b)};
    if (clw_call(context, clw_op_find(context, row->columns[0]), in, nin, &out, 1, NULL, &error) ||
        clw_array_read(base, after, ITEM * (size_t)count, &error))
        fail_msg("%s", error.message);
    clw_array_release(b);
    clw_array_release(a);
    clw_array_release(out);
    clw_array_release(base);
    return memcmp(after, wanted, ITEM * (size_t)count) == 0;
}

static void test_overlap(void **state)
{
    (void)state;
    struct golden_table table;
    int failed = 0;
    golden_read(&table, "overlap", 6);
    for (int i = 0; i < table.count; i++)
        if (!row_passes(&table.rows[i])) {
            if (failed++ < 10)
                print_error("row %d: %s out %s a %s b %s\n", i + 2, table.rows[i].columns[0],
                            table.rows[i].columns[2], table.rows[i].columns[3],
                            table.rows[i].columns[4]);
        }
    print_message("overlap on %s: %d rows, %d failed\n", device.device_name, table.count, failed);
    assert_true(table.count > 0);
    assert_int_equal(failed, 0);
    golden_free(&table);
}

static int start(void **state)
{
    (void)state;
    context = golden_context(CLW_PROMOTION_NUMPY, &device);
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
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_overlap)};
    return cmocka_run_group_tests(tests, start, stop);
}
