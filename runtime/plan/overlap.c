#include "runtime/plan/geometry.h"

#include "runtime/plan/checked.h"

/* Both questions are one: is there a sum of stride[k] * x[k], 0 <= x[k] <= bound[k], between two
 * numbers? Negative strides count from the other end, and a difference of two elements is a sum
 * where one of them counts from its far end. The search tries the largest stride first; what the
 * smaller ones can still reach and what divides them leaves few x to try for real layouts. */

enum { MAX_TERMS = 2 * GEOMETRY_MAX_RANK, MAX_STEPS = 100000 };

struct sums {
    int count; /* terms, smallest stride first */
    uint64_t stride[MAX_TERMS], bound[MAX_TERMS];
    uint64_t total;                  /* the largest sum */
    uint64_t reach[MAX_TERMS + 1];   /* the largest sum of the first k terms */
    uint64_t divisor[MAX_TERMS + 1]; /* the greatest that divides all sums of the first k terms */
};

static void clear(struct sums *sums)
{
    sums->count = 0;
    sums->total = 0;
}

/* 0 if the largest sum exceeds 64 bits. */
static int add_term(struct sums *sums, uint64_t stride, uint64_t bound)
{
    uint64_t most;
    if (!multiply_fits(stride, bound, &most) || !add_fits(sums->total, most, &sums->total))
        return 0;
    if (most == 0)
        return 1;
    int place = sums->count++;
    for (; place > 0 && sums->stride[place - 1] > stride; place--) {
        sums->stride[place] = sums->stride[place - 1];
        sums->bound[place] = sums->bound[place - 1];
    }
    sums->stride[place] = stride;
    sums->bound[place] = bound;
    return 1;
}

static int add_axes(struct sums *sums, const struct layout *layout)
{
    for (int axis = layout->ndim - 1; axis >= 0; axis--)
        if (!add_term(sums, magnitude(layout->strides[axis]), (uint64_t)layout->shape[axis] - 1))
            return 0;
    return 1;
}

/* Folds a term into a smaller one whose multiples it continues without a gap. */
static int fold_term(struct sums *sums, int count, uint64_t stride, uint64_t bound)
{
    for (int k = 0; k < count; k++) {
        const uint64_t times = stride / sums->stride[k];
        if (times - 1 <= sums->bound[k] && times * sums->stride[k] == stride) {
            sums->bound[k] += times * bound;
            return 1;
        }
    }
    return 0;
}

static uint64_t greatest_common_divisor(uint64_t a, uint64_t b)
{
    while (b) {
        const uint64_t rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

static void prepare(struct sums *sums)
{
    int count = 0;
    for (int k = 0; k < sums->count; k++) {
        const uint64_t stride = sums->stride[k], bound = sums->bound[k];
        if (fold_term(sums, count, stride, bound))
            continue;
        sums->stride[count] = stride;
        sums->bound[count++] = bound;
    }
    sums->count = count;
    sums->reach[0] = sums->divisor[0] = 0;
    for (int k = 0; k < count; k++) {
        sums->reach[k + 1] = sums->reach[k] + sums->stride[k] * sums->bound[k];
        sums->divisor[k + 1] = greatest_common_divisor(sums->divisor[k], sums->stride[k]);
    }
}

/* 1 if a sum of the first k terms lies in [low, high], or if the steps are used up. */
static int hits(const struct sums *sums, int k, uint64_t low, uint64_t high, int *steps)
{
    if (low > sums->reach[k])
        return 0;
    if (low == 0 || high >= sums->reach[k] || --*steps < 0)
        return 1;
    if (high / sums->divisor[k] == (low - 1) / sums->divisor[k])
        return 0;
    if (k == 1)
        return 1;
    const uint64_t stride = sums->stride[k - 1], rest = sums->reach[k - 1];
    const uint64_t last = high / stride < sums->bound[k - 1] ? high / stride : sums->bound[k - 1];
    for (uint64_t x = low > rest ? (low - rest - 1) / stride + 1 : 0; x <= last; x++)
        if (hits(sums, k - 1, subtract_down_to_zero(low, x * stride), high - x * stride, steps))
            return 1;
    return 0;
}

/* 1 if two indices share a byte that differ along axis k of the sorted axes but not along larger
 * ones; `inner` is how far the smaller ones reach. */
static int collides_along(const struct sums *axes, int k, uint64_t inner, size_t itemsize,
                          int *steps)
{
    uint64_t high;
    struct sums sums;
    clear(&sums);
    for (int j = 0; j < k; j++)
        if (!add_term(&sums, axes->stride[j], 2 * axes->bound[j]))
            return 1;
    if (!add_term(&sums, axes->stride[k], axes->bound[k] - 1) ||
        !add_fits(inner, itemsize - 1, &high))
        return 1;
    prepare(&sums);
    high -= axes->stride[k];
    return hits(&sums, sums.count, subtract_down_to_zero(high, 2 * (itemsize - 1)), high, steps);
}

static int repeats(const struct layout *layout)
{
    for (int axis = 0; axis < layout->ndim; axis++)
        if (layout->strides[axis] == 0 && layout->shape[axis] > 1)
            return 1;
    return 0;
}

int layout_overlaps_itself(const struct layout *layout, size_t itemsize)
{
    if (layout_is_empty(layout))
        return 0;
    struct sums axes;
    clear(&axes);
    if (repeats(layout) || !add_axes(&axes, layout))
        return 1;
    int steps = MAX_STEPS;
    uint64_t inner = 0;
    for (int k = 0; k < axes.count; k++) {
        const int clear_of_inner = subtract_down_to_zero(axes.stride[k], inner) >= itemsize;
        if (!clear_of_inner && collides_along(&axes, k, inner, itemsize, &steps))
            return 1;
        inner += axes.stride[k] * axes.bound[k];
    }
    return 0;
}

/* First byte and one past the last, absolute; 0 if over 64 bits. */
static int bounds(const struct layout *layout, int64_t offset, size_t itemsize, int64_t *first,
                  int64_t *end)
{
    int64_t low, high;
    if (layout_extent(layout, itemsize, &low, &high, NULL))
        return 0;
    if (offset < 0 ? low < INT64_MIN - offset : high > INT64_MAX - offset)
        return 0;
    *first = offset + low;
    *end = offset + high;
    return 1;
}

int layouts_overlap(const struct layout *a, int64_t a_offset, size_t a_itemsize,
                    const struct layout *b, int64_t b_offset, size_t b_itemsize)
{
    if (layout_is_empty(a) || layout_is_empty(b))
        return 0;
    int64_t a_first, a_end, b_first, b_end;
    if (!bounds(a, a_offset, a_itemsize, &a_first, &a_end) ||
        !bounds(b, b_offset, b_itemsize, &b_first, &b_end))
        return 1;
    if (a_end <= b_first || b_end <= a_first)
        return 0;
    struct sums sums;
    clear(&sums);
    if (!add_axes(&sums, a) || !add_axes(&sums, b))
        return 1;
    prepare(&sums);
    const uint64_t high = (uint64_t)b_end - (uint64_t)a_first - 1;
    int steps = MAX_STEPS;
    const uint64_t low = subtract_down_to_zero(high, a_itemsize - 1 + b_itemsize - 1);
    return hits(&sums, sums.count, low, high, &steps);
}
