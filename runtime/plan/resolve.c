#include "runtime/plan/resolve.h"

#include <stdio.h>
#include <string.h>

int step_input_count(const struct step *step)
{
    return step->op ? step->op->nin : 1;
}

int step_output_count(const struct step *step)
{
    return step->op ? step->op->nout : 1;
}

clw_dtype step_needs_fp64(const struct resolved *resolved, const struct step *step)
{
    const int nin = step_input_count(step), nout = step_output_count(step);
    for (int i = 0; i < nin; i++)
        if (dtype_needs_fp64((clw_dtype)step->loop.in[i]))
            return (clw_dtype)step->loop.in[i];
    for (int i = 0; i < nout; i++)
        if (dtype_needs_fp64((clw_dtype)step->loop.out[i]))
            return (clw_dtype)step->loop.out[i];
    for (int i = 0; step->op && i < step->op->nparams; i++)
        if (dtype_needs_fp64(resolved->params[step->first_param + i].dtype))
            return resolved->params[step->first_param + i].dtype;
    return step->op && step->op->require_fp64 ? CLW_F64 : CLW_DTYPE_COUNT;
}

clw_dtype param_dtype(const struct param *param, const struct loop *loop)
{
    if (param->is_t)
        return (clw_dtype)loop->t;
    return param->is_t_real ? dtype_table[loop->t].real : param->dtype;
}

static clw_status unknown_param(const struct clw_op *op, const char *name, clw_error *error)
{
    char names[OP_MAX_PARAMS * (OP_NAME_SIZE + 2)] = "none";
    size_t at = 0;
    for (int i = 0; i < op->nparams; i++)
        at += (size_t)snprintf(names + at, sizeof names - at, "%s%s", i ? ", " : "",
                               op->params[i].name);
    return fail(error, CLW_ERROR_NOT_FOUND, "%s: no parameter %s; its parameters: %s", op->name,
                name, names);
}

static int find_param(const struct clw_op *op, const char *name)
{
    for (int i = 0; i < op->nparams; i++)
        if (strcmp(op->params[i].name, name) == 0)
            return i;
    return -1;
}

/* A parameter's dtype must hold the value: an integer dtype takes no fraction. */
static clw_status check_param(const struct clw_op *op, const struct param *param, clw_dtype dtype,
                              clw_scalar value, clw_error *error)
{
    static const char *const kinds[] = {"nothing",    "a bool",  "an integer",
                                        "an integer", "a float", "a complex number"};
    static const enum dtype_kind needs[] = {KIND_COMPLEX + 1, KIND_BOOL,  KIND_BOOL,
                                            KIND_BOOL,        KIND_FLOAT, KIND_COMPLEX};
    if (value.kind > CLW_SCALAR_COMPLEX || needs[value.kind] > dtype_table[dtype].kind)
        return fail(error, CLW_ERROR_ARGUMENT, "%s: parameter %s is %s, given %s", op->name,
                    param->name, dtype_table[dtype].name,
                    value.kind > CLW_SCALAR_COMPLEX ? "nothing" : kinds[value.kind]);
    return CLW_OK;
}

static clw_status resolve_params(const clw_param *given, int ngiven, struct step *step,
                                 struct resolved *resolved, clw_error *error)
{
    const struct clw_op *op = step->op;
    step->first_param = resolved->nparams;
    if (resolved->nparams + op->nparams > RESOLVED_MAX_PARAMS)
        return fail(error, CLW_ERROR_ARGUMENT, "%s: more than %d parameters in one kernel",
                    resolved->op->name, RESOLVED_MAX_PARAMS);
    struct param_use *uses = resolved->params + resolved->nparams;
    for (int i = 0; i < op->nparams; i++)
        uses[i] = (struct param_use){op->params[i].default_value,
                                     param_dtype(&op->params[i], &step->loop)};
    for (int i = 0; i < ngiven; i++) {
        const char *name = given[i].name ? given[i].name : "(null)";
        const int k = find_param(op, name);
        if (k < 0)
            return unknown_param(op, name, error);
        const clw_status status =
            check_param(op, &op->params[k], uses[k].dtype, given[i].value, error);
        if (status)
            return status;
        uses[k].value = given[i].value;
    }
    resolved->nparams += op->nparams;
    return CLW_OK;
}

/* The entry of scalars for this input in this dtype, made if it is new; -1 if there are too many.
 */
static int scalar_use(struct resolved *resolved, int input, clw_dtype dtype)
{
    int i = 0;
    for (; i < resolved->nscalars; i++)
        if (resolved->scalars[i].input == input && resolved->scalars[i].dtype == dtype)
            return i;
    if (i == RESOLVED_MAX_SCALARS)
        return -1;
    resolved->scalars[resolved->nscalars++] = (struct scalar_use){input, dtype};
    return i;
}

