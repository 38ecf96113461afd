/* Every row of values.tsv and casts.tsv, bit for bit. Rows that a device declares itself unable to
 * do are counted and said. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/conformance/golden.h"

enum { MOST_SHOWN = 10 };

struct tally {
    int passed, failed, left_out, groups, unknown;
};

static clw_context *context;
static clw_device_info device;

/* Rows of one op and one choice of dtypes. */
struct group {
    const char *op;
    int nin, nout, count, input_column;
    clw_dtype in[GOLDEN_MAX_WORDS], out[GOLDEN_MAX_WORDS];
    struct golden_row *rows;
};

static int parse_dtypes(const char *text, clw_dtype *dtypes)
{
    char copy[128], *words[GOLDEN_MAX_WORDS];
    snprintf(copy, sizeof copy, "%s", text);
    const int count = golden_words(copy, words, GOLDEN_MAX_WORDS);
    for (int i = 0; i < count; i++)
        dtypes[i] = clw_dtype_from_name(words[i]);
    return count;
}

static int group_is_lacking(const struct group *group)
{
    int lacking = 0;
    for (int i = 0; i < group->nin; i++)
        lacking |= golden_lacks(&device, group->in[i]);
    for (int i = 0; i < group->nout; i++)
        lacking |= golden_lacks(&device, group->out[i]);
    return lacking;
}

static clw_array *read_inputs(const struct group *group, int k)
{
    clw_error error = {CLW_OK, ""};
    const size_t size = clw_dtype_size(group->in[k]);
    unsigned char *elements = malloc(size * (size_t)group->count);
    clw_array *array = NULL;
    for (int r = 0; r < group->count; r++) {
        char copy[512], *words[GOLDEN_MAX_WORDS];
        snprintf(copy, sizeof copy, "%s", group->rows[r].columns[group->input_column]);
        assert_int_equal(golden_words(copy, words, GOLDEN_MAX_WORDS), group->nin);
        golden_element(words[k], group->in[k], elements + size * (size_t)r);
    }
    if (clw_array_from_host(context, group->in[k], CLW_SHAPE(group->count), NULL, elements, &array,
                            &error))
        fail_msg("%s", error.message);
    free(elements);
    return array;
}

/* 1 if the row has a subnormal that the device flushes. */
static int row_is_flushed(const struct group *group, const struct golden_row *row)
{
    if (device.subnormals)
        return 0;
    for (int side = 0; side < 2; side++) {
        char copy[512], *words[GOLDEN_MAX_WORDS];
        snprintf(copy, sizeof copy, "%s", row->columns[group->input_column + side]);
        const int count = golden_words(copy, words, GOLDEN_MAX_WORDS);
        for (int i = 0; i < count; i++)
            if (golden_is_subnormal(words[i], side ? group->out[i] : group->in[i]))
                return 1;
    }
    return 0;
}

static void compare_row(const struct group *group, const struct golden_row *row, int r,
                        unsigned char *const *results, struct tally *tally)
{
    char copy[512], *words[GOLDEN_MAX_WORDS];
    int same = 1;
    snprintf(copy, sizeof copy, "%s", row->columns[group->input_column + 1]);
    assert_int_equal(golden_words(copy, words, GOLDEN_MAX_WORDS), group->nout);
    for (int k = 0; k < group->nout; k++)
        same &= golden_matches(words[k], group->out[k],
                               results[k] + clw_dtype_size(group->out[k]) * (size_t)r);
    if (same) {
        tally->passed++;
        return;
    }
    if (tally->failed++ >= MOST_SHOWN)
        return;
    print_error("%s(%s) should be %s, is", group->op, row->columns[group->input_column],
                row->columns[group->input_column + 1]);
    for (int k = 0; k < group->nout; k++) {
        print_error(" 0x");
        for (size_t b = clw_dtype_size(group->out[k]); b-- > 0;)
            print_error("%02x", results[k][clw_dtype_size(group->out[k]) * (size_t)r + b]);
    }
    print_error("\n");
}

