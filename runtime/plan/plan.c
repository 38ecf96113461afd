#include "runtime/plan/plan.h"

#include <stdio.h>
#include <string.h>

#include "runtime/plan/called.h"
#include "runtime/plan/checked.h"

/* Parameters that every kernel has besides arrays: see struct geometry in codegen/. */
enum { GEOMETRY_WORDS = 8, WORD = 8, MOST_ALIGNMENT = 16 };

enum { USUAL_TILE = 512, GENERIC_RANK = 4 };

static int has_array(const struct operand *operand)
{
    return operand && operand->shape;
}

static clw_status resolve_types(const struct request *request, struct plan *plan, clw_error *error)
{
    struct typed types[OP_MAX_INPUTS];
    for (int i = 0; i < request->op->nin; i++)
        types[i] = request->in[i].type;
    const struct resolve_options options = {
        .promotion = request->promotion,
        .demote = !request->target->fp64 && request->fp64 == CLW_FP64_DEMOTE,
        .params = request->params,
        .nparams = request->nparams,
    };
    plan->demoted = options.demote;
    plan->rule = request->promotion.rule;
    plan->called_wide = CLW_DTYPE_COUNT;
    clw_status status = resolve(request->op, types, &options, &plan->resolved, error);
    for (int i = 0; !status && i < plan->resolved.nsteps; i++) {
        const struct step *step = &plan->resolved.steps[i];
        if (step->op)
            status = called_check(step->op, (clw_dtype)step->loop.t, plan->rule, plan->demoted,
                                  &plan->called_wide, error);
    }
    return status;
}

static clw_status fail_fp64(const struct request *request, const struct clw_op *op, clw_dtype dtype,
                            clw_error *error)
{
    return fail(error, CLW_ERROR_UNSUPPORTED,
                "%s: computes in %s, which device %s lacks (fp64 policy strict; demote computes in "
                "%s)",
                op ? op->name : request->op->name, dtype_table[dtype].name, request->target->name,
                dtype_table[dtype_demoted(dtype)].name);
}

static clw_status check_fp64(const struct request *request, const struct plan *plan,
                             clw_error *error)
{
    for (int i = 0; !request->target->fp64 && i < plan->resolved.nsteps; i++) {
        const struct step *step = &plan->resolved.steps[i];
        const clw_dtype dtype = step_needs_fp64(&plan->resolved, step);
        if (dtype != CLW_DTYPE_COUNT)
            return fail_fp64(request, step->op, dtype, error);
    }
    if (!request->target->fp64 && plan->called_wide != CLW_DTYPE_COUNT)
        return fail_fp64(request, NULL, plan->called_wide, error);
    return CLW_OK;
}

static clw_status check_outputs(const struct request *request, struct plan *plan, clw_error *error)
{
    for (int i = 0; i < request->op->nout; i++) {
        const clw_dtype from = plan->resolved.out_dtype[i];
        plan->out_dtype[i] = from;
        if (!has_array(&request->out[i]))
            continue;
        const clw_dtype to = request->out[i].type.dtype;
        plan->out_dtype[i] = to;
        const int demoted = plan->demoted && dtype_demoted(to) == from;
        if (!demoted && !can_cast(from, to, request->casting))
            return fail(error, CLW_ERROR_CAST,
                        "%s: output %s cannot be cast from %s to %s with casting %s",
                        request->op->name, request->op->out_name[i], dtype_table[from].name,
                        dtype_table[to].name, casting_name(request->casting));
    }
    return CLW_OK;
}

/* ---- shapes ---- */

static int same_shape(int ndim, const int64_t *shape, const struct operand *operand)
{
    return operand->type.ndim == ndim &&
           (ndim == 0 || memcmp(shape, operand->shape, sizeof *shape * (size_t)ndim) == 0);
}

