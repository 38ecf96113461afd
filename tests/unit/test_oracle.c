/* Random shapes, strides, offsets and broadcasts against 128-bit and brute-force answers.
 * CLWISE_LONG=1 runs ten times as many; CLWISE_SEED chooses others. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <time.h>

#include "tests/unit/geometry_oracle.h"

#include <cmocka.h>

enum { CASES = 1000000 };

static struct random_stream stream;
static struct geometry_case drawn;

/* What the cases must have been like, lest a test tests nothing. */
#define KIND_LIST(X)                                                                               \
    X(REFUSED, "refused for their extents")                                                        \
    X(UNSAYABLE, "layouts that leave 64 bits")                                                     \
    X(CONTIGUOUS, "contiguous layouts")                                                            \
    X(GAPPED, "layouts that are not")                                                              \
    X(CLASHING, "shapes that clash")                                                               \
    X(COUNTED, "coalesced and counted through")                                                    \
    X(COMPUTED, "coalesced and compared as polynomials")                                           \
    X(MERGED, "where axes merged")                                                                 \
    X(LEAST, "compared with the least rank")                                                       \
    X(ASCENDING, "visited in ascending order")                                                     \
    X(SELF_OVERLAPS, "layouts that overlap themselves")                                            \
    X(SELF_CLEAR, "layouts that do not")                                                           \
    X(OVERLAPS, "pairs that overlap")                                                              \
    X(APART, "pairs that do not")                                                                  \
    X(PLANTED, "pairs of any size made to overlap")                                                \
    X(SELF_PLANTED, "layouts of any size made to overlap themselves")                              \
    X(PLANTED_APART, "pairs of any size made to interleave")

#define KIND_NAME(name, words) name,
#define KIND_WORDS(name, words) words,
enum kind { KIND_LIST(KIND_NAME) KINDS };
static const char *const kind_words[] = {KIND_LIST(KIND_WORDS)};
static int seen[KINDS];

