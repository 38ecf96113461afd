/* Where an element of an op's result stands: operands of strides without memory. */
#include <string.h>

#include "runtime/plan/checked.h"
#include "runtime/plan/plan.h"

/* ---- the shape of a step's result ---- */

/* The inputs that a node of an expression depends on. */
static void mark_inputs(const struct graph *graph, int node, unsigned char *inputs)
{
    unsigned char nodes[OP_MAX_NODES] = {0};
    nodes[node] = 1;
    for (int i = node; i >= 0; i--) {
        const struct node *reader = &graph->nodes[i];
        for (int k = 0; nodes[i] && k < (reader->op ? reader->op->nin : 1); k++)
            if (reader->in[k].kind == NODE_INPUT)
                inputs[reader->in[k].index] = 1;
            else if (reader->in[k].kind == NODE_VALUE)
                nodes[reader->in[k].index] = 1;
    }
}

/* A node that gives the only result has the result's shape; any other that of its operands, as if
 * it were a call of its own. */
static int has_shape_of_result(const struct clw_op *op, int node)
{
    return !op->graph || (op->nout == 1 && op->graph->out[0].kind == NODE_VALUE &&
                          op->graph->out[0].index == node);
}

static clw_status shape_of_step(const struct request *request, const struct plan *plan, int index,
                                struct layout *layout, clw_error *error)
{
    const struct clw_op *op = request->op;
    unsigned char used[OP_MAX_INPUTS] = {0};
    const int64_t *shapes[OP_MAX_INPUTS];
    int ndims[OP_MAX_INPUTS], n = 0;
    layout->ndim = plan->ndim;
    memcpy(layout->shape, plan->shape, sizeof *plan->shape * (size_t)plan->ndim);
    if (has_shape_of_result(op, index))
        return CLW_OK;
    mark_inputs(op->graph, index, used);
    for (int i = 0; i < op->nin; i++)
        if (used[i] && !request->in[i].type.scalar.kind) {
            ndims[n] = request->in[i].type.ndim;
            shapes[n++] = request->in[i].shape;
        }
    return broadcast_shapes(n, ndims, shapes, &layout->ndim, layout->shape, error);
}

/* ---- strides ---- */

/* An axis before the first is one of extent 1, as in broadcasting. */
static clw_status fill_strides(const struct clw_op *op, const struct position *position,
                               struct layout *layout, clw_error *error)
{
    char words[SHAPE_WORDS];
    if (position->is_flat) {
        layout_c_order(layout, 1);
        return CLW_OK;
    }
    const int axis = position->axis < 0 ? position->axis + layout->ndim : position->axis;
    for (int d = 0; d < layout->ndim; d++)
        layout->strides[d] = d == axis;
    if (axis >= layout->ndim)
        return fail(error, CLW_ERROR_ARGUMENT,
                    "%s: index %s counts along axis %d, the result has shape %s", op->name,
                    position->name, position->axis,
                    shape_words(layout->ndim, layout->shape, words, sizeof words));
    return CLW_OK;
}

/* Positions of equal strides are one. */
static int find_position(const struct plan *plan, const int64_t *strides)
{
    int k = plan->nbuffers;
    while (k < plan->narrays &&
           memcmp(plan->walk.strides[k], strides, sizeof *strides * (size_t)plan->ndim) != 0)
        k++;
    return k;
}

static clw_status add_position(const struct request *request, struct plan *plan,
                               const struct layout *layout, int *id, clw_error *error)
{
    int64_t strides[GEOMETRY_MAX_RANK];
    uint64_t first = 0;
    broadcast_strides(layout, plan->ndim, plan->shape, strides);
    const int k = find_position(plan, strides);
    *id = k - plan->nbuffers;
    if (k < plan->narrays)
        return CLW_OK;
    if (*id == PLAN_MAX_POSITIONS)
        return fail(error, CLW_ERROR_ARGUMENT, "more than %d different positions in one kernel",
                    PLAN_MAX_POSITIONS);
    if (plan->ndim > 0 &&
        (!multiply_fits((uint64_t)request->origin, magnitude(strides[0]), &first) ||
         first > (uint64_t)(INT64_MAX - plan->elements)))
        return fail(error, CLW_ERROR_OVERFLOW, "positions from origin %lld on exceed 64 bits",
                    (long long)request->origin);
    memcpy(plan->walk.strides[k], strides, sizeof strides);
    plan->walk.base[k] = (int64_t)first;
    plan->arrays[k] = (struct kernel_array){
        .dtype = CLW_I64, .input = -1, .output = -1, .is_position = 1, .aligned = 1};
    plan->narrays++;
    return CLW_OK;
}

clw_status positions_add(const struct request *request, struct plan *plan, clw_error *error)
{
    for (int i = 0; i < plan->resolved.nsteps; i++) {
        struct step *step = &plan->resolved.steps[i];
        struct layout layout;
        if (!step->op || step->op->npositions == 0)
            continue;
        clw_status status = shape_of_step(request, plan, i, &layout, error);
        for (int j = 0; !status && j < step->op->npositions; j++) {
            int id = 0;
            status = fill_strides(step->op, &step->op->positions[j], &layout, error);
            if (!status)
                status = add_position(request, plan, &layout, &id, error);
            step->position[j] = (uint8_t)id;
        }
        if (status)
            return status;
    }
    return CLW_OK;
}