/* Inputs, mask and given outputs broadcast together; a given output must not be stretched. */
static clw_status plan_shape(const struct request *request, struct plan *plan, clw_error *error)
{
    int n = 0, ndims[PLAN_MAX_OPERANDS];
    const int64_t *shapes[PLAN_MAX_OPERANDS];
    const struct operand *groups[3] = {request->in, request->mask, request->out};
    const int counts[3] = {request->op->nin, request->mask ? 1 : 0, request->op->nout};
    for (int g = 0; g < 3; g++)
        for (int i = 0; i < counts[g]; i++)
            if (!groups[g][i].type.scalar.kind && (g == 0 || has_array(&groups[g][i]))) {
                ndims[n] = groups[g][i].type.ndim;
                shapes[n++] = groups[g][i].shape;
            }
    clw_status status = broadcast_shapes(n, ndims, shapes, &plan->ndim, plan->shape, error);
    for (int i = 0; !status && i < request->op->nout; i++) {
        const struct operand *out = &request->out[i];
        char has[256], needs[256];
        if (has_array(out) && !same_shape(plan->ndim, plan->shape, out))
            status = fail(error, CLW_ERROR_SHAPE, "%s: output %s has shape %s, the result has %s",
                          request->op->name, request->op->out_name[i],
                          shape_words(out->type.ndim, out->shape, has, sizeof has),
                          shape_words(plan->ndim, plan->shape, needs, sizeof needs));
    }
    for (int i = 0; !status && i < request->op->nout; i++)
        status = layout_check(plan->ndim, plan->shape, (size_t)dtype_table[plan->out_dtype[i]].size,
                              &plan->elements, error);
    return status;
}

static clw_status check_self_overlap(const struct request *request, clw_error *error)
{
    for (int i = 0; i < request->op->nout; i++) {
        const struct operand *out = &request->out[i];
        if (!has_array(out))
            continue;
        struct layout layout = {.ndim = out->type.ndim};
        const size_t size = (size_t)dtype_table[out->type.dtype].size;
        for (int d = 0; d < layout.ndim; d++) {
            layout.shape[d] = out->shape[d];
            layout.strides[d] = out->strides[d];
        }
        if (!layout_is_contiguous(&layout, size) && layout_overlaps_itself(&layout, size))
            return fail(error, CLW_ERROR_OVERLAP,
                        "%s: elements of output %s share memory with each other", request->op->name,
                        request->op->out_name[i]);
    }
    return CLW_OK;
}

/* ---- the walk ---- */

/* Kernels access complex numbers part by part. */
static int part_size(clw_dtype dtype)
{
    return dtype_table[dtype_table[dtype].real].size;
}

static void add_array(struct plan *plan, const struct operand *operand, clw_dtype dtype, int input,
                      int output)
{
    const int k = plan->narrays++;
    struct kernel_array *array = &plan->arrays[k];
    struct layout layout = {.ndim = plan->ndim};
    array->dtype = dtype;
    array->input = input;
    array->output = output;
    array->is_position = 0;
    array->alignment = MOST_ALIGNMENT;
    if (has_array(operand)) {
        layout.ndim = operand->type.ndim;
        for (int d = 0; d < layout.ndim; d++) {
            layout.shape[d] = operand->shape[d];
            layout.strides[d] = operand->strides[d];
        }
        array->alignment = operand->alignment;
    } else if (input < 0) {
        memcpy(layout.shape, plan->shape, sizeof *plan->shape * (size_t)plan->ndim);
        layout_c_order(&layout, (size_t)dtype_table[dtype].size);
    }
    broadcast_strides(&layout, plan->ndim, plan->shape, plan->walk.strides[k]);
    plan->walk.base[k] = 0;
}

int64_t kernel_array_size(const struct kernel_array *array)
{
    return array->is_position ? 1 : dtype_table[array->dtype].size;
}

/* A walk of one element is one of a unit-stride axis of extent 1: it needs no kernel of its own. */
static void give_axis(struct plan *plan)
{
    if (plan->walk.rank > 0)
        return;
    plan->walk.rank = 1;
    plan->walk.shape[0] = 1;
    for (int k = 0; k < plan->narrays; k++)
        plan->walk.strides[k][0] = kernel_array_size(&plan->arrays[k]);
}

