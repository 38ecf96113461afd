/* A call: what must be checked before it runs, and copies of what its outputs overlap. */
#include <string.h>

#include "runtime/api/objects.h"
#include "runtime/api/split.h"
#include "runtime/base/memory.h"

void clw_call_options_init(clw_call_options *options)
{
    if (options)
        *options = (clw_call_options){.struct_size = sizeof *options};
}

/* ---- checks ---- */

static clw_status read_options(const clw_context *context, const clw_op *op,
                               const clw_call_options *given, clw_call_options *options,
                               clw_error *error)
{
    clw_call_options_init(options);
    if (!given)
        return CLW_OK;
    if (given->struct_size < offsetof(clw_call_options, where) ||
        given->struct_size > 16 * sizeof *given)
        return fail(error, CLW_ERROR_ARGUMENT,
                    "%s: clw_call_options.struct_size is %zu; clw_call_options_init sets it",
                    op->name, given->struct_size);
    memcpy(options, given,
           given->struct_size < sizeof *options ? given->struct_size : sizeof *options);
    if ((unsigned)options->casting > CLW_CASTING_UNSAFE)
        return fail(error, CLW_ERROR_ARGUMENT, "%s: %d is no casting rule", op->name,
                    (int)options->casting);
    if (options->has_dtype && !dtype_is_valid(options->dtype))
        return fail(error, CLW_ERROR_ARGUMENT, "%s: %d is no dtype", op->name, (int)options->dtype);
    if (options->nparams < 0 || (options->nparams > 0 && !options->params))
        return fail(error, CLW_ERROR_ARGUMENT, "%s: nparams is %d%s", op->name, options->nparams,
                    options->nparams < 0 ? "" : ", but params is NULL");
    if (op->graph && options->has_dtype)
        return fail(error, CLW_ERROR_ARGUMENT,
                    "%s: dtype %s chooses the loop of one op; an expression has casts in its text, "
                    "such as %s(x)",
                    op->name, dtype_table[options->dtype].name, dtype_table[options->dtype].name);
    if (options->origin < 0)
        return fail(error, CLW_ERROR_ARGUMENT, "%s: origin is %lld, and cannot be negative",
                    op->name, (long long)options->origin);
    if (options->where && options->where->context != context)
        return fail(error, CLW_ERROR_ARGUMENT, "%s: where belongs to another context", op->name);
    if (options->where && options->where->dtype != CLW_BOOL)
        return fail(error, CLW_ERROR_DTYPE, "%s: where must be bool, it is %s", op->name,
                    dtype_table[options->where->dtype].name);
    return CLW_OK;
}

static clw_status check_operands(const clw_context *context, const clw_op *op,
                                 const clw_operand *in, clw_array *const *out, clw_error *error)
{
    for (int i = 0; i < op->nin; i++) {
        const int kind = (int)in[i].scalar.kind;
        if (!in[i].array && kind == CLW_SCALAR_NONE)
            return fail(error, CLW_ERROR_ARGUMENT, "%s: input %s is NULL", op->name,
                        op->in_name[i]);
        if (!in[i].array && (kind < 0 || kind > CLW_SCALAR_COMPLEX))
            return fail(error, CLW_ERROR_ARGUMENT,
                        "%s: input %s is a scalar of kind %d, which is none", op->name,
                        op->in_name[i], kind);
        if (in[i].array && in[i].array->context != context)
            return fail(error, CLW_ERROR_ARGUMENT, "%s: input %s belongs to another context",
                        op->name, op->in_name[i]);
    }
    for (int i = 0; i < op->nout; i++)
        if (out[i] && out[i]->context != context)
            return fail(error, CLW_ERROR_ARGUMENT, "%s: output %s belongs to another context",
                        op->name, op->out_name[i]);
    return CLW_OK;
}

static const char *plural(int count)
{
    return count == 1 ? "" : "s";
}

static clw_status check_counts(const clw_op *op, const clw_operand *in, int nin,
                               clw_array *const *out, int nout, clw_error *error)
{
    if (nin != op->nin || nout != op->nout)
        return fail(error, CLW_ERROR_ARGUMENT,
                    "%s takes %d input%s and %d output%s, given %d and %d", op->name, op->nin,
                    plural(op->nin), op->nout, plural(op->nout), nin, nout);
    if ((nin && !in) || !out)
        return fail(error, CLW_ERROR_ARGUMENT, "%s: %s is NULL", op->name, out ? "in" : "out");
    return CLW_OK;
}

clw_status check_handles(const char *function, const clw_context *context, const clw_op *op,
                         clw_error *error)
{
    if (!context || !op)
        return fail(error, CLW_ERROR_ARGUMENT, "%s: %s is NULL", function,
                    context ? "op" : "context");
    return device_check_process(&context->device, error);
}

clw_status check_call(clw_context *context, const clw_op *op, const clw_operand *in, int nin,
                      clw_array *const *out, int nout, const clw_call_options *options,
                      clw_call_options *checked, clw_error *error)
{
    if (op->owner != context)
        return fail(error, CLW_ERROR_ARGUMENT, "%s: the op belongs to another context", op->name);
    clw_status status = check_counts(op, in, nin, out, nout, error);
    if (!status)
        status = check_operands(context, op, in, out, error);
    return status ? status : read_options(context, op, options, checked, error);
}

struct typed type_of(const clw_operand *operand)
{
    const clw_array *array = operand->array;
    return array ? (struct typed){array->dtype, array->layout.ndim, {CLW_SCALAR_NONE, {0}}}
                 : (struct typed){CLW_DTYPE_COUNT, 0, operand->scalar};
}

/* ---- overlap ---- */

