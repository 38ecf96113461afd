/* Layouts, broadcasting and overlap: chosen cases, and the golden table of shapes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/plan/geometry.h"

#include <cmocka.h>

enum { LINE = 4096, MAX_SHAPES = 4 };

#define COUNT(array) ((int)(sizeof(array) / sizeof *(array)))

/* ---- Layouts ---- */

static void check_refuses(void **state)
{
    (void)state;
    static const struct {
        clw_status status;
        int ndim;
        size_t itemsize;
        int64_t shape[3];
        const char *message;
    } cases[] = {
        {CLW_ERROR_ARGUMENT, -1, 4, {0}, "ndim is -1; it must be 0 to 32"},
        {CLW_ERROR_ARGUMENT, 33, 4, {0}, "ndim is 33; it must be 0 to 32"},
        {CLW_ERROR_ARGUMENT, 2, 4, {2, -3}, "shape (2, -3) has a negative extent"},
        {CLW_ERROR_ARGUMENT,
         1,
         4,
         {INT64_MIN},
         "shape (-9223372036854775808,) has a negative extent"},
        {CLW_ERROR_ARGUMENT, 2, 4, {0, -1}, "shape (0, -1) has a negative extent"},
        {CLW_ERROR_OVERFLOW,
         2,
         1,
         {INT64_C(1) << 32, INT64_C(1) << 31},
         "shape (4294967296, 2147483648) has more elements than 64 bits can count"},
        {CLW_ERROR_OVERFLOW,
         3,
         1,
         {INT64_C(1) << 40, 0, INT64_C(1) << 40},
         "shape (1099511627776, 0, 1099511627776) has more elements than 64 bits can count"},
        {CLW_ERROR_OVERFLOW,
         1,
         8,
         {INT64_C(1) << 60},
         "shape (1152921504606846976,) has more bytes than 64 bits can count"},
        {CLW_ERROR_OVERFLOW,
         2,
         8,
         {0, INT64_C(1) << 60},
         "shape (0, 1152921504606846976) has more bytes than 64 bits can count"},
    };
    for (int i = 0; i < COUNT(cases); i++) {
        int64_t count = 77;
        clw_error error = {CLW_OK, ""};
        assert_int_equal(cases[i].status, layout_check(cases[i].ndim, cases[i].shape,
                                                       cases[i].itemsize, &count, &error));
        assert_int_equal(cases[i].status, error.code);
        assert_string_equal(cases[i].message, error.message);
        assert_int_equal(77, count);
    }
    int64_t count;
    assert_int_equal(CLW_ERROR_ARGUMENT, layout_check(1, NULL, 4, &count, NULL));
}

static void check_counts(void **state)
{
    (void)state;
    static const struct {
        int ndim;
        size_t itemsize;
        int64_t shape[3], count;
    } cases[] = {
        {0, 16, {0}, 1},
        {1, 4, {0}, 0},
        {3, 4, {2, 3, 4}, 24},
        {3, 4, {5, 0, 7}, 0},
        {1, 1, {INT64_MAX}, INT64_MAX},
        {2, 2, {INT64_C(1) << 61, 1}, INT64_C(1) << 61},
    };
    for (int i = 0; i < COUNT(cases); i++) {
        int64_t count;
        assert_int_equal(
            CLW_OK, layout_check(cases[i].ndim, cases[i].shape, cases[i].itemsize, &count, NULL));
        assert_int_equal(cases[i].count, count);
    }
}

static void words_are_cut(void **state)
{
    (void)state;
    const int64_t shape[] = {2, 34, -5};
    char words[SHAPE_WORDS];
    assert_string_equal("()", shape_words(0, shape, words, sizeof words));
    assert_string_equal("(2,)", shape_words(1, shape, words, sizeof words));
    assert_string_equal("(2, 34, -5)", shape_words(3, shape, words, sizeof words));
    const char *const whole = "(2, 34, -5)";
    for (size_t bytes = 1; bytes <= strlen(whole) + 1; bytes++) {
        memset(words, '#', sizeof words);
        shape_words(3, shape, words, bytes);
        assert_memory_equal(whole, words, bytes - 1);
        assert_int_equal(0, words[bytes - 1]);
        assert_int_equal('#', words[bytes]);
    }
    int64_t longest[GEOMETRY_MAX_RANK];
    for (int axis = 0; axis < GEOMETRY_MAX_RANK; axis++)
        longest[axis] = INT64_MIN;
    shape_words(GEOMETRY_MAX_RANK, longest, words, sizeof words);
    assert_int_equal(')', words[strlen(words) - 1]);
}

