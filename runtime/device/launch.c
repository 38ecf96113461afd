#include "runtime/device/launch.h"

#include <string.h>

#include "runtime/base/clock.h"
#include "runtime/device/arguments.h"
#include "runtime/device/cut_batches.h"
#include "runtime/device/tiers.h"
#include "runtime/device/work.h"

/* How work is cut. A run is long enough to pay for its start, and there are enough of them that
 * threads which are slowed down do not hold up the rest. */
enum {
    RUNS_PER_UNIT = 8,
    RUN_ROUNDING = 64, /* runs begin at whole cache lines where rows do */
    GRID_LOCAL = 64,
    GRID_PER_UNIT = 2048,
    GRID_MOST_ROUNDS = 16384, /* llvmpipe ends loops after 65535 rounds */
    ITEMS_LOCAL = 4096,       /* of which the start costs little beside the work */
    ITEMS_ROUNDING = 16,      /* whole vectors */
    ITEMS_TILE = 16 /* wide where an operand is transposed: its lines are then read once */
};

static int64_t divide_up(int64_t a, int64_t b)
{
    return (a + b - 1) / b;
}

static int64_t round_up(int64_t a, int64_t b)
{
    return divide_up(a, b) * b;
}

static int64_t kernel_elements(const struct plan *plan)
{
    int64_t count = 1;
    for (int d = plan->walk.rank - plan->kernel_rank; d < plan->walk.rank; d++)
        count *= plan->walk.shape[d];
    return count;
}

/* Work-items between which threads share the work; one alone has it whole. */
static int64_t most_items(const struct crew *crew)
{
    return crew->units == 1 ? 1 : (int64_t)RUNS_PER_UNIT * crew->units;
}

/* Runs along axis number `axis`, each step of which is `width` elements. */
static struct cut cut_along(const struct plan *plan, const struct crew *crew, int axis,
                            int64_t width)
{
    const int64_t inner = plan->walk.shape[axis], least = divide_up(crew->run, width);
    const int64_t elements = kernel_elements(plan) / width, rows = elements / inner;
    int64_t chunk = divide_up(elements, most_items(crew));
    chunk = chunk < least ? least : chunk;
    struct cut cut = {
        .segments = divide_up(inner, chunk), .segment = inner, .global = {1, 1}, .local = {1, 1}};
    if (cut.segments > 1) {
        cut.segment = divide_up(inner, cut.segments);
        cut.segment = round_up(cut.segment, RUN_ROUNDING);
        cut.segments = divide_up(inner, cut.segment);
    }
    cut.extent = rows * cut.segments;
    const int64_t items = divide_up(elements, chunk);
    cut.per_item = divide_up(cut.extent, items < cut.extent ? items : cut.extent);
    cut.global[0] = (size_t)divide_up(cut.extent, cut.per_item);
    return cut;
}

static struct cut cut_runs(const struct plan *plan, const struct crew *crew)
{
    return cut_along(plan, crew, plan->walk.rank - 1, 1);
}

static struct cut cut_short(const struct plan *plan, const struct crew *crew)
{
    const int last = plan->walk.rank - 1;
    return cut_along(plan, crew, last - 1, plan->walk.shape[last]);
}

/* A run is a tile. */
static struct cut cut_tiles(const struct plan *plan, const struct crew *crew)
{
    const int64_t *const shape = plan->walk.shape + plan->walk.rank - 2;
    const int64_t columns = tiles_columns(plan), rows = tiles_rows(plan);
    const int64_t elements = kernel_elements(plan), outer = elements / (shape[0] * shape[1]);
    struct cut cut = {.segment = columns,
                      .segments = divide_up(shape[1], columns),
                      .global = {1, 1},
                      .local = {1, 1}};
    cut.extent = outer * divide_up(shape[0], rows) * cut.segments;
    const int64_t worth = divide_up(elements, crew->run), most = most_items(crew);
    const int64_t items = most < worth ? most : worth;
    cut.per_item = divide_up(cut.extent, items < cut.extent ? items : cut.extent);
    cut.global[0] = (size_t)divide_up(cut.extent, cut.per_item);
    return cut;
}