static clw_status build_walk(const struct request *request, struct plan *plan, clw_error *error)
{
    plan->narrays = 0;
    plan->walk.rank = plan->ndim;
    memcpy(plan->walk.shape, plan->shape, sizeof *plan->shape * (size_t)plan->ndim);
    for (int i = 0; i < request->op->nin; i++)
        if (!request->in[i].type.scalar.kind)
            add_array(plan, &request->in[i], request->in[i].type.dtype, i, -1);
    if (request->mask)
        add_array(plan, request->mask, CLW_BOOL, -1, -1);
    const int leader = plan->narrays;
    for (int i = 0; i < request->op->nout; i++)
        add_array(plan, &request->out[i], plan->out_dtype[i], -1, i);
    plan->nbuffers = plan->narrays;
    const clw_status status = positions_add(request, plan, error);
    if (status)
        return status;
    plan->walk.noperands = plan->narrays;
    coalesce(&plan->walk, leader);
    give_axis(plan);
    return CLW_OK;
}

/* Of all rows, and whether it is enough for each element. */
static void set_alignment(struct plan *plan, int k)
{
    const struct walk *walk = &plan->walk;
    struct kernel_array *array = &plan->arrays[k];
    const uint64_t part = array->is_position ? 1 : (uint64_t)part_size(array->dtype);
    uint64_t bits = (uint64_t)array->alignment | magnitude(walk->base[k]);
    for (int d = 0; d < walk->rank - 1; d++)
        bits |= magnitude(walk->strides[k][d]);
    array->alignment = (int)(bits & (0 - bits));
    array->aligned =
        array->is_position || ((uint64_t)array->alignment >= part &&
                               magnitude(walk->strides[k][walk->rank - 1]) % part == 0);
}

/* Only where loops take what steps there are. */
static int is_generic(const struct request *request)
{
    return request->target->generic && request->target->skeleton == SKELETON_RUNS;
}

/* Outermost axes of one element, up to the rank. */
static void add_axes(struct plan *plan, int rank)
{
    struct walk *walk = &plan->walk;
    for (; walk->rank < rank; walk->rank++) {
        memmove(walk->shape + 1, walk->shape, (size_t)walk->rank * sizeof *walk->shape);
        walk->shape[0] = 1;
        for (int k = 0; k < plan->narrays; k++) {
            memmove(walk->strides[k] + 1, walk->strides[k],
                    (size_t)walk->rank * sizeof *walk->strides[k]);
            walk->strides[k][0] = 0;
        }
    }
}

/* Alignment, the skeleton, and how many axes the kernel walks itself. */
static void choose_skeleton(const struct request *request, struct plan *plan)
{
    const struct walk *walk = &plan->walk;
    const int room = request->target->max_parameters / WORD - GEOMETRY_WORDS - 2 * plan->narrays -
                     2 * (plan->resolved.nscalars + plan->resolved.nparams);
    int rank = room / (1 + plan->narrays);
    rank = rank > MAX_KERNEL_RANK ? MAX_KERNEL_RANK : rank < 1 ? 1 : rank;
    if (is_generic(request))
        add_axes(plan, rank < GENERIC_RANK ? rank : GENERIC_RANK);
    rank = is_generic(request) && rank > GENERIC_RANK ? GENERIC_RANK : rank;
    plan->kernel_rank = walk->rank < rank ? walk->rank : rank;
    for (int k = 0; k < plan->narrays; k++)
        set_alignment(plan, k);
    plan->skeleton = request->target->skeleton;
    plan->tile = request->target->tile ? request->target->tile : USUAL_TILE;
    if (plan->skeleton == SKELETON_RUNS && !is_generic(request)) {
        if (!short_rows_choose(plan, request->mask != NULL))
            tiles_choose(plan);
    }
    if (plan->skeleton == SKELETON_VECTORS)
        batch_choose(request->target, plan);
    /* Half the range: loops may step past the end once before they stop. */
    const int64_t limit = (int64_t)1 << 30;
    plan->wide = request->target->wide || is_generic(request) || plan->elements >= limit ||
                 walk_largest_offset(walk) >= 2 * limit - 64;
    plan->hiding = request->op->graph ? request->target->hiding : HIDE_NOTHING;
}

