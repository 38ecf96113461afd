#include "tests/unit/geometry_oracle.h"

static const wide ONE = 1;

wide oracle_elements(int ndim, const int64_t *shape)
{
    wide product = 1;
    for (int axis = 0; axis < ndim && product <= ONE << 64; axis++)
        product *= shape[axis] ? shape[axis] : 1;
    return product;
}

int oracle_is_empty(int ndim, const int64_t *shape)
{
    for (int axis = 0; axis < ndim; axis++)
        if (shape[axis] == 0)
            return 1;
    return 0;
}

void oracle_reach(int rank, const int64_t *shape, const int64_t *strides, wide *low, wide *high)
{
    const wide limit = ONE << 100;
    *low = *high = 0;
    for (int axis = 0; axis < rank; axis++) {
        wide bytes = (wide)(shape[axis] - 1) * strides[axis];
        bytes = bytes > limit ? limit : bytes < -limit ? -limit : bytes;
        *(bytes < 0 ? low : high) += bytes;
    }
}

clw_status oracle_broadcast(const struct geometry_case *c, int *ndim, int64_t *shape)
{
    *ndim = 0;
    for (int k = 0; k < c->noperands; k++)
        if (c->operands[k].ndim > *ndim)
            *ndim = c->operands[k].ndim;
    for (int axis = 0; axis < *ndim; axis++)
        shape[axis] = 1;
    for (int k = 0; k < c->noperands; k++) {
        const struct layout *const layout = &c->operands[k];
        for (int axis = 0; axis < layout->ndim; axis++) {
            int64_t *const extent = &shape[*ndim - layout->ndim + axis];
            if (layout->shape[axis] != 1 && *extent != 1 && layout->shape[axis] != *extent)
                return CLW_ERROR_SHAPE;
            if (layout->shape[axis] != 1)
                *extent = layout->shape[axis];
        }
    }
    return oracle_elements(*ndim, shape) > INT64_MAX ? CLW_ERROR_OVERFLOW : CLW_OK;
}

int64_t oracle_offset(const struct layout *layout, int ndim, const int64_t *index)
{
    int64_t offset = 0;
    for (int axis = 0; axis < layout->ndim; axis++)
        offset += index[ndim - layout->ndim + axis] % layout->shape[axis] * layout->strides[axis];
    return offset;
}

int oracle_next(int ndim, const int64_t *shape, int64_t *index)
{
    for (int axis = ndim - 1; axis >= 0; axis--) {
        if (++index[axis] < shape[axis])
            return 1;
        index[axis] = 0;
    }
    return 0;
}

/* ---- The polynomial: sum over all indices of the product over operands of root^offset ---- */

static const uint64_t PRIME = (UINT64_C(1) << 61) - 1;

static uint64_t times(uint64_t a, uint64_t b)
{
    const wide product = (wide)a * (wide)b;
    const uint64_t sum = ((uint64_t)product & PRIME) + (uint64_t)(product >> 61);
    return sum >= PRIME ? sum - PRIME : sum;
}

/* root^exponent for each operand's root; exponents count modulo PRIME - 1. */
static uint64_t root_power(int operand, int64_t exponent)
{
    static uint64_t squares[CASE_OPERANDS][61];
    if (!squares[operand][0]) {
        squares[operand][0] = mix_bits((uint64_t)operand + 1) % PRIME;
        for (int bit = 1; bit < 61; bit++)
            squares[operand][bit] = times(squares[operand][bit - 1], squares[operand][bit - 1]);
    }
    const int64_t order = (int64_t)PRIME - 1;
    int64_t rest = (exponent % order + order) % order;
    uint64_t result = 1;
    for (int bit = 0; rest; bit++, rest >>= 1)
        if (rest & 1)
            result = times(result, squares[operand][bit]);
    return result;
}

/* 1 + root + ... + root^(count - 1), and root^count. */
static uint64_t geometric_sum(uint64_t root, int64_t count, uint64_t *power)
{
    if (count == 1) {
        *power = root;
        return 1;
    }
    uint64_t sum = geometric_sum(root, count / 2, power);
    sum = times(sum, 1 + *power);
    *power = times(*power, *power);
    if (count % 2) {
        sum = times(sum, root) + 1;
        *power = times(*power, root);
    }
    return sum % PRIME;
}