static struct cut cut_grid(const struct plan *plan, const struct crew *crew)
{
    const int64_t elements = kernel_elements(plan);
    int64_t items = (int64_t)GRID_PER_UNIT * crew->units;
    if (items < divide_up(elements, GRID_MOST_ROUNDS))
        items = divide_up(elements, GRID_MOST_ROUNDS);
    if (items > elements)
        items = elements;
    return (struct cut){.extent = elements,
                        .global = {(size_t)round_up(items, GRID_LOCAL), 1},
                        .local = {GRID_LOCAL, 1}};
}

/* Neighbours along the axis before the innermost are neighbours in memory. */
static int is_transposed(const struct plan *plan)
{
    const int inner = plan->kernel_rank - 1;
    for (int k = 0; inner > 0 && k < plan->nbuffers; k++)
        if (plan->arrays[k].pattern[inner] == STEP_ANY &&
            plan->arrays[k].pattern[inner - 1] == STEP_UNIT)
            return 1;
    return 0;
}

/* The size of equal parts, none longer than `most`. */
static int64_t part_of(int64_t extent, int64_t most)
{
    return divide_up(extent, divide_up(extent, most));
}

/* Work-items stand for columns and rows. */
static struct cut cut_items(const struct plan *plan, const struct crew *crew)
{
    (void)crew;
    const int64_t columns = plan->walk.shape[plan->walk.rank - 1];
    const int64_t rows = kernel_elements(plan) / columns;
    const int64_t most = is_transposed(plan) ? ITEMS_TILE : ITEMS_LOCAL;
    const int64_t width = round_up(part_of(columns, most), ITEMS_ROUNDING);
    const int64_t height = part_of(rows, ITEMS_LOCAL / width);
    return (struct cut){
        .extent = rows,
        .global = {(size_t)round_up(columns, width), (size_t)round_up(rows, height)},
        .local = {(size_t)width, (size_t)height}};
}

static struct cut (*const cut_of[])(const struct plan *plan, const struct crew *crew) = {
    [SKELETON_RUNS] = cut_runs,       [SKELETON_GRID] = cut_grid,
    [SKELETON_ITEMS] = cut_items,     [SKELETON_TILES] = cut_tiles,
    [SKELETON_VECTORS] = cut_vectors, [SKELETON_STRIDES] = cut_strides,
    [SKELETON_LOCAL] = cut_local,     [SKELETON_SHORT] = cut_short};

/* ---- launching ---- */

static cl_int enqueue_once(struct work *work, struct kernel_object *object, const struct cut *cut)
{
    return clEnqueueNDRangeKernel(work->queue, object->kernel, cut->global[1] > 1 ? 2 : 1, NULL,
                                  cut->global, cut->local, 0, NULL, work_event(work));
}

static int lacks_memory(cl_int code)
{
    return code == CL_MEM_OBJECT_ALLOCATION_FAILURE || code == CL_OUT_OF_RESOURCES ||
           code == CL_OUT_OF_HOST_MEMORY;
}

static cl_int enqueue(struct work *work, struct kernel_object *object, const struct plan *plan,
                      const struct cut *cut, const int64_t *base)
{
    cl_int code = arguments_set_geometry(object, plan, cut, base);
    if (!code)
        code = enqueue_once(work, object, cut);
    /* Some drivers make memory only now. What is pooled may be what lacks. */
    if (lacks_memory(code) && buffers_trim(work->device, 0) && !clFinish(work->queue))
        code = enqueue_once(work, object, cut);
    return code;
}

/* Moves base to the next index of the axes that the host walks; 0 after the last. */
static int next_outer(const struct plan *plan, int64_t *position, int64_t *base)
{
    const struct walk *walk = &plan->walk;
    for (int d = walk->rank - plan->kernel_rank - 1; d >= 0; d--) {
        const int carry = ++position[d] == walk->shape[d];
        for (int k = 0; k < plan->narrays; k++)
            base[k] += carry ? (1 - walk->shape[d]) * walk->strides[k][d] : walk->strides[k][d];
        if (!carry)
            return 1;
        position[d] = 0;
    }
    return 0;
}

