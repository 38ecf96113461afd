/* Axes of a few elements, as channels of pixels: many such rows are computed as one. */
#include "runtime/plan/plan.h"

enum {
    MOST_COLUMNS = 16, /* longer rows are worth a loop of their own */
    FEW_COLUMNS = 4,   /* of more columns outputs are not spread, and the axis is the innermost */
    LEAST_ROWS = 64,
    ROWS_TOGETHER = 256,
    LEAST_TOGETHER = 16,
    MOST_BYTES = 1 << 14 /* of private memory: it stays in the first cache beside what is read */
};

/* Which axes of the walk rows are counted along, and their elements. */
struct axes {
    int row, column;
};

static struct axes inner_axes(const struct plan *plan)
{
    return (struct axes){plan->walk.rank - 2, plan->walk.rank - 1};
}

static int is_dense(const struct plan *plan, int k, struct axes axes)
{
    const int64_t *const strides = plan->walk.strides[k];
    const int64_t size = kernel_array_size(&plan->arrays[k]);
    return strides[axes.column] == size &&
           strides[axes.row] == plan->walk.shape[axes.column] * size;
}

static int is_spread(const struct plan *plan, int k, struct axes axes)
{
    const int64_t *const strides = plan->walk.strides[k];
    const int is_output = plan->arrays[k].output >= 0;
    return (is_output || strides[axes.column] || strides[axes.row]) && !is_dense(plan, k, axes);
}

/* Rows whose spread elements have room. */
static int rows_together(const struct plan *plan, struct axes axes)
{
    int64_t bytes = 0;
    int rows = ROWS_TOGETHER;
    for (int k = 0; k < plan->nbuffers; k++)
        bytes += is_spread(plan, k, axes) ? kernel_array_size(&plan->arrays[k]) : 0;
    while (rows > 1 && rows * plan->walk.shape[axes.column] * bytes > MOST_BYTES)
        rows /= 2;
    return rows;
}

static int may_choose(const struct plan *plan, struct axes axes, int is_masked)
{
    const int64_t columns = plan->walk.shape[axes.column];
    if (columns > MOST_COLUMNS || plan->walk.shape[axes.row] < LEAST_ROWS)
        return 0;
    for (int k = 0; k < plan->nbuffers; k++) {
        const int is_stored = plan->arrays[k].output >= 0 && is_spread(plan, k, axes);
        if (!plan->arrays[k].aligned || (is_stored && (is_masked || columns > FEW_COLUMNS)))
            return 0;
    }
    return rows_together(plan, axes) >= LEAST_TOGETHER;
}

/* An axis that is the innermost of some array's memory, and short. */
static int find_column_axis(const struct plan *plan, int row)
{
    for (int axis = row - 1; axis >= plan->walk.rank - plan->kernel_rank; axis--)
        for (int k = 0; plan->walk.shape[axis] <= FEW_COLUMNS && k < plan->nbuffers; k++)
            if (is_dense(plan, k, (struct axes){row, axis}))
                return axis;
    return -1;
}

int short_rows_choose(struct plan *plan, int is_masked)
{
    struct axes axes = inner_axes(plan);
    if (plan->kernel_rank < 2 || plan->narrays > plan->nbuffers)
        return 0;
    if (!may_choose(plan, axes, is_masked)) {
        axes.row = plan->walk.rank - 1;
        axes.column = find_column_axis(plan, axes.row);
        if (axes.column < 0 || !may_choose(plan, axes, is_masked))
            return 0;
        walk_move_inward(&plan->walk, axes.column, axes.row);
    }
    plan->skeleton = SKELETON_SHORT;
    return 1;
}

int short_rows_spread(const struct plan *plan, int k)
{
    return is_spread(plan, k, inner_axes(plan));
}

int short_rows_together(const struct plan *plan)
{
    return rows_together(plan, inner_axes(plan));
}
