#include "runtime/plan/geometry.h"

#include "runtime/plan/checked.h"

/* 1 if axis a must lie outside axis b. */
static int lies_outside(const struct walk *walk, int leader, int a, int b)
{
    const int64_t *const first = walk->strides[leader];
    if (first[a] != first[b])
        return magnitude(first[a]) > magnitude(first[b]);
    for (int k = 0; k < walk->noperands; k++) {
        const uint64_t of_a = magnitude(walk->strides[k][a]);
        const uint64_t of_b = magnitude(walk->strides[k][b]);
        if (of_a != of_b)
            return of_a > of_b;
    }
    return 0;
}

/* The axes of extents over 1 into order, outermost first; returns how many there are. */
static int sort_axes(const struct walk *walk, int leader, int *order)
{
    int count = 0;
    for (int axis = 0; axis < walk->rank; axis++) {
        if (walk->shape[axis] == 1)
            continue;
        int place = count++;
        for (; place > 0 && lies_outside(walk, leader, axis, order[place - 1]); place--)
            order[place] = order[place - 1];
        order[place] = axis;
    }
    return count;
}

/* Turns the axis round if it runs downwards for the leader, or for the first operand that it moves
 * where it does not move the leader: then axes that can be merged agree in their signs. */
static void flip(struct walk *walk, int leader, int axis)
{
    int64_t stride = walk->strides[leader][axis];
    for (int k = 0; stride == 0 && k < walk->noperands; k++)
        stride = walk->strides[k][axis];
    if (stride >= 0)
        return;
    for (int k = 0; k < walk->noperands; k++) {
        walk->base[k] += (walk->shape[axis] - 1) * walk->strides[k][axis];
        walk->strides[k][axis] = -walk->strides[k][axis];
    }
}

static int folds_into(const struct walk *walk, int outer, int inner)
{
    for (int k = 0; k < walk->noperands; k++) {
        const int64_t far = walk->strides[k][outer], near = walk->strides[k][inner];
        uint64_t whole;
        if ((far < 0) != (near < 0) ||
            !multiply_fits((uint64_t)walk->shape[inner], magnitude(near), &whole) ||
            whole != magnitude(far))
            return 0;
    }
    return 1;
}

/* Folds axes, neighbours or not, until none can be folded. An axis sorts before what it folds into,
 * and each fold leaves ends that others can fold onto, so one pass from the innermost finds all. */
static int merge_axes(struct walk *walk, int *order, int count)
{
    for (int inner = count - 1; inner > 0; inner--) {
        for (int outer = inner - 1; outer >= 0; outer--) {
            if (!folds_into(walk, order[outer], order[inner]))
                continue;
            walk->shape[order[inner]] *= walk->shape[order[outer]];
            count--;
            inner--;
            for (int place = outer; place < count; place++)
                order[place] = order[place + 1];
        }
    }
    return count;
}

static void gather(int64_t *row, const int *order, int count)
{
    int64_t sorted[GEOMETRY_MAX_RANK];
    for (int place = 0; place < count; place++)
        sorted[place] = row[order[place]];
    for (int place = 0; place < count; place++)
        row[place] = sorted[place];
}

void coalesce(struct walk *walk, int leader)
{
    int order[GEOMETRY_MAX_RANK];
    const int kept = sort_axes(walk, leader, order);
    for (int place = 0; place < kept; place++)
        flip(walk, leader, order[place]);
    walk->rank = merge_axes(walk, order, kept);
    gather(walk->shape, order, walk->rank);
    for (int k = 0; k < walk->noperands; k++)
        gather(walk->strides[k], order, walk->rank);
}

static void move_inward(int64_t *row, int axis, int place)
{
    const int64_t moved = row[axis];
    for (int d = axis; d < place; d++)
        row[d] = row[d + 1];
    row[place] = moved;
}

void walk_move_inward(struct walk *walk, int axis, int place)
{
    move_inward(walk->shape, axis, place);
    for (int k = 0; k < walk->noperands; k++)
        move_inward(walk->strides[k], axis, place);
}

int64_t walk_largest_offset(const struct walk *walk)
{
    uint64_t largest = 0;
    for (int k = 0; k < walk->noperands; k++) {
        uint64_t back = 0, on = 0, bytes;
        for (int axis = 0; axis < walk->rank; axis++) {
            const int64_t stride = walk->strides[k][axis];
            uint64_t *const sum = stride < 0 ? &back : &on;
            if (!multiply_fits((uint64_t)walk->shape[axis] - 1, magnitude(stride), &bytes) ||
                !add_fits(*sum, bytes, sum))
                return INT64_MAX;
        }
        largest = back > largest ? back : largest;
        largest = on > largest ? on : largest;
    }
    return largest > INT64_MAX ? INT64_MAX : (int64_t)largest;
}