static void c_order_and_contiguity(void **state)
{
    (void)state;
    struct layout layout = {3, {2, 3, 4}, {0}};
    layout_c_order(&layout, 8);
    const int64_t expected[] = {96, 32, 8};
    assert_memory_equal(expected, layout.strides, sizeof expected);
    assert_true(layout_is_contiguous(&layout, 8));
    assert_false(layout_is_contiguous(&layout, 4));
    layout.strides[0] = 97;
    assert_false(layout_is_contiguous(&layout, 8));
    layout.shape[0] = 1;
    assert_true(layout_is_contiguous(&layout, 8));
    layout.shape[0] = 2;
    layout.shape[2] = 0;
    assert_true(layout_is_contiguous(&layout, 8));
    assert_true(layout_is_empty(&layout));
    layout_c_order(&layout, 8);
    const int64_t of_empty[] = {24, 8, 8};
    assert_memory_equal(of_empty, layout.strides, sizeof of_empty);
    assert_true(layout_is_contiguous(&(struct layout){0}, 8));
}

static void extents(void **state)
{
    (void)state;
    static const struct {
        clw_status status;
        struct layout layout;
        int64_t low, high;
    } cases[] = {
        {CLW_OK, {0}, 0, 4},
        {CLW_OK, {2, {3, 4}, {16, 4}}, 0, 48},
        {CLW_OK, {2, {3, 4}, {-16, 4}}, -32, 16},
        {CLW_OK, {2, {3, 0}, {INT64_MAX, INT64_MIN}}, 0, 0},
        {CLW_OK, {2, {3, 1}, {0, INT64_MIN}}, 0, 4},
        {CLW_OK, {1, {2}, {INT64_MIN}}, INT64_MIN, 4},
        {CLW_OK, {1, {2}, {INT64_MAX - 4}}, 0, INT64_MAX},
        {CLW_ERROR_OVERFLOW, {1, {2}, {INT64_MAX - 3}}, 0, 0},
        {CLW_ERROR_OVERFLOW, {2, {2, 2}, {INT64_MIN, -1}}, 0, 0},
        {CLW_ERROR_OVERFLOW, {1, {5}, {INT64_C(1) << 62}}, 0, 0},
    };
    for (int i = 0; i < COUNT(cases); i++) {
        int64_t low = 0, high = 0;
        assert_int_equal(cases[i].status, layout_extent(&cases[i].layout, 4, &low, &high, NULL));
        assert_int_equal(cases[i].low, low);
        assert_int_equal(cases[i].high, high);
    }
    int64_t low, high;
    clw_error error;
    layout_extent(&cases[8].layout, 4, &low, &high, &error);
    assert_string_equal("shape (2, 2) with strides (-9223372036854775808, -1) spans more bytes than"
                        " 64 bits can count",
                        error.message);
}

/* ---- Broadcasting ---- */

/* "2,3" or "()" into shape; returns ndim. */
static int parse_shape(const char *words, int64_t *shape)
{
    int ndim = 0;
    for (char *end; *words >= '0' && *words <= '9'; words = *end == ',' ? end + 1 : end) {
        assert_true(ndim < CLW_MAX_NDIM);
        shape[ndim++] = strtoll(words, &end, 10);
    }
    return ndim;
}

static void check_golden_row(const char *row)
{
    int ndims[MAX_SHAPES], n = 0, ndim = -1;
    int64_t storage[MAX_SHAPES][CLW_MAX_NDIM], shape[CLW_MAX_NDIM], expected[CLW_MAX_NDIM];
    const int64_t *shapes[MAX_SHAPES];
    const char *const result = strchr(row, '\t') + 1;
    for (const char *words = row; words < result; words += strcspn(words, ";\t") + 1) {
        assert_true(n < MAX_SHAPES);
        ndims[n] = parse_shape(words, storage[n]);
        shapes[n] = storage[n];
        n++;
    }
    const clw_status status = broadcast_shapes(n, ndims, shapes, &ndim, shape, NULL);
    if (strncmp(result, "error", 5) == 0) {
        assert_true(status == CLW_ERROR_SHAPE || status == CLW_ERROR_OVERFLOW);
        assert_int_equal(-1, ndim);
        return;
    }
    assert_int_equal(CLW_OK, status);
    assert_int_equal(parse_shape(result, expected), ndim);
    assert_memory_equal(expected, shape, (size_t)ndim * sizeof *shape);
}

