#include "runtime/api/split.h"

#include <string.h>

#include "runtime/base/memory.h"

/* ---- checks ---- */

clw_status split_resolve(const clw_op *op, const struct typed *in,
                         const struct resolve_options *options, struct resolved *last,
                         clw_error *error)
{
    const struct split *split = op->split;
    struct resolve_options plain = *options;
    struct typed *values =
        memory_new(op->allocator, (size_t)split->ntemporaries + 1, sizeof *values);
    clw_status status = values ? CLW_OK : fail_memory(error);
    plain.params = NULL;
    plain.nparams = 0;
    for (int p = 0; !status && p < split->nparts; p++) {
        const struct part *part = &split->parts[p];
        const int is_last = p + 1 == split->nparts;
        struct typed types[OP_MAX_INPUTS];
        for (int i = 0; i < part->op->nin; i++)
            types[i] = part->in[i] >= 0 ? in[part->in[i]] : values[-1 - part->in[i]];
        status = resolve(part->op, types, is_last ? options : &plain, last, error);
        for (int k = 0; !status && !is_last && k < part->op->nout; k++)
            values[part->out[k]] =
                (struct typed){last->out_dtype[k], last->out_ndim[k], {CLW_SCALAR_NONE, {0}}};
    }
    memory_free(op->allocator, values);
    return status;
}

/* Operands as planning and broadcasting see them; one block of memory. */
struct facts {
    struct typed *types;
    const int64_t **shapes; /* of the arrays among them */
    int *ndims, narrays;
};

static void add_shape(struct facts *facts, const clw_array *array)
{
    if (!array)
        return;
    facts->ndims[facts->narrays] = array->layout.ndim;
    facts->shapes[facts->narrays++] = array->layout.shape;
}

static clw_status get_facts(const clw_op *op, const clw_operand *in, struct facts *facts,
                            clw_error *error)
{
    const size_t count = (size_t)op->nin + OP_MAX_OUTPUTS + 1;
    facts->types = memory_new(op->allocator, count,
                              sizeof *facts->types + sizeof *facts->shapes + sizeof *facts->ndims);
    if (!facts->types)
        return fail_memory(error);
    facts->shapes = (const int64_t **)(void *)(facts->types + count);
    facts->ndims = (int *)(void *)(facts->shapes + count);
    facts->narrays = 0;
    for (int i = 0; i < op->nin; i++) {
        facts->types[i] = type_of(&in[i]);
        add_shape(facts, in[i].array);
    }
    return CLW_OK;
}

clw_status split_check(clw_context *context, const clw_op *op, const clw_operand *in,
                       clw_array *const *out, const clw_call_options *options, struct whole *whole,
                       clw_error *error)
{
    struct facts facts = {.types = NULL};
    struct resolved last;
    const struct resolve_options how = {
        .promotion = {.rule = context->promotion, .casting = options->casting},
        .demote = context_demotes(context),
        .params = options->params,
        .nparams = options->nparams,
    };
    clw_status status = get_facts(op, in, &facts, error);
    if (status)
        return status;
    add_shape(&facts, options->where);
    for (int i = 0; i < op->nout; i++)
        add_shape(&facts, out[i]);
    whole->origin = options->origin;
    status = split_resolve(op, facts.types, &how, &last, error);
    if (!status)
        status = broadcast_shapes(facts.narrays, facts.ndims, facts.shapes, &whole->ndim,
                                  whole->shape, error);
    memory_free(op->allocator, facts.types);
    if (status)
        error_prefix(error, op->name);
    return status;
}

/* ---- temporaries ---- */

void split_operands(const struct part *part, const clw_operand *in, clw_array *const *temporaries,
                    clw_operand *operands)
{
    for (int i = 0; i < part->op->nin; i++)
        operands[i] = part->in[i] >= 0 ? in[part->in[i]] : CLW_ARRAY(temporaries[-1 - part->in[i]]);
}