static void compare(const struct group *group, clw_array **out, struct tally *tally)
{
    clw_error error = {CLW_OK, ""};
    unsigned char *results[GOLDEN_MAX_WORDS];
    for (int k = 0; k < group->nout; k++) {
        const size_t bytes = clw_dtype_size(group->out[k]) * (size_t)group->count;
        assert_string_equal(clw_dtype_name(clw_array_dtype(out[k])), clw_dtype_name(group->out[k]));
        results[k] = malloc(bytes);
        if (clw_array_read(out[k], results[k], bytes, &error))
            fail_msg("%s", error.message);
    }
    for (int r = 0; r < group->count; r++)
        if (row_is_flushed(group, &group->rows[r]))
            tally->left_out++;
        else
            compare_row(group, &group->rows[r], r, results, tally);
    for (int k = 0; k < group->nout; k++)
        free(results[k]);
}

static void run_group(const struct group *group, int given_outputs, struct tally *tally)
{
    clw_error error = {CLW_OK, ""};
    clw_operand in[GOLDEN_MAX_WORDS];
    clw_array *out[GOLDEN_MAX_WORDS] = {NULL};
    clw_call_options options;
    const clw_op *op = clw_op_find(context, group->op);
    if (!op) {
        tally->unknown++;
        return;
    }
    if (group_is_lacking(group)) {
        tally->left_out += group->count;
        return;
    }
    tally->groups++;
    clw_call_options_init(&options);
    options.casting = CLW_CASTING_UNSAFE;
    for (int k = 0; k < group->nin; k++)
        in[k] = CLW_ARRAY(read_inputs(group, k));
    for (int k = 0; given_outputs && k < group->nout; k++)
        if (clw_array_empty(context, group->out[k], CLW_SHAPE(group->count), &out[k], &error))
            fail_msg("%s", error.message);
    if (clw_call(context, op, in, group->nin, out, group->nout, &options, &error)) {
        tally->failed += group->count;
        print_error("%s\n", error.message);
    } else {
        compare(group, out, tally);
    }
    for (int k = 0; k < group->nin; k++)
        clw_array_release((clw_array *)(uintptr_t)in[k].array);
    for (int k = 0; k < group->nout; k++)
        clw_array_release(out[k]);
}

static void report(const char *table, const struct tally *tally)
{
    print_message("%s on %s: %d rows passed, %d failed, %d left out for fp64 or subnormals; "
                  "%d kernels, %d groups of ops that are not there\n",
                  table, device.device_name, tally->passed, tally->failed, tally->left_out,
                  tally->groups, tally->unknown);
    assert_true(tally->passed > 0);
    assert_int_equal(tally->failed, 0);
}

static int same_group(const struct golden_row *a, const struct golden_row *b, int columns)
{
    for (int c = 0; c < columns; c++)
        if (strcmp(a->columns[c], b->columns[c]) != 0)
            return 0;
    return 1;
}

static int group_end(const struct golden_table *table, int begin, int columns)
{
    int end = begin + 1;
    while (end < table->count && same_group(&table->rows[begin], &table->rows[end], columns))
        end++;
    return end;
}

static void test_values(void **state)
{
    (void)state;
    struct golden_table table;
    struct tally tally = {0};
    golden_read(&table, "values", 6);
    for (int begin = 0, end, g = 0; begin < table.count; begin = end, g++) {
        struct golden_row *rows = &table.rows[begin];
        end = group_end(&table, begin, 3);
        struct group group = {
            .op = rows->columns[0], .count = end - begin, .input_column = 3, .rows = rows};
        group.nin = parse_dtypes(rows->columns[1], group.in);
        group.nout = parse_dtypes(rows->columns[2], group.out);
        if (golden_is_mine(g))
            run_group(&group, 0, &tally);
    }
    golden_free(&table);
    report("values", &tally);
}

static void test_casts(void **state)
{
    (void)state;
    struct golden_table table;
    struct tally tally = {0};
    golden_read(&table, "casts", 4);
    for (int begin = 0, end, g = 0; begin < table.count; begin = end, g++) {
        struct golden_row *rows = &table.rows[begin];
        end = group_end(&table, begin, 2);
        struct group group = {.op = "copy",
                              .nin = 1,
                              .nout = 1,
                              .count = end - begin,
                              .input_column = 2,
                              .rows = rows};
        group.in[0] = clw_dtype_from_name(rows->columns[0]);
        group.out[0] = clw_dtype_from_name(rows->columns[1]);
        if (golden_is_mine(g))
            run_group(&group, 1, &tally);
    }
    golden_free(&table);
    report("casts", &tally);
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

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_values), cmocka_unit_test(test_casts)};
    golden_share(argc, argv);
    return cmocka_run_group_tests(tests, start, stop);
}