#define CHECK(condition)                                                                           \
    do {                                                                                           \
        if (!(condition)) {                                                                        \
            print_case(&drawn);                                                                    \
            fail_msg("%s", #condition);                                                            \
        }                                                                                          \
    } while (0)

/* ---- Layouts ---- */

/* 1 if the layout is one that arrays can have. */
static int check_layout(const struct layout *layout, size_t itemsize)
{
    int64_t count = -1;
    const clw_status status = layout_check(layout->ndim, layout->shape, itemsize, &count, NULL);
    for (int axis = 0; axis < layout->ndim; axis++) {
        if (layout->shape[axis] < 0) {
            CHECK(status == CLW_ERROR_ARGUMENT);
            return 0;
        }
    }
    const wide elements = oracle_elements(layout->ndim, layout->shape);
    const int empty = oracle_is_empty(layout->ndim, layout->shape);
    if (elements * (wide)itemsize > INT64_MAX) {
        CHECK(status == CLW_ERROR_OVERFLOW);
        seen[REFUSED]++;
        return 0;
    }
    CHECK(status == CLW_OK);
    CHECK(count == (empty ? 0 : (int64_t)elements));
    CHECK(layout_is_empty(layout) == empty);
    return 1;
}

/* 1 if the layout's bytes, from `offset` on, have addresses in 64 bits. */
static int check_extent(const struct layout *layout, int64_t offset, size_t itemsize)
{
    wide low = 0, high = 0;
    int64_t got_low = -1, got_high = -1;
    const clw_status status = layout_extent(layout, itemsize, &got_low, &got_high, NULL);
    if (!oracle_is_empty(layout->ndim, layout->shape)) {
        oracle_reach(layout->ndim, layout->shape, layout->strides, &low, &high);
        high += (wide)itemsize;
    }
    if (low < INT64_MIN || high > INT64_MAX) {
        CHECK(status == CLW_ERROR_OVERFLOW);
        CHECK(got_low == -1 && got_high == -1);
        seen[UNSAYABLE]++;
        return 0;
    }
    CHECK(status == CLW_OK);
    CHECK(got_low == low && got_high == high);
    return low + offset >= INT64_MIN && high + offset <= INT64_MAX && high - low <= INT64_MAX;
}

static void check_contiguity(const struct layout *layout, size_t itemsize)
{
    int contiguous = 1;
    int64_t index[CLW_MAX_NDIM] = {0}, expected = 0;
    struct layout c_order = *layout;
    layout_c_order(&c_order, itemsize);
    CHECK(layout_is_contiguous(&c_order, itemsize));
    for (int more = !layout_is_empty(layout); more; expected += (int64_t)itemsize) {
        CHECK(oracle_offset(&c_order, layout->ndim, index) == expected);
        contiguous &= oracle_offset(layout, layout->ndim, index) == expected;
        more = oracle_next(layout->ndim, layout->shape, index);
    }
    CHECK(layout_is_contiguous(layout, itemsize) == contiguous);
    seen[contiguous ? CONTIGUOUS : GAPPED]++;
}

/* ---- Broadcasting ---- */

/* 1 and the walk of all operands over their common shape, if it has elements. */
static int check_broadcast(struct walk *walk)
{
    int ndim = -1, expected_ndim, ndims[CASE_OPERANDS];
    int64_t shape[CLW_MAX_NDIM], expected[CLW_MAX_NDIM];
    const int64_t *shapes[CASE_OPERANDS];
    for (int k = 0; k < drawn.noperands; k++) {
        ndims[k] = drawn.operands[k].ndim;
        shapes[k] = drawn.operands[k].shape;
    }
    const clw_status status = broadcast_shapes(drawn.noperands, ndims, shapes, &ndim, shape, NULL);
    CHECK(status == oracle_broadcast(&drawn, &expected_ndim, expected));
    CHECK(ndim == (status ? -1 : expected_ndim));
    seen[CLASHING] += status == CLW_ERROR_SHAPE;
    if (status)
        return 0;
    CHECK(memcmp(shape, expected, (size_t)ndim * sizeof *shape) == 0);
    walk->rank = ndim;
    walk->noperands = drawn.noperands;
    memcpy(walk->shape, shape, sizeof shape);
    for (int k = 0; k < drawn.noperands; k++) {
        broadcast_strides(&drawn.operands[k], ndim, shape, walk->strides[k]);
        walk->base[k] = drawn.offsets[k];
    }
    return !oracle_is_empty(ndim, shape);
}

/* ---- Coalescing ---- */

static uint64_t hash_of(int64_t offset, int operand, uint64_t hash)
{
    return mix_bits(hash + (uint64_t)offset * UINT64_C(0x9e3779b97f4a7c15) + (uint64_t)operand);
}

/* A hash of the multiset of tuples of offsets that the operands as drawn have over the shape. */
static uint64_t hash_drawn(int ndim, const int64_t *shape)
{
    uint64_t sum = 0;
    int64_t index[CLW_MAX_NDIM] = {0};
    do {
        uint64_t hash = 0;
        for (int k = 0; k < drawn.noperands; k++)
            hash =
                hash_of(drawn.offsets[k] + oracle_offset(&drawn.operands[k], ndim, index), k, hash);
        sum += hash;
    } while (oracle_next(ndim, shape, index));
    return sum;
}

/* The same of a walk; *ascends if it visits the leader in ascending order. */
static uint64_t hash_walk(const struct walk *walk, int leader, int *ascends)
{
    uint64_t sum = 0;
    int64_t index[GEOMETRY_MAX_RANK] = {0}, last = INT64_MIN;
    *ascends = 1;
    do {
        uint64_t hash = 0;
        for (int k = 0; k < walk->noperands; k++) {
            int64_t offset = walk->base[k];
            for (int axis = 0; axis < walk->rank; axis++)
                offset += index[axis] * walk->strides[k][axis];
            hash = hash_of(offset, k, hash);
            if (k == leader) {
                *ascends &= offset >= last;
                last = offset;
            }
        }
        sum += hash;
    } while (oracle_next(walk->rank, walk->shape, index));
    return sum;
}

static void check_largest_offset(const struct walk *walk)
{
    wide largest = 0;
    for (int k = 0; k < walk->noperands; k++) {
        wide low, high;
        oracle_reach(walk->rank, walk->shape, walk->strides[k], &low, &high);
        largest = -low > largest ? -low : largest;
        largest = high > largest ? high : largest;
    }
    CHECK(walk_largest_offset(walk) == (largest > INT64_MAX ? INT64_MAX : (int64_t)largest));
}

static void check_form(const struct walk *walk, int leader)
{
    const int64_t *const strides = walk->strides[leader];
    for (int axis = 0; axis < walk->rank; axis++) {
        CHECK(walk->shape[axis] > 1);
        CHECK(strides[axis] >= 0);
        CHECK(axis == 0 || strides[axis - 1] >= strides[axis]);
        for (int other = 0; other < walk->rank; other++)
            CHECK(other == axis || !oracle_folds(walk, axis, other));
    }
}

static void check_coalesce(const struct walk *before)
{
    const int leader = (int)random_between(&stream, 0, before->noperands - 1);
    struct walk after = *before;
    coalesce(&after, leader);
    CHECK(after.noperands == before->noperands);
    check_form(&after, leader);
    check_largest_offset(&after);
    int axes = 0;
    for (int axis = 0; axis < before->rank; axis++)
        axes += before->shape[axis] > 1;
    const wide elements = oracle_elements(before->rank, before->shape);
    CHECK(elements == oracle_elements(after.rank, after.shape));
    if (elements <= CASE_SMALL) {
        int ascends;
        CHECK(hash_drawn(before->rank, before->shape) == hash_walk(&after, leader, &ascends));
        CHECK(ascends || !oracle_can_ascend(before, leader));
        seen[ASCENDING] += ascends;
        seen[COUNTED]++;
    } else {
        CHECK(oracle_fingerprint(before) == oracle_fingerprint(&after));
        seen[COMPUTED]++;
    }
    seen[MERGED] += after.rank < axes;
    if (axes <= ORACLE_AXES) {
        CHECK(after.rank == oracle_least_rank(before));
        seen[LEAST]++;
    }
    const struct walk once = after;
    coalesce(&after, leader);
    CHECK(once.rank == after.rank);
    CHECK(oracle_fingerprint(&once) == oracle_fingerprint(&after));
}

/* ---- Overlap ---- */

static void check_overlap_by_bytes(int a, int b)
{
    const struct layout *const of_a = &drawn.operands[a], *const of_b = &drawn.operands[b];
    const int64_t a_offset = drawn.offsets[a], b_offset = drawn.offsets[b];
    const size_t a_itemsize = drawn.itemsizes[a], b_itemsize = drawn.itemsizes[b];
    oracle_clear_bytes();
    const int self = oracle_meets_bytes(of_a, a_offset, a_itemsize, 1);
    const int both = oracle_meets_bytes(of_b, b_offset, b_itemsize, 0);
    CHECK(layout_overlaps_itself(of_a, a_itemsize) == self);
    CHECK(layouts_overlap(of_a, a_offset, a_itemsize, of_b, b_offset, b_itemsize) == both);
    CHECK(layouts_overlap(of_b, b_offset, b_itemsize, of_a, a_offset, a_itemsize) == both);
    seen[self ? SELF_OVERLAPS : SELF_CLEAR]++;
    seen[both ? OVERLAPS : APART]++;
}

static wide random_offset(const struct layout *layout)
{
    wide offset = 0;
    for (int axis = 0; axis < layout->ndim; axis++)
        offset +=
            (wide)(random_bits(&stream) % (uint64_t)layout->shape[axis]) * layout->strides[axis];
    return offset;
}

/* Moves b so that one of its elements shares a byte with one of a. */
static void check_planted_overlap(int a, int b)
{
    const struct layout *const of_a = &drawn.operands[a], *const of_b = &drawn.operands[b];
    const size_t a_itemsize = drawn.itemsizes[a], b_itemsize = drawn.itemsizes[b];
    const int64_t shift = random_between(&stream, 1 - (int64_t)b_itemsize, (int64_t)a_itemsize - 1);
    wide at = (wide)drawn.offsets[a] + shift;
    at += random_offset(of_a);
    at -= random_offset(of_b);
    if (at < INT64_MIN || at > INT64_MAX)
        return;
    CHECK(layouts_overlap(of_a, drawn.offsets[a], a_itemsize, of_b, (int64_t)at, b_itemsize));
    CHECK(layouts_overlap(of_b, (int64_t)at, b_itemsize, of_a, drawn.offsets[a], a_itemsize));
    seen[PLANTED]++;
}

/* Gives an axis a stride that takes two indices one apart along it to a common byte. */
static void check_planted_self_overlap(int k)
{
    struct layout layout = drawn.operands[k];
    const int chosen = layout.ndim ? (int)random_between(&stream, 0, layout.ndim - 1) : 0;
    if (layout.ndim == 0 || layout.shape[chosen] == 1)
        return;
    layout.strides[chosen] = 0;
    const int64_t most = (int64_t)drawn.itemsizes[k] - 1;
    wide stride = random_between(&stream, -most, most);
    stride += random_offset(&layout);
    stride -= random_offset(&layout);
    if (stride < INT64_MIN || stride > INT64_MAX)
        return;
    layout.strides[chosen] = (int64_t)stride;
    CHECK(layout_overlaps_itself(&layout, drawn.itemsizes[k]));
    seen[SELF_PLANTED]++;
}

/* Even and odd elements, however large: strides of twice the element, offsets one element apart. */
static void check_planted_apart(int a, int b)
{
    const int64_t itemsize = (int64_t)drawn.itemsizes[a];
    struct layout of[2] = {drawn.operands[a], drawn.operands[b]};
    for (int k = 0; k < 2; k++) {
        wide low, high;
        for (int axis = 0; axis < of[k].ndim; axis++)
            of[k].strides[axis] = of[k].strides[axis] / itemsize / 2 * itemsize * 2;
        oracle_reach(of[k].ndim, of[k].shape, of[k].strides, &low, &high);
        if (high - low > INT64_MAX / 4)
            return;
    }
    const size_t bytes = (size_t)itemsize;
    const int64_t odd = itemsize * (2 * random_between(&stream, -9, 9) + 1);
    CHECK(!layouts_overlap(&of[0], 0, bytes, &of[1], odd, bytes));
    seen[PLANTED_APART]++;
}

static void check_overlap(int a, int b)
{
    const struct layout *const of_a = &drawn.operands[a], *const of_b = &drawn.operands[b];
    if (layout_is_empty(of_a) || layout_is_empty(of_b)) {
        CHECK(!layouts_overlap(of_a, drawn.offsets[a], 1, of_b, drawn.offsets[a], 1));
        CHECK(!layout_is_empty(of_a) || !layout_overlaps_itself(of_a, 1));
        return;
    }
    if (oracle_fits_bytes(of_a, drawn.offsets[a]) && oracle_fits_bytes(of_b, drawn.offsets[b]))
        check_overlap_by_bytes(a, b);
    check_planted_overlap(a, b);
    check_planted_self_overlap(a);
    check_planted_apart(a, b);
}

/* ---- All ---- */

static void check_drawn_case(void)
{
    int addressable = 1;
    for (int k = 0; k < drawn.noperands; k++)
        if (!check_layout(&drawn.operands[k], drawn.itemsizes[k]))
            return;
    for (int k = 0; k < drawn.noperands; k++) {
        const struct layout *const layout = &drawn.operands[k];
        const int fits = check_extent(layout, drawn.offsets[k], drawn.itemsizes[k]);
        if (fits && oracle_elements(layout->ndim, layout->shape) <= CASE_SMALL)
            check_contiguity(layout, drawn.itemsizes[k]);
        addressable &= fits;
        check_overlap(k, (k + 1) % drawn.noperands);
    }
    struct walk walk;
    if (!check_broadcast(&walk))
        return;
    check_largest_offset(&walk);
    if (addressable)
        check_coalesce(&walk);
}

static void random_cases(void **state)
{
    (void)state;
    const char *const is_long = getenv("CLWISE_LONG");
    const int cases = is_long && strcmp(is_long, "1") == 0 ? 10 * CASES : CASES;
    struct timespec begin, end;
    stream = random_stream_from_seed();
    timespec_get(&begin, TIME_UTC);
    for (int i = 0; i < cases; i++) {
        draw_case(&stream, &drawn);
        check_drawn_case();
    }
    timespec_get(&end, TIME_UTC);
    const double seconds =
        (double)(end.tv_sec - begin.tv_sec) + 1e-9 * (double)(end.tv_nsec - begin.tv_nsec);
    printf("%d cases, %.0f a second\n", cases, cases / seconds);
    for (int kind = 0; kind < KINDS; kind++) {
        printf("  %9d %s\n", seen[kind], kind_words[kind]);
        CHECK(seen[kind] > cases / 500);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(random_cases)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
