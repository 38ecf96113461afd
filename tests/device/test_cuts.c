/* Every element is reached once, however skeletons cut rows and columns among work-items. */
#include "tests/device/fixture.h"

#include <stdlib.h>
#include <string.h>

enum { PADDING = 1 }; /* elements that a row of the output has behind it, so that rows stay apart */

static clw_context *context;
static clw_error error;
static uint64_t seed;

static const struct cut_case {
    int64_t rows, columns;
} cut_cases[] = {{1, 1},     {1, 15},   {1, 16},   {1, 17},    {1, 4095},  {1, 4096}, {1, 4097},
                 {1, 70001}, {2, 8193}, {3, 4097}, {4097, 1},  {4097, 3},  {255, 15}, {256, 16},
                 {257, 17},  {300, 33}, {40, 100}, {37, 1000}, {5000, 13}, {7, 16385}};

enum second { SECOND_ROW, SECOND_COLUMN, SECOND_TRANSPOSED, SECOND_REVERSED, SECOND_COUNT };

/* Its strides in elements and where it begins in rows * columns elements. */
static void place_second(enum second second, const struct cut_case *c, int64_t strides[2],
                         int64_t *begin)
{
    static const int along_row[SECOND_COUNT] = {[SECOND_ROW] = 1, [SECOND_REVERSED] = -1};
    const int64_t full_row[SECOND_COUNT] = {
        [SECOND_COLUMN] = 1, [SECOND_TRANSPOSED] = 1, [SECOND_REVERSED] = -c->columns};
    strides[0] = full_row[second];
    strides[1] = second == SECOND_TRANSPOSED ? c->rows : along_row[second];
    *begin = second == SECOND_REVERSED ? c->rows * c->columns - 1 : 0;
}

static clw_array *view_of(clw_array *base, const struct cut_case *c, const int64_t strides[2],
                          int64_t begin)
{
    const int64_t bytes[2] = {2 * strides[0], 2 * strides[1]};
    clw_array *view = NULL;
    CHECK(clw_array_view(base, CLW_SHAPE(c->rows, c->columns), bytes, 2 * begin, &view, &error));
    return view;
}

/* Adds the second operand to the first in place: an element that is reached twice is wrong. */
static void check_case(const struct cut_case *c, enum second second)
{
    const int64_t pitch = c->columns + PADDING, count = c->rows * pitch;
    const size_t bytes = 2 * (size_t)count;
    int64_t strides[2], begin;
    place_second(second, c, strides, &begin);
    uint16_t *first = malloc(bytes), *other = malloc(bytes), *got = malloc(bytes);
    assert_true(first && other && got);
    fixture_random_bytes(&seed, first, bytes);
    fixture_random_bytes(&seed, other, bytes);
    clw_array *a = fixture_vector(context, CLW_U16, count, first);
    clw_array *b = fixture_vector(context, CLW_U16, count, other);
    clw_array *rows = view_of(a, c, (const int64_t[]){pitch, 1}, 0);
    clw_array *second_view = view_of(b, c, strides, begin);
    const clw_operand in[] = {CLW_ARRAY(rows), CLW_ARRAY(second_view)};
    CHECK(clw_call(context, fixture_op(context, "add"), in, 2, &rows, 1, NULL, &error));
    CHECK(clw_array_read(a, got, bytes, &error));
    for (int64_t r = 0; r < c->rows; r++)
        for (int64_t k = 0; k < c->columns; k++)
            first[r * pitch + k] =
                (uint16_t)(first[r * pitch + k] + other[begin + r * strides[0] + k * strides[1]]);
    if (memcmp(first, got, bytes) != 0)
        fail_msg("%lld rows, %lld columns, second operand %d", (long long)c->rows,
                 (long long)c->columns, (int)second);
    clw_array_release(second_view);
    clw_array_release(rows);
    clw_array_release(b);
    clw_array_release(a);
    free(got);
    free(other);
    free(first);
}

static void test_cuts(void **state)
{
    (void)state;
    seed = fixture_seed();
    context = fixture_context(NULL, NULL);
    for (size_t i = 0; i < sizeof cut_cases / sizeof *cut_cases; i++)
        for (int second = 0; second < SECOND_COUNT; second++)
            check_case(&cut_cases[i], (enum second)second);
    clw_context_release(context);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_cuts)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
