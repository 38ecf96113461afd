/* Coalescing: chosen cases, and how far a walk reaches. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include "runtime/plan/geometry.h"

#include <cmocka.h>

#define COUNT(array) ((int)(sizeof(array) / sizeof *(array)))

static void assert_walk(const struct walk *expected, const struct walk *walk)
{
    assert_int_equal(expected->rank, walk->rank);
    const size_t bytes = (size_t)walk->rank * sizeof(int64_t);
    assert_memory_equal(expected->shape, walk->shape, bytes);
    for (int k = 0; k < expected->noperands; k++) {
        assert_memory_equal(expected->strides[k], walk->strides[k], bytes);
        assert_int_equal(expected->base[k], walk->base[k]);
    }
}

static void coalesced(void **state)
{
    (void)state;
    static const struct {
        struct walk before, after;
    } cases[] = {
        {{0, 2, {0}, {{0}}, {5, 6}}, {0, 2, {0}, {{0}}, {5, 6}}},
        {{3, 1, {1, 1, 1}, {{7, 8, 9}}, {5}}, {0, 1, {0}, {{0}}, {5}}},
        /* contiguous; a column broadcast; a row broadcast */
        {{2, 2, {3, 4}, {{16, 4}, {16, 4}}, {0}}, {1, 2, {12}, {{4}, {4}}, {0}}},
        {{2, 2, {3, 4}, {{16, 4}, {4, 0}}, {0}}, {2, 2, {3, 4}, {{16, 4}, {4, 0}}, {0}}},
        {{3, 2, {2, 3, 4}, {{48, 16, 4}, {0, 0, 4}}, {0}}, {2, 2, {6, 4}, {{16, 4}, {0, 4}}, {0}}},
        /* all operands transposed; the leader transposed */
        {{2, 2, {4, 3}, {{4, 16}, {8, 32}}, {0}}, {1, 2, {12}, {{4}, {8}}, {0}}},
        {{2, 2, {4, 3}, {{4, 16}, {12, 4}}, {0}}, {2, 2, {3, 4}, {{16, 4}, {4, 12}}, {0}}},
        /* reversed */
        {{2, 2, {3, 4}, {{-16, -4}, {16, 4}}, {44, 0}}, {1, 2, {12}, {{4}, {-4}}, {0, 44}}},
        /* not neighbours by the leader's stride: 4 folds into 2, past 3 */
        {{3, 1, {2, 2, 2}, {{4, 3, 2}}, {0}}, {2, 1, {2, 4}, {{3, 2}}, {0}}},
        /* a leader that does not move: the second operand decides */
        {{2, 2, {3, 4}, {{0, 0}, {-16, -4}}, {0, 44}}, {1, 2, {12}, {{0}, {4}}, {0, 0}}},
        {{2, 2, {3, 4}, {{0, 0}, {0, 0}}, {0, 0}}, {1, 2, {12}, {{0}, {0}}, {0, 0}}},
        /* near the end of 64 bits */
        {{2, 1, {2, 2}, {{INT64_MAX / 2 + 1, 4}}, {0}},
         {2, 1, {2, 2}, {{INT64_MAX / 2 + 1, 4}}, {0}}},
    };
    for (int i = 0; i < COUNT(cases); i++) {
        struct walk walk = cases[i].before;
        coalesce(&walk, 0);
        assert_walk(&cases[i].after, &walk);
    }
    struct walk walk = {2, 2, {3, 4}, {{16, 4}, {-16, -4}}, {0, 44}};
    coalesce(&walk, 1);
    assert_walk(&(struct walk){1, 2, {12}, {{-4}, {4}}, {44, 0}}, &walk);
}

/* All that fits a walk: 33 axes, 24 operands, of which some are reversed. */
static void largest_walk(void **state)
{
    (void)state;
    static struct walk walk;
    walk.rank = GEOMETRY_MAX_RANK;
    walk.noperands = COALESCE_MAX_OPERANDS;
    for (int axis = 0; axis < GEOMETRY_MAX_RANK; axis++) {
        walk.shape[axis] = 2;
        for (int k = 0; k < COALESCE_MAX_OPERANDS; k++)
            walk.strides[k][axis] = (k % 3 ? -(k + 1) : k + 1) * (INT64_C(1) << axis);
    }
    coalesce(&walk, COALESCE_MAX_OPERANDS - 1);
    const int64_t elements = INT64_C(1) << GEOMETRY_MAX_RANK;
    assert_int_equal(1, walk.rank);
    assert_int_equal(elements, walk.shape[0]);
    for (int k = 0; k < COALESCE_MAX_OPERANDS; k++) {
        assert_int_equal(k % 3 ? k + 1 : -(k + 1), walk.strides[k][0]);
        assert_int_equal((elements - 1) * (k % 3 ? -(k + 1) : k + 1), walk.base[k]);
    }
}

static void largest_offsets(void **state)
{
    (void)state;
    static const struct {
        int64_t largest;
        struct walk walk;
    } cases[] = {
        {0, {0, 1, {0}, {{0}}, {99}}},
        {44, {2, 2, {3, 4}, {{16, 4}, {0, -4}}, {0}}},
        {32, {2, 2, {3, 4}, {{0, 4}, {-16, 4}}, {0}}},
        {INT64_MAX, {1, 1, {2}, {{INT64_MAX}}, {0}}},
        {INT64_MAX, {1, 1, {2}, {{INT64_MIN}}, {0}}},
        {INT64_MAX, {2, 1, {2, 2}, {{INT64_MAX, 1}}, {0}}},
        {INT64_MAX, {1, 1, {INT64_MAX}, {{INT64_MIN}}, {0}}},
    };
    for (int i = 0; i < COUNT(cases); i++)
        assert_int_equal(cases[i].largest, walk_largest_offset(&cases[i].walk));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(coalesced),
        cmocka_unit_test(largest_walk),
        cmocka_unit_test(largest_offsets),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