uint64_t oracle_fingerprint(const struct walk *walk)
{
    uint64_t result = 1;
    for (int k = 0; k < walk->noperands; k++)
        result = times(result, root_power(k, walk->base[k]));
    for (int axis = 0; axis < walk->rank; axis++) {
        uint64_t root = 1, power;
        for (int k = 0; k < walk->noperands && walk->shape[axis] != 1; k++)
            root = times(root, root_power(k, walk->strides[k][axis]));
        result = times(result, geometric_sum(root, walk->shape[axis], &power));
    }
    return result;
}

/* ---- Folding ---- */

struct axis {
    int64_t extent, strides[CASE_OPERANDS];
};

static int folds(const struct axis *outer, const struct axis *inner, int noperands)
{
    for (int sign = -1; sign <= 1; sign += 2) {
        int same = 1;
        for (int k = 0; k < noperands; k++)
            same &= outer->strides[k] == sign * (wide)inner->extent * inner->strides[k];
        if (same)
            return 1;
    }
    return 0;
}

static struct axis axis_of(const struct walk *walk, int from)
{
    struct axis axis = {walk->shape[from], {0}};
    for (int k = 0; k < walk->noperands; k++)
        axis.strides[k] = walk->strides[k][from];
    return axis;
}

int oracle_folds(const struct walk *walk, int outer, int inner)
{
    const struct axis far = axis_of(walk, outer), near = axis_of(walk, inner);
    return folds(&far, &near, walk->noperands);
}

/* Tries every pair, then the same with what that leaves. */
static int least_rank(const struct axis *axes, int count, int noperands)
{
    int least = count;
    for (int outer = 0; outer < count; outer++) {
        for (int inner = 0; inner < count; inner++) {
            if (outer == inner || !folds(&axes[outer], &axes[inner], noperands))
                continue;
            struct axis left[ORACLE_AXES];
            int kept = 0;
            for (int axis = 0; axis < count; axis++) {
                if (axis == outer)
                    continue;
                left[kept] = axes[axis];
                left[kept++].extent *= axis == inner ? axes[outer].extent : 1;
            }
            const int rank = least_rank(left, kept, noperands);
            least = rank < least ? rank : least;
        }
    }
    return least;
}

int oracle_least_rank(const struct walk *walk)
{
    struct axis axes[ORACLE_AXES];
    int count = 0;
    for (int axis = 0; axis < walk->rank; axis++)
        if (walk->shape[axis] > 1)
            axes[count++] = axis_of(walk, axis);
    return least_rank(axes, count, walk->noperands);
}

/* Each stride must step over all that smaller ones reach. */
int oracle_can_ascend(const struct walk *walk, int leader)
{
    for (int axis = 0; axis < walk->rank; axis++) {
        const wide stride = walk->strides[leader][axis];
        const wide step = stride < 0 ? -stride : stride;
        wide inner = 0;
        for (int other = 0; other < walk->rank; other++) {
            const wide other_stride = walk->strides[leader][other];
            const wide smaller = other_stride < 0 ? -other_stride : other_stride;
            if (other != axis && smaller <= step)
                inner += smaller * (walk->shape[other] - 1);
        }
        if (walk->shape[axis] > 1 && step && step <= inner)
            return 0;
    }
    return 1;
}

/* ---- Bytes ---- */

enum { BYTES = 4096, WIDEST_ITEM = 16 };

static uint64_t marks[BYTES], mark;

int oracle_fits_bytes(const struct layout *layout, int64_t offset)
{
    wide low, high;
    oracle_reach(layout->ndim, layout->shape, layout->strides, &low, &high);
    return offset + low >= -BYTES / 2 && offset + high <= BYTES / 2 - WIDEST_ITEM &&
           oracle_elements(layout->ndim, layout->shape) <= CASE_SMALL;
}

void oracle_clear_bytes(void)
{
    mark++;
}

int oracle_meets_bytes(const struct layout *layout, int64_t offset, size_t itemsize, int marking)
{
    int64_t index[CLW_MAX_NDIM] = {0};
    int meets = 0;
    do {
        const int64_t first = BYTES / 2 + offset + oracle_offset(layout, layout->ndim, index);
        for (int64_t at = first; at < first + (int64_t)itemsize; at++) {
            meets |= marks[at] == mark;
            if (marking)
                marks[at] = mark;
        }
    } while (oracle_next(layout->ndim, layout->shape, index));
    return meets;
}
