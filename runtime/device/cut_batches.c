#include "runtime/device/cut_batches.h"

enum {
    ITEMS_PER_UNIT = 8192, /* a few times what a unit holds at once, so that all end together */
    MOST_ROUNDS = 16384    /* llvmpipe ends loops after 65535 rounds */
};

static int64_t divide_up(int64_t a, int64_t b)
{
    return (a + b - 1) / b;
}

static int64_t kernel_elements(const struct plan *plan)
{
    int64_t count = 1;
    for (int d = plan->walk.rank - plan->kernel_rank; d < plan->walk.rank; d++)
        count *= plan->walk.shape[d];
    return count;
}

/* Work-groups for so many rounds, each of `round` rounds' work a group. */
static size_t count_groups(const struct plan *plan, int units, int64_t wanted)
{
    const int64_t most = divide_up((int64_t)ITEMS_PER_UNIT, plan->group) * units;
    const int64_t least = divide_up(wanted, MOST_ROUNDS);
    int64_t groups = wanted < most ? wanted : most;
    groups = groups < least ? least : groups;
    return (size_t)(groups < 1 ? 1 : groups);
}

/* Rows, of so many vectors and so many elements after them. */
struct cut cut_vectors(const struct plan *plan, const struct crew *crew)
{
    const int64_t inner = plan->walk.shape[plan->walk.rank - 1], count = batch_count(plan);
    struct cut cut = {.extent = kernel_elements(plan) / inner,
                      .segments = inner / count,
                      .segment = inner % count,
                      .global = {1, 1},
                      .local = {(size_t)plan->group, 1}};
    const int64_t each = cut.segments > cut.segment ? cut.segments : cut.segment;
    cut.global[0] =
        cut.local[0] * count_groups(plan, crew->units, divide_up(cut.extent * each, plan->group));
    return cut;
}

/* Elements, in so many whole blocks of a group. */
struct cut cut_strides(const struct plan *plan, const struct crew *crew)
{
    const int64_t elements = kernel_elements(plan);
    const int64_t block = (int64_t)plan->group * batch_count(plan);
    const size_t groups = count_groups(plan, crew->units, divide_up(elements, block));
    return (struct cut){.extent = elements,
                        .segments = elements / block,
                        .global = {groups * (size_t)plan->group, 1},
                        .local = {(size_t)plan->group, 1}};
}

/* Tiles, of which so many lie side by side along the innermost axis. */
struct cut cut_local(const struct plan *plan, const struct crew *crew)
{
    const int64_t *const shape = plan->walk.shape + plan->walk.rank - 2;
    const int64_t outer = kernel_elements(plan) / (shape[0] * shape[1]);
    const size_t lines = (size_t)plan->group / TILE_SIDE;
    struct cut cut = {.segment = TILE_SIDE,
                      .segments = divide_up(shape[1], TILE_SIDE),
                      .global = {1, lines},
                      .local = {TILE_SIDE, lines}};
    cut.extent = outer * divide_up(shape[0], TILE_SIDE) * cut.segments;
    cut.global[0] = TILE_SIDE * count_groups(plan, crew->units, cut.extent);
    return cut;
}