static void golden_broadcasts(void **state)
{
    (void)state;
    char path[LINE], line[LINE];
    const char *const shared = getenv("CLWISE_SHARED");
    snprintf(path, sizeof path, "%s/golden/broadcast.tsv", shared ? shared : "../shared");
    FILE *const file = fopen(path, "r");
    if (!file)
        fail_msg("cannot open %s; CLWISE_SHARED names the folder above golden/", path);
    int rows = 0;
    assert_non_null(fgets(line, sizeof line, file));
    assert_string_equal("shapes\tresult\n", line);
    for (; fgets(line, sizeof line, file); rows++) {
        assert_non_null(strchr(line, '\n'));
        check_golden_row(line);
    }
    fclose(file);
    assert_true(rows >= 2000);
}

static void broadcast_messages(void **state)
{
    (void)state;
    const int64_t a[] = {2, 1}, b[] = {2, 3}, c[] = {4}, d[] = {0}, e[] = {INT64_C(1) << 62, 1};
    clw_error error;
    int64_t shape[CLW_MAX_NDIM];
    int ndim;
    assert_int_equal(
        CLW_ERROR_SHAPE,
        broadcast_shapes(3, (int[]){2, 2, 1}, (const int64_t *[]){a, b, c}, &ndim, shape, &error));
    assert_string_equal("shapes (2, 3) and (4,) cannot be broadcast together", error.message);
    assert_int_equal(CLW_ERROR_SHAPE, broadcast_shapes(2, (int[]){1, 1}, (const int64_t *[]){d, c},
                                                       &ndim, shape, &error));
    assert_string_equal("shapes (0,) and (4,) cannot be broadcast together", error.message);
    assert_int_equal(
        CLW_ERROR_OVERFLOW,
        broadcast_shapes(2, (int[]){2, 1}, (const int64_t *[]){e, c}, &ndim, shape, &error));
    assert_string_equal("shape (4611686018427387904, 4) has more elements than 64 bits can count",
                        error.message);
    assert_int_equal(CLW_OK, broadcast_shapes(0, NULL, NULL, &ndim, shape, NULL));
    assert_int_equal(0, ndim);
}

static void broadcast_into_an_input(void **state)
{
    (void)state;
    int64_t a[CLW_MAX_NDIM] = {3, 1}, b[] = {5, 1, 4};
    int ndim;
    assert_int_equal(CLW_OK,
                     broadcast_shapes(2, (int[]){2, 3}, (const int64_t *[]){a, b}, &ndim, a, NULL));
    assert_int_equal(3, ndim);
    assert_memory_equal(((int64_t[]){5, 3, 4}), a, 3 * sizeof *a);
    const struct layout operand = {2, {3, 1}, {-8, 4}};
    int64_t strides[3];
    broadcast_strides(&operand, 3, a, strides);
    assert_memory_equal(((int64_t[]){0, -8, 0}), strides, sizeof strides);
}

/* ---- Overlap ---- */

static void overlap_with_itself(void **state)
{
    (void)state;
    static const struct {
        int overlaps;
        struct layout layout;
    } cases[] = {
        {0, {0}},
        {0, {2, {3, 4}, {16, 4}}},
        {0, {2, {3, 4}, {-16, 4}}},
        {0, {1, {1}, {0}}},
        {1, {1, {2}, {0}}},
        {0, {2, {0, 2}, {4, 0}}},
        {1, {1, {2}, {3}}},
        {1, {2, {3, 4}, {12, 4}}},
        {1, {2, {3, 4}, {-4, 4}}},
        {0,
         {3, {2, 2, 2}, {16, 12, 8}}}, /* 0 8 12 20 16 24 28 36: none twice, though interleaved */
        {1, {3, {2, 2, 2}, {20, 12, 8}}}, /* 12 + 8 */
        {0, {2, {1 << 20, 1 << 20}, {INT64_C(1) << 23, 8}}},
        {1, {2, {1 << 20, (1 << 20) + 1}, {INT64_C(1) << 23, 8}}},
        {0, {1, {2}, {INT64_MIN}}},
        {1, {2, {INT64_MAX, INT64_MAX}, {INT64_MAX, INT64_MAX}}},
    };
    for (int i = 0; i < COUNT(cases); i++)
        assert_int_equal(cases[i].overlaps, layout_overlaps_itself(&cases[i].layout, 4));
}