/* The broadcast shape of the operands in the set. */
static clw_status shape_of(const struct part *part, const clw_operand *operands, unsigned set,
                           int *ndim, int64_t *shape, clw_error *error)
{
    const int64_t *shapes[OP_MAX_INPUTS];
    int ndims[OP_MAX_INPUTS], n = 0;
    for (int i = 0; i < part->op->nin; i++)
        if (set >> i & 1 && operands[i].array) {
            ndims[n] = operands[i].array->layout.ndim;
            shapes[n++] = operands[i].array->layout.shape;
        }
    return broadcast_shapes(n, ndims, shapes, ndim, shape, error);
}

clw_status split_narrow(const struct part *part, int k, const clw_operand *operands,
                        clw_status (*make)(clw_context *, clw_dtype, int, const int64_t *,
                                           clw_array **, clw_error *),
                        clw_array **array, clw_error *error)
{
    clw_array *whole = *array, *narrow = NULL;
    int ndim;
    int64_t shape[CLW_MAX_NDIM];
    clw_status status = shape_of(part, operands, part->reads[k], &ndim, shape, error);
    if (status || (ndim == whole->layout.ndim &&
                   memcmp(shape, whole->layout.shape, sizeof *shape * (size_t)ndim) == 0))
        return status;
    status = layout_is_empty(&whole->layout)
                 ? make(whole->context, whole->dtype, ndim, shape, &narrow, error)
                 : array_narrow(whole, ndim, shape, &narrow, error);
    if (status)
        return status;
    clw_array_release(whole);
    *array = narrow;
    return CLW_OK;
}

int64_t split_origin(const struct part *part, const clw_operand *operands,
                     const struct whole *whole)
{
    int ndim;
    int64_t shape[CLW_MAX_NDIM];
    if (!whole->origin || shape_of(part, operands, ~0U, &ndim, shape, NULL))
        return 0;
    return ndim > 0 && ndim == whole->ndim && shape[0] == whole->shape[0] ? whole->origin : 0;
}

void split_release(const struct split *split, int index, clw_array **temporaries)
{
    const int is_last = index + 1 == split->nparts;
    for (int t = 0; t < split->ntemporaries; t++)
        if (is_last || split->last_reader[t] == index) {
            clw_array_release(temporaries[t]);
            temporaries[t] = NULL;
        }
}

/* ---- running ---- */

static clw_status run_part(clw_context *context, const struct part *part, const clw_operand *in,
                           const struct whole *whole, clw_array **temporaries, clw_error *error)
{
    clw_operand operands[OP_MAX_INPUTS];
    clw_array *made[OP_MAX_OUTPUTS] = {NULL};
    clw_call_options options;
    clw_call_options_init(&options);
    split_operands(part, in, temporaries, operands);
    options.origin = split_origin(part, operands, whole);
    clw_status status = run_planned(context, part->op, operands, made, &options, error);
    for (int k = 0; k < part->op->nout; k++) {
        if (!status)
            status = split_narrow(part, k, operands, array_new, &made[k], error);
        temporaries[part->out[k]] = made[k];
    }
    return status;
}

clw_status split_call(clw_context *context, const clw_op *op, const clw_operand *in,
                      clw_array **out, const clw_call_options *options, clw_error *error)
{
    const struct split *split = op->split;
    const int last = split->nparts - 1;
    struct whole whole;
    clw_status status = split_check(context, op, in, out, options, &whole, error);
    if (status)
        return status;
    clw_array **temporaries =
        memory_new(context->allocator, (size_t)split->ntemporaries + 1, sizeof *temporaries);
    if (!temporaries)
        return fail_memory(error);
    for (int p = 0; !status && p < last; p++) {
        status = run_part(context, &split->parts[p], in, &whole, temporaries, error);
        split_release(split, p, temporaries);
    }
    if (!status) {
        clw_operand operands[OP_MAX_INPUTS];
        split_operands(&split->parts[last], in, temporaries, operands);
        status = call_checked(context, split->parts[last].op, operands, out, options, error);
    }
    split_release(split, last, temporaries);
    memory_free(context->allocator, temporaries);
    return status;
}