static int has_tiles(const struct plan *plan)
{
    return plan->skeleton == SKELETON_TILES || plan->skeleton == SKELETON_LOCAL;
}

static int has_loops(const struct plan *plan)
{
    return plan->skeleton == SKELETON_RUNS || plan->skeleton == SKELETON_TILES;
}

static enum step_pattern inner_pattern(const struct plan *plan, int k, int64_t elements)
{
    if (has_tiles(plan) && tiles_turn(plan, k))
        return STEP_TURNED;
    if (!has_loops(plan))
        return STEP_ANY;
    /* Stores with gaps between are scattered faster than they are put together. */
    const int is_read = plan->arrays[k].output < 0;
    return elements == -1 ? STEP_BACK : elements == 2 && is_read ? STEP_TWO : STEP_ANY;
}

static void mark_dense(struct plan *plan, int k)
{
    unsigned char *const inner = plan->arrays[k].pattern + plan->kernel_rank - 1;
    if (plan->skeleton == SKELETON_SHORT && !short_rows_spread(plan, k) && inner[0] == STEP_UNIT)
        inner[-1] = STEP_DENSE;
}

static void fill_patterns(const struct request *request, struct plan *plan)
{
    const int first = plan->walk.rank - plan->kernel_rank, inner = plan->kernel_rank - 1;
    for (int k = 0; k < plan->narrays; k++) {
        struct kernel_array *array = &plan->arrays[k];
        const int64_t size = kernel_array_size(array);
        for (int d = 0; d <= inner; d++) {
            const int64_t stride = plan->walk.strides[k][first + d];
            array->pattern[d] = is_generic(request) ? STEP_ANY
                                : stride == 0       ? STEP_ZERO
                                : stride == size    ? STEP_UNIT
                                                    : STEP_ANY;
            if (array->pattern[d] == STEP_ANY && d == inner && !is_generic(request))
                array->pattern[d] =
                    (unsigned char)inner_pattern(plan, k, stride % size ? 0 : stride / size);
        }
        mark_dense(plan, k);
    }
}

int plan_has_runs(const struct plan *plan)
{
    return plan->skeleton == SKELETON_RUNS || plan->skeleton == SKELETON_SHORT;
}

int64_t plan_bytes(const struct plan *plan)
{
    int64_t bytes = 0;
    for (int k = 0; k < plan->nbuffers; k++)
        bytes += dtype_table[plan->arrays[k].dtype].size;
    return plan->elements > INT64_MAX / (bytes ? bytes : 1) ? INT64_MAX : bytes * plan->elements;
}

int64_t plan_known_step(const struct plan *plan, int k)
{
    const struct kernel_array *array = &plan->arrays[k];
    const int64_t size = kernel_array_size(array);
    if (plan->skeleton == SKELETON_SHORT)
        return size;
    switch (array->pattern[plan->kernel_rank - 1]) {
    case STEP_UNIT:
    case STEP_STREAMED:
        return size;
    case STEP_BACK:
        return -size;
    case STEP_TWO:
        return 2 * size;
    default:
        return 0;
    }
}

clw_status plan_make(const struct request *request, struct plan *plan, clw_error *error)
{
    clw_status status = resolve_types(request, plan, error);
    if (!status)
        status = check_fp64(request, plan, error);
    if (!status)
        status = check_outputs(request, plan, error);
    if (!status)
        status = plan_shape(request, plan, error);
    if (!status)
        status = check_self_overlap(request, error);
    if (!status && plan->elements == 0) {
        plan->narrays = plan->nbuffers = 0;
        plan->key_length = 0;
        return CLW_OK;
    }
    if (!status)
        status = build_walk(request, plan, error);
    if (status) {
        error_prefix(error, request->op->name);
        return status;
    }
    choose_skeleton(request, plan);
    fill_patterns(request, plan);
    streams_choose(request, plan);
    plan_make_key(request, plan);
    return CLW_OK;
}