static void overlap_of_two(void **state)
{
    (void)state;
    const int64_t many = 1 << 20, row = 4 * many;
    const struct {
        int overlaps;
        struct layout a;
        int64_t a_offset;
        struct layout b;
        int64_t b_offset;
    } cases[] = {
        {1, {0}, 8, {0}, 8},
        {1, {0}, 8, {0}, 11},
        {0, {0}, 8, {0}, 12},
        {0, {1, {0}, {4}}, 0, {0}, 0},
        {0, {1, {many}, {8}}, 0, {1, {many}, {8}}, 4},             /* even and odd */
        {1, {1, {many}, {8}}, 0, {1, {many}, {8}}, 5},             /* the same, askew */
        {0, {1, {many}, {8}}, 0, {1, {many}, {-8}}, 8 * many - 4}, /* one reversed */
        {0, {2, {many, 9}, {2 * row, 4}}, 0, {2, {many, 9}, {2 * row, 4}}, row}, /* rows */
        {0, {2, {many, 50}, {row, 4}}, 0, {2, {many, 50}, {row, 4}}, 200}, /* halves of rows */
        {1, {2, {many, 51}, {row, 4}}, 0, {2, {many, 50}, {row, 4}}, 200},
        {1, {2, {9, 9}, {36, 4}}, 0, {2, {9, 9}, {4, 36}}, 0}, /* transposed */
        {0, {1, {many}, {12}}, 0, {1, {many}, {24}}, 8},
        {1, {1, {many}, {12}}, 0, {1, {many}, {20}}, 8},
        {1, {1, {2}, {INT64_MAX}}, 0, {0}, 0}, /* unsayable in 64 bits: not called apart */
    };
    for (int i = 0; i < COUNT(cases); i++) {
        assert_int_equal(cases[i].overlaps, layouts_overlap(&cases[i].a, cases[i].a_offset, 4,
                                                            &cases[i].b, cases[i].b_offset, 4));
        assert_int_equal(cases[i].overlaps, layouts_overlap(&cases[i].b, cases[i].b_offset, 4,
                                                            &cases[i].a, cases[i].a_offset, 4));
    }
}

/* 32 axes of 2, as in a register of qubits: fixing any one axis gives two halves that are apart. */
static void halves_of_many_axes(void **state)
{
    (void)state;
    for (int fixed = 0; fixed < CLW_MAX_NDIM; fixed++) {
        struct layout half = {CLW_MAX_NDIM - 1, {0}, {0}};
        for (int axis = 0; axis < CLW_MAX_NDIM - 1; axis++) {
            half.shape[axis] = 2;
            half.strides[axis] = INT64_C(8) << (axis < fixed ? axis : axis + 1);
        }
        const int64_t step = INT64_C(8) << fixed;
        assert_false(layout_overlaps_itself(&half, 8));
        assert_false(layouts_overlap(&half, 0, 8, &half, step, 8));
        assert_true(layouts_overlap(&half, 0, 8, &half, step - 1, 8));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(check_refuses),
        cmocka_unit_test(check_counts),
        cmocka_unit_test(words_are_cut),
        cmocka_unit_test(c_order_and_contiguity),
        cmocka_unit_test(extents),
        cmocka_unit_test(golden_broadcasts),
        cmocka_unit_test(broadcast_messages),
        cmocka_unit_test(broadcast_into_an_input),
        cmocka_unit_test(overlap_with_itself),
        cmocka_unit_test(overlap_of_two),
        cmocka_unit_test(halves_of_many_axes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