static void claim_arrays(struct claims *claims, const struct plan *plan,
                         const struct launch_array *arrays)
{
    claims->count = 0;
    for (int k = 0; k < plan->nbuffers; k++)
        claims_add(claims, arrays[k].buffer, plan->arrays[k].output >= 0);
}

static cl_int enqueue_all(struct work *work, struct kernel_object *object, const struct plan *plan,
                          const struct launch_array *arrays)
{
    const struct crew crew = {work->device->tiers[work->tier].units,
                              profile_get(&work->device->profile, PROFILE_RUN)};
    struct cut cut = cut_of[plan->skeleton](plan, &crew);
    int64_t position[GEOMETRY_MAX_RANK] = {0}, base[PLAN_MAX_WALKED];
    cl_int code = CL_SUCCESS;
    for (int k = 0; k < plan->narrays; k++)
        base[k] = (k < plan->nbuffers ? arrays[k].offset : 0) + plan->walk.base[k];
    if (plan->elements == 0) {
        cut.extent = 0;
        return enqueue(work, object, plan, &cut, base);
    }
    do
        code = enqueue(work, object, plan, &cut, base);
    while (!code && next_outer(plan, position, base));
    return code;
}

/* *too_late: the entry is for the small tier, which may no longer be used. */
static cl_int run(struct device *device, struct kernel_entry *entry, struct kernel_object *object,
                  const struct plan *plan, const struct launch_array *arrays, int *too_late)
{
    struct work work;
    const int is_timed = tiers_ask(entry, object, plan->elements);
    claim_arrays(&work.claims, plan, arrays);
    cl_int code = work_begin(device, entry->tier, &work, too_late);
    if (*too_late)
        return code;
    const double start = is_timed ? clock_seconds() : 0;
    if (!code)
        code = enqueue_all(&work, object, plan, arrays);
    code = work_end(&work, code);
    if (is_timed)
        tiers_learn(entry, plan->elements, clock_seconds() - start);
    return code;
}

clw_status launch_entry(struct kernels *kernels, struct kernel_entry *entry,
                        const struct plan *plan, const struct launch_array *arrays,
                        const clw_scalar *scalars, int *too_late, clw_error *error)
{
    struct kernel_object *object;
    *too_late = 0;
    const clw_status status = kernels_take(kernels, entry, &object, error);
    if (status)
        return status;
    cl_int code = arguments_set(object, plan, arrays, scalars);
    if (!code)
        code = run(kernels->device, entry, object, plan, arrays, too_late);
    kernels_give(kernels, entry, object);
    return code ? fail_cl(error, code, "queueing the kernel") : CLW_OK;
}

clw_status launch(struct kernels *kernels, struct plan_kernels *known, const struct plan *plan,
                  const struct launch_array *arrays, const clw_scalar *scalars, clw_error *error)
{
    struct kernel_entry *entry;
    clw_kernel_origin origin;
    int too_late = 0;
    do {
        clw_status status = tiers_choose(kernels, plan, known, &entry, &origin, error);
        if (!status)
            status = launch_entry(kernels, entry, plan, arrays, scalars, &too_late, error);
        if (status)
            return status;
    } while (too_late);
    kernels_launched(kernels, entry);
    return CLW_OK;
}

clw_status launch_nothing(struct kernels *kernels, struct kernel_entry *entry,
                          const struct plan *plan, clw_error *error)
{
    struct launch_array arrays[PLAN_MAX_OPERANDS];
    clw_scalar scalars[OP_MAX_INPUTS];
    struct plan empty = *plan;
    struct buffer *buffer;
    int too_late;
    clw_status status = buffer_new(kernels->device, CACHE_LINE, &buffer, error);
    if (status)
        return status;
    empty.elements = 0;
    for (int k = 0; k < plan->nbuffers; k++)
        arrays[k] = (struct launch_array){buffer, 0};
    for (int i = 0; i < OP_MAX_INPUTS; i++)
        scalars[i] = (clw_scalar){CLW_SCALAR_INT, {0}};
    do {
        status = device_wait(kernels->device, error);
        if (!status)
            status = launch_entry(kernels, entry, &empty, arrays, scalars, &too_late, error);
    } while (!status && too_late);
    if (!status)
        kernels_launched(kernels, entry);
    buffer_release(buffer);
    return status;
}