static clw_status too_many_scalars(const struct resolved *resolved, clw_error *error)
{
    return fail(error, CLW_ERROR_ARGUMENT, "%s: more than %d scalar operands in one kernel",
                resolved->op->name, RESOLVED_MAX_SCALARS);
}

void loop_demote(struct loop *loop, int nin, int nout)
{
    loop->t = (uint8_t)dtype_demoted((clw_dtype)loop->t);
    for (int i = 0; i < nin; i++)
        loop->in[i] = (uint8_t)dtype_demoted((clw_dtype)loop->in[i]);
    for (int i = 0; i < nout; i++)
        loop->out[i] = (uint8_t)dtype_demoted((clw_dtype)loop->out[i]);
}

/* What a node reads, with its type; literals and scalar inputs are weak. */
static void read_ref(const struct clw_op *op, struct node_ref ref, const struct typed *in,
                     const struct resolved *resolved, const int *value_ndim, struct typed *type,
                     struct value *value)
{
    if (ref.kind == NODE_INPUT) {
        *type = in[ref.index];
        *value = (struct value){type->scalar.kind ? VALUE_SCALAR : VALUE_INPUT,
                                (uint8_t)type->dtype, 0, (int16_t)ref.index};
    } else if (ref.kind == NODE_LITERAL) {
        *type = (struct typed){CLW_DTYPE_COUNT, 0, op->graph->literals[ref.index]};
        *value = (struct value){VALUE_LITERAL, 0, 0, (int16_t)ref.index};
    } else {
        const uint8_t dtype = resolved->steps[ref.index].loop.out[ref.output];
        *type = (struct typed){(clw_dtype)dtype, value_ndim[ref.index], {CLW_SCALAR_NONE, {0}}};
        *value = (struct value){VALUE_STEP, dtype, ref.output, (int16_t)ref.index};
    }
}

/* Binds weak values to the dtypes that the loop wants. */
static clw_status bind_weak(struct resolved *resolved, struct step *step, int nin, clw_error *error)
{
    for (int i = 0; i < nin; i++) {
        struct value *value = &step->in[i];
        if (value->kind == VALUE_LITERAL) {
            value->dtype = step->loop.in[i];
        } else if (value->kind == VALUE_SCALAR) {
            const int use = scalar_use(resolved, value->index, (clw_dtype)step->loop.in[i]);
            if (use < 0)
                return too_many_scalars(resolved, error);
            value->dtype = step->loop.in[i];
            value->index = (int16_t)use;
        }
    }
    return CLW_OK;
}

static clw_status resolve_leaf(const struct clw_op *op, const struct typed *in,
                               const struct resolve_options *options, struct resolved *resolved,
                               clw_error *error)
{
    struct step *step = &resolved->steps[resolved->nsteps];
    step->op = op;
    clw_status status = promote(op, in, &options->promotion, &step->loop, error);
    if (status)
        return status;
    if (options->demote)
        loop_demote(&step->loop, op->nin, op->nout);
    status = resolve_params(options->params, options->nparams, step, resolved, error);
    if (status)
        return status;
    resolved->nsteps++;
    return bind_weak(resolved, step, op->nin, error);
}

/* The dtype of a weak scalar that stands alone. */
static clw_dtype default_dtype(clw_scalar scalar, clw_promotion rule)
{
    static const clw_dtype numpy[] = {CLW_DTYPE_COUNT, CLW_BOOL, CLW_I64,
                                      CLW_U64,         CLW_F64,  CLW_C128};
    static const clw_dtype torch[] = {CLW_DTYPE_COUNT, CLW_BOOL, CLW_I64,
                                      CLW_U64,         CLW_F32,  CLW_C64};
    return (rule == CLW_PROMOTION_TORCH ? torch : numpy)[scalar.kind];
}

/* A cast node is a step without an op. */
static clw_status resolve_cast(const struct node *node, struct typed type, struct value value,
                               const struct resolve_options *options, struct resolved *resolved,
                               clw_error *error)
{
    struct step *step = &resolved->steps[resolved->nsteps++];
    clw_dtype to = (clw_dtype)node->cast;
    clw_dtype from =
        type.scalar.kind ? default_dtype(type.scalar, options->promotion.rule) : type.dtype;
    if (options->demote) {
        to = dtype_demoted(to);
        from = dtype_demoted(from);
    }
    *step = (struct step){.op = NULL, .first_param = resolved->nparams};
    step->loop = (struct loop){.t = (uint8_t)from, .in = {(uint8_t)from}, .out = {(uint8_t)to}};
    step->in[0] = value;
    return bind_weak(resolved, step, 1, error);
}

