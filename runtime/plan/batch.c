/* What a work-item of a GPU does at a time, and whether by wide accesses. */
#include "runtime/plan/plan.h"

enum {
    WIDEST_ACCESS = 16,
    MOST_VECTOR = 8,   /* elements: each has its own copy of the op's code */
    MOST_APART = 4,    /* elements a group apart: enough reads under way */
    MOST_BYTES = 256,  /* of all operands' batches: they live in registers */
    LEAST_LOCAL = 128, /* work-items of a group that shares tiles */
    TILE_ELEMENTS = TILE_SIDE * TILE_SIDE
};

static int count_within(const struct plan *plan, int most)
{
    int widest = 1, bytes = 0, count = most;
    for (int k = 0; k < plan->nbuffers; k++) {
        const int size = dtype_table[plan->arrays[k].dtype].size;
        widest = size > widest ? size : widest;
        bytes += size;
    }
    while (count > 1 && (count * widest > WIDEST_ACCESS || count * bytes > MOST_BYTES))
        count /= 2;
    return count;
}

int batch_count(const struct plan *plan)
{
    switch (plan->skeleton) {
    case SKELETON_VECTORS:
        return count_within(plan, MOST_VECTOR);
    case SKELETON_STRIDES:
        return count_within(plan, MOST_APART);
    case SKELETON_LOCAL:
        return TILE_ELEMENTS / plan->group;
    default:
        return 0;
    }
}

/* 1 if each row is a row of aligned vectors, or of one element. */
static int has_vectors(const struct plan *plan, int k, int count)
{
    const struct kernel_array *array = &plan->arrays[k];
    const int64_t size = kernel_array_size(array);
    const int64_t step = plan->walk.strides[k][plan->walk.rank - 1];
    return step == 0 || (step == size && array->alignment >= count * size);
}

static int all_have_vectors(const struct plan *plan, int count)
{
    for (int k = 0; k < plan->nbuffers; k++)
        if (!has_vectors(plan, k, count))
            return 0;
    return plan->walk.rank == 1 || plan->walk.shape[plan->walk.rank - 1] >= count;
}

void batch_choose(const struct target *target, struct plan *plan)
{
    plan->group = target->group;
    if (target->group >= LEAST_LOCAL && tiles_choose_local(plan, target->tile_room))
        return;
    if (!all_have_vectors(plan, count_within(plan, MOST_VECTOR)))
        plan->skeleton = SKELETON_STRIDES;
}