/* Reads and writes of the same element, one for one: each is read before it is written. */
static int same_elements(const clw_array *a, const clw_array *b, int64_t distance)
{
    const size_t extents = sizeof(int64_t) * (size_t)a->layout.ndim;
    return a->offset == b->offset + distance &&
           dtype_table[a->dtype].size == dtype_table[b->dtype].size &&
           a->layout.ndim == b->layout.ndim &&
           memcmp(a->layout.shape, b->layout.shape, extents) == 0 &&
           memcmp(a->layout.strides, b->layout.strides, extents) == 0;
}

static int arrays_overlap(const clw_array *a, const clw_array *b, int may_coincide)
{
    int64_t distance;
    if (!buffers_share(a->buffer, b->buffer, &distance) ||
        (may_coincide && same_elements(a, b, distance)))
        return 0;
    return layouts_overlap(&a->layout, a->offset, (size_t)dtype_table[a->dtype].size, &b->layout,
                           b->offset + distance, (size_t)dtype_table[b->dtype].size);
}

static int is_overwritten(const clw_op *op, const clw_array *input, clw_array *const *out)
{
    for (int i = 0; i < op->nout; i++)
        if (out[i] && arrays_overlap(out[i], input, 1))
            return 1;
    return 0;
}

int inputs_need_copies(const clw_op *op, const clw_operand *in, clw_array *const *out,
                       const clw_array *mask)
{
    for (int i = 0; i < op->nin; i++)
        if (in[i].array && is_overwritten(op, in[i].array, out))
            return 1;
    return mask && is_overwritten(op, mask, out);
}

clw_status check_outputs_apart(const clw_op *op, clw_array *const *out, clw_error *error)
{
    for (int i = 0; i < op->nout; i++)
        for (int k = 0; k < i; k++)
            if (out[i] && out[k] && arrays_overlap(out[i], out[k], 0))
                return fail(error, CLW_ERROR_OVERLAP, "%s: outputs %s and %s share memory",
                            op->name, op->out_name[k], op->out_name[i]);
    return CLW_OK;
}

/* ---- overlapping inputs are copied first ---- */

static clw_status copy_if_overwritten(const clw_op *op, const clw_array *input,
                                      clw_array *const *out, clw_array **copy, clw_error *error)
{
    *copy = NULL;
    if (!input || !is_overwritten(op, input, out))
        return CLW_OK;
    const clw_status status = array_new(input->context, input->dtype, input->layout.ndim,
                                        input->layout.shape, copy, error);
    return status ? status : copy_elements(input, *copy, error);
}

static clw_status run_on_copies(clw_context *context, const clw_op *op, const clw_operand *in,
                                clw_array **out, const clw_call_options *options, clw_error *error)
{
    clw_array *copies[OP_MAX_INPUTS + 1] = {NULL};
    clw_operand inputs[OP_MAX_INPUTS];
    clw_call_options with_copies = *options;
    clw_status status = CLW_OK;
    for (int i = 0; !status && i < op->nin; i++) {
        status = copy_if_overwritten(op, in[i].array, out, &copies[i], error);
        inputs[i] = copies[i] ? CLW_ARRAY(copies[i]) : in[i];
    }
    if (!status)
        status = copy_if_overwritten(op, options->where, out, &copies[op->nin], error);
    if (copies[op->nin])
        with_copies.where = copies[op->nin];
    if (!status)
        status = run_planned(context, op, inputs, out, &with_copies, error);
    for (int i = 0; i <= op->nin; i++)
        clw_array_release(copies[i]);
    return status;
}

clw_status call_checked(clw_context *context, const clw_op *op, const clw_operand *in,
                        clw_array **out, const clw_call_options *options, clw_error *error)
{
    clw_status status = device_check(&context->device, error);
    if (!status)
        status = check_outputs_apart(op, out, error);
    if (status)
        return status;
    if (op->split)
        return split_call(context, op, in, out, options, error);
    if (inputs_need_copies(op, in, out, options->where))
        return run_on_copies(context, op, in, out, options, error);
    return run_planned(context, op, in, out, options, error);
}

clw_status clw_call(clw_context *context, const clw_op *op, const clw_operand *in, int nin,
                    clw_array **out, int nout, const clw_call_options *options, clw_error *error)
{
    clw_call_options checked;
    clw_status status = check_handles("clw_call", context, op, error);
    if (!status)
        status = check_call(context, op, in, nin, out, nout, options, &checked, error);
    return status ? status : call_checked(context, op, in, out, &checked, error);
}

clw_status clw_result_type(clw_context *context, const clw_op *op, const clw_operand *in, int nin,
                           clw_dtype *out, int nout, clw_error *error)
{
    struct typed few[OP_MAX_INPUTS], *types = few;
    struct resolved resolved;
    clw_array *no_outputs[OP_MAX_OUTPUTS] = {NULL};
    clw_call_options options;
    clw_status status = check_handles("clw_result_type", context, op, error);
    if (!status)
        status =
            check_call(context, op, in, nin, out ? no_outputs : NULL, nout, NULL, &options, error);
    if (status)
        return status;
    if (nin > OP_MAX_INPUTS)
        types = memory_new(context->allocator, (size_t)nin, sizeof *types);
    if (!types)
        return fail_memory(error);
    for (int i = 0; i < nin; i++)
        types[i] = type_of(&in[i]);
    const struct resolve_options how = {
        .promotion = {.rule = context->promotion},
        .demote = context_demotes(context),
    };
    status = (op->split ? split_resolve : resolve)(op, types, &how, &resolved, error);
    if (types != few)
        memory_free(context->allocator, types);
    for (int i = 0; !status && i < nout; i++)
        out[i] = resolved.out_dtype[i];
    return status;
}
