#include "runtime/device/launch.h"

#include <string.h>

#include "runtime/codegen/codegen.h"

/* How work is cut. A run is long enough to pay for its start, and there are enough of them that
 * threads which are slowed down do not hold up the rest. */
enum {
    RUN_ELEMENTS = 8192,
    RUNS_PER_UNIT = 8,
    RUN_ROUNDING = 64, /* runs begin at whole cache lines where rows do */
    GRID_LOCAL = 64,
    GRID_PER_UNIT = 2048,
    GRID_MOST_ROUNDS = 16384, /* llvmpipe ends loops after 65535 rounds */
    ITEMS_LOCAL = 4096,       /* of which the start costs little beside the work */
    ITEMS_ROUNDING = 16,      /* whole vectors */
    ITEMS_TILE = 16 /* wide where an operand is transposed: its lines are then read once */
};

struct cut {
    int64_t extent, per_item, segment, segments; /* of struct geometry */
    size_t global[2], local[2];
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

static struct cut cut_runs(const struct plan *plan, int units)
{
    const int64_t inner = plan->walk.shape[plan->walk.rank - 1];
    const int64_t elements = kernel_elements(plan), rows = elements / inner;
    int64_t chunk = divide_up(elements, (int64_t)RUNS_PER_UNIT * units);
    chunk = chunk < RUN_ELEMENTS ? RUN_ELEMENTS : chunk;
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

static struct cut cut_grid(const struct plan *plan, int units)
{
    const int64_t elements = kernel_elements(plan);
    int64_t items = (int64_t)GRID_PER_UNIT * units;
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
static struct cut cut_items(const struct plan *plan, int units)
{
    (void)units;
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

static struct cut (*const cut_of[])(const struct plan *plan, int units) = {
    [SKELETON_RUNS] = cut_runs, [SKELETON_GRID] = cut_grid, [SKELETON_ITEMS] = cut_items};

/* ---- arguments ---- */

struct block {
    unsigned char bytes[4096];
    size_t length;
};

static void add_long(struct block *block, int64_t value)
{
    memcpy(block->bytes + block->length, &value, sizeof value);
    block->length += sizeof value;
}

static void add_index(struct block *block, int64_t value, int wide)
{
    const int32_t narrow = (int32_t)value;
    if (wide) {
        add_long(block, value);
    } else {
        memcpy(block->bytes + block->length, &narrow, sizeof narrow);
        block->length += sizeof narrow;
    }
}

_Static_assert(8 * (PLAN_MAX_WALKED + CODEGEN_GEOMETRY_SCALARS + 12 * (1 + PLAN_MAX_WALKED)) < 4096,
               "a block has room for every geometry");

/* struct geometry as codegen.h lays it out. */
static void fill_geometry(struct block *block, const struct plan *plan, const struct cut *cut,
                          const int64_t *base)
{
    const struct walk *walk = &plan->walk;
    const int first = walk->rank - plan->kernel_rank, wide = plan->wide;
    block->length = 0;
    for (int k = 0; k < plan->narrays; k++)
        add_long(block, base[k]);
    add_index(block, cut->extent, wide);
    add_index(block, cut->per_item, wide);
    add_index(block, cut->segment, wide);
    add_index(block, cut->segments, wide);
    for (int d = first; d < walk->rank; d++)
        add_index(block, walk->shape[d], wide);
    for (int k = 0; k < plan->narrays; k++)
        for (int d = first; d < walk->rank; d++)
            add_index(block, walk->strides[k][d], wide);
    if (block->length % sizeof(int64_t))
        add_index(block, 0, 0);
}

static cl_int set_values(cl_kernel kernel, cl_uint index, const struct plan *plan,
                         const clw_scalar *scalars)
{
    const struct resolved *resolved = &plan->resolved;
    unsigned char bits[16];
    cl_int code = CL_SUCCESS;
    for (int i = 0; !code && i < resolved->nscalars; i++) {
        const struct scalar_use *use = &resolved->scalars[i];
        const size_t size = scalar_bits(scalars[use->input], use->dtype, bits);
        code = clSetKernelArg(kernel, index++, size, bits);
    }
    for (int i = 0; !code && i < resolved->nparams; i++) {
        const struct param_use *use = &resolved->params[i];
        const size_t size = scalar_bits(use->value, use->dtype, bits);
        code = clSetKernelArg(kernel, index++, size, bits);
    }
    return code;
}

static cl_int set_arguments(cl_kernel kernel, const struct plan *plan,
                            const struct launch_array *arrays, const clw_scalar *scalars)
{
    cl_int code = CL_SUCCESS;
    for (int k = 0; !code && k < plan->nbuffers; k++)
        code = clSetKernelArg(kernel, (cl_uint)k, sizeof(cl_mem), &arrays[k].buffer->memory);
    return code ? code : set_values(kernel, (cl_uint)plan->nbuffers + 1, plan, scalars);
}

/* ---- launching ---- */

static cl_int enqueue(struct kernels *kernels, cl_kernel kernel, const struct plan *plan,
                      const struct cut *cut, const int64_t *base)
{
    struct block geometry;
    fill_geometry(&geometry, plan, cut, base);
    const cl_int code =
        clSetKernelArg(kernel, (cl_uint)plan->nbuffers, geometry.length, geometry.bytes);
    return code ? code
                : clEnqueueNDRangeKernel(kernels->device->queue, kernel, cut->global[1] > 1 ? 2 : 1,
                                         NULL, cut->global, cut->local, 0, NULL, NULL);
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

clw_status launch(struct kernels *kernels, struct kernel_entry *entry, const struct plan *plan,
                  const struct launch_array *arrays, const clw_scalar *scalars, clw_error *error)
{
    const struct cut cut = cut_of[plan->skeleton](plan, kernels->device->info.compute_units);
    int64_t position[GEOMETRY_MAX_RANK] = {0}, base[PLAN_MAX_WALKED];
    cl_kernel kernel;
    for (int k = 0; k < plan->narrays; k++)
        base[k] = (k < plan->nbuffers ? arrays[k].offset : 0) + plan->walk.base[k];
    const clw_status status = kernels_take(kernels, entry, &kernel, error);
    if (status)
        return status;
    cl_int code = set_arguments(kernel, plan, arrays, scalars);
    if (!code)
        do
            code = enqueue(kernels, kernel, plan, &cut, base);
        while (!code && next_outer(plan, position, base));
    kernels_give(kernels, entry, kernel);
    if (code) {
        fail_cl(error, code, "queueing the kernel");
        error_prefix(error, plan->resolved.op->name);
        return error ? error->code : CLW_ERROR_DEVICE;
    }
    /* Some drivers start queued work only when they are told to. */
    clFlush(kernels->device->queue);
    kernels_launched(kernels, entry);
    return CLW_OK;
}
