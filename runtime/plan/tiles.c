/* Operands whose fast axis is another than the walk's. */
#include "runtime/base/cache_line.h"
#include "runtime/plan/checked.h"
#include "runtime/plan/plan.h"

enum {
    LEAST_COLUMNS = 16, /* shorter rows are not worth a tile */
    MOST_COLUMNS = 256,
    MOST_BYTES = 1 << 14 /* of turned tiles: they stay in the first cache beside what is read */
};

/* 1 if neighbours along the axis share a line of the cache, and those along the innermost do not
 * lie side by side. */
static int is_near(const struct plan *plan, int k, int axis)
{
    const struct walk *walk = &plan->walk;
    const uint64_t inner = magnitude(walk->strides[k][walk->rank - 1]);
    const uint64_t stride = magnitude(walk->strides[k][axis]);
    return inner != (uint64_t)kernel_array_size(&plan->arrays[k]) && stride < inner &&
           stride != 0 && stride < CACHE_LINE;
}

static int turns_along(const struct plan *plan, int k, int axis)
{
    const struct kernel_array *array = &plan->arrays[k];
    return array->output < 0 && !array->is_position && array->aligned && is_near(plan, k, axis);
}

int tiles_turn(const struct plan *plan, int k)
{
    return turns_along(plan, k, plan->walk.rank - 2);
}

/* The axis along which most bytes of an element lie near their neighbours; -1: none. */
static int find_axis(const struct plan *plan)
{
    const struct walk *walk = &plan->walk;
    int found = -1, most = 0;
    for (int axis = walk->rank - 2; axis >= 0; axis--) {
        int bytes = 0;
        for (int k = 0; k < plan->nbuffers; k++)
            if (plan->arrays[k].aligned && is_near(plan, k, axis))
                bytes += dtype_table[plan->arrays[k].dtype].size;
        if (bytes > most) {
            most = bytes;
            found = axis;
        }
    }
    return found;
}

void tiles_choose(struct plan *plan)
{
    struct walk *walk = &plan->walk;
    const int axis = plan->kernel_rank < 2 ? -1 : find_axis(plan);
    if (axis < 0)
        return;
    /* Where the innermost axis is short, the other is walked as the innermost. */
    const int is_short = walk->shape[walk->rank - 1] < LEAST_COLUMNS;
    const int place = walk->rank - (is_short ? 1 : 2);
    if (is_short && walk->shape[axis] < LEAST_COLUMNS)
        return;
    walk_move_inward(walk, axis, place);
    plan->skeleton = SKELETON_TILES;
}

/* Bytes of the tiles of operands that would be turned if `axis` came before the innermost. */
static int64_t local_bytes(const struct plan *plan, int axis)
{
    int64_t bytes = 0;
    for (int k = 0; k < plan->nbuffers; k++)
        if (turns_along(plan, k, axis))
            bytes += TILE_SIDE * (TILE_SIDE + 1) * kernel_array_size(&plan->arrays[k]);
    return bytes;
}

int tiles_choose_local(struct plan *plan, int64_t room)
{
    struct walk *walk = &plan->walk;
    const int axis = plan->kernel_rank < 2 ? -1 : find_axis(plan);
    if (axis < 0 || walk->shape[axis] < LEAST_COLUMNS ||
        walk->shape[walk->rank - 1] < LEAST_COLUMNS)
        return 0;
    const int64_t bytes = local_bytes(plan, axis);
    if (!bytes || bytes > room)
        return 0;
    walk_move_inward(walk, axis, walk->rank - 2);
    plan->skeleton = SKELETON_LOCAL;
    return 1;
}

/* Bytes of an element in all turned operands, or in the largest of them. */
static int turned_bytes(const struct plan *plan, int largest)
{
    int bytes = 0;
    for (int k = 0; k < plan->nbuffers; k++) {
        const int size = dtype_table[plan->arrays[k].dtype].size;
        if (plan->arrays[k].pattern[plan->kernel_rank - 1] == STEP_TURNED)
            bytes = !largest ? bytes + size : size > bytes ? size : bytes;
    }
    return bytes;
}

int tiles_columns(const struct plan *plan)
{
    const int size = turned_bytes(plan, 1);
    const int columns = size ? plan->tile / size : MOST_COLUMNS; /* 0: only outputs lie so */
    return columns > MOST_COLUMNS    ? MOST_COLUMNS
           : columns < LEAST_COLUMNS ? LEAST_COLUMNS
                                     : columns;
}

int tiles_rows(const struct plan *plan)
{
    const int bytes = turned_bytes(plan, 0) * tiles_columns(plan);
    int rows = 64;
    while (rows > 16 && rows * bytes > MOST_BYTES)
        rows /= 2;
    return rows;
}