static clw_status resolve_node(const struct clw_op *op, const struct node *node,
                               const struct typed *in, const struct resolve_options *options,
                               struct resolved *resolved, int *value_ndim, clw_error *error)
{
    struct typed types[OP_MAX_LEAF_INPUTS];
    struct step *step = &resolved->steps[resolved->nsteps];
    const int nin = node->op ? node->op->nin : 1;
    int *ndim = &value_ndim[resolved->nsteps];
    *ndim = 0;
    for (int i = 0; i < nin; i++) {
        read_ref(op, node->in[i], in, resolved, value_ndim, &types[i], &step->in[i]);
        if (!types[i].scalar.kind && types[i].ndim > *ndim)
            *ndim = types[i].ndim;
    }
    if (!node->op)
        return resolve_cast(node, types[0], step->in[0], options, resolved, error);
    struct resolve_options leaf = *options;
    leaf.params = op->graph->params + node->first_param;
    leaf.nparams = node->nparams;
    leaf.promotion.has_dtype = 0;
    return resolve_leaf(node->op, types, &leaf, resolved, error);
}

/* An output of an expression that is just an input or a literal becomes a cast to its own dtype. */
static clw_status resolve_plain_output(const struct clw_op *op, struct node_ref ref,
                                       const struct typed *in,
                                       const struct resolve_options *options,
                                       struct resolved *resolved, clw_error *error)
{
    struct typed type;
    struct value value;
    if (resolved->nsteps == OP_MAX_NODES)
        return fail(error, CLW_ERROR_ARGUMENT, "%s: more than %d operations in one expression",
                    op->name, OP_MAX_NODES);
    read_ref(op, ref, in, resolved, NULL, &type, &value);
    const struct node node = {
        .cast = (int)(type.scalar.kind ? default_dtype(type.scalar, options->promotion.rule)
                                       : type.dtype)};
    return resolve_cast(&node, type, value, options, resolved, error);
}

static clw_status resolve_graph(const struct clw_op *op, const struct typed *in,
                                const struct resolve_options *options, struct resolved *resolved,
                                clw_error *error)
{
    const struct graph *graph = op->graph;
    int value_ndim[OP_MAX_NODES];
    if (options->nparams)
        return unknown_param(op, options->params[0].name ? options->params[0].name : "(null)",
                             error);
    for (int i = 0; i < graph->nnodes; i++) {
        const clw_status status =
            resolve_node(op, &graph->nodes[i], in, options, resolved, value_ndim, error);
        if (status)
            return status;
    }
    for (int i = 0; i < op->nout; i++) {
        struct node_ref ref = graph->out[i];
        if (ref.kind != NODE_VALUE) {
            const clw_status status = resolve_plain_output(op, ref, in, options, resolved, error);
            if (status)
                return status;
            resolved->out_ndim[i] = ref.kind == NODE_INPUT ? in[ref.index].ndim : 0;
            ref = (struct node_ref){NODE_VALUE, 0, resolved->nsteps - 1};
        } else {
            resolved->out_ndim[i] = value_ndim[ref.index];
        }
        const uint8_t dtype = resolved->steps[ref.index].loop.out[ref.output];
        resolved->out[i] = (struct value){VALUE_STEP, dtype, ref.output, (int16_t)ref.index};
        resolved->out_dtype[i] = (clw_dtype)dtype;
    }
    return CLW_OK;
}

clw_status resolve(const struct clw_op *op, const struct typed *in,
                   const struct resolve_options *options, struct resolved *resolved,
                   clw_error *error)
{
    resolved->op = op;
    resolved->nsteps = resolved->nscalars = resolved->nparams = 0;
    if (op->graph)
        return resolve_graph(op, in, options, resolved, error);
    for (int i = 0; i < op->nin; i++)
        resolved->steps[0].in[i] = (struct value){in[i].scalar.kind ? VALUE_SCALAR : VALUE_INPUT,
                                                  (uint8_t)in[i].dtype, 0, (int16_t)i};
    const clw_status status = resolve_leaf(op, in, options, resolved, error);
    for (int i = 0; !status && i < op->nout; i++) {
        const uint8_t dtype = resolved->steps[0].loop.out[i];
        resolved->out[i] = (struct value){VALUE_STEP, dtype, (uint8_t)i, 0};
        resolved->out_dtype[i] = (clw_dtype)dtype;
    }
    return status;
}
