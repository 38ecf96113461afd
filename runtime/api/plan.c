/* Plans that the caller keeps. */
#include <string.h>

#include "runtime/api/split.h"
#include "runtime/base/clock.h"
#include "runtime/base/memory.h"
#include "runtime/codegen/codegen.h"
#include "runtime/plan/request_key.h"

/* ---- making ---- */

static void remember(struct planned_operand *planned, const clw_array *array, clw_scalar scalar)
{
    planned->is_array = array != NULL;
    planned->scalar = scalar;
    if (!array)
        return;
    planned->ndim = array->layout.ndim;
    planned->dtype = array->dtype;
    planned->alignment = array_alignment(array);
    memcpy(planned->shape, array->layout.shape, sizeof *planned->shape * (size_t)planned->ndim);
    memcpy(planned->strides, array->layout.strides,
           sizeof *planned->strides * (size_t)planned->ndim);
}

/* An output that the plan makes in C order. */
static void remember_new(struct planned_operand *planned, const struct plan *plan, int output)
{
    struct layout layout = {.ndim = plan->ndim};
    memcpy(layout.shape, plan->shape, sizeof *plan->shape * (size_t)plan->ndim);
    layout_c_order(&layout, (size_t)dtype_table[plan->out_dtype[output]].size);
    *planned = (struct planned_operand){
        .is_array = 1, .ndim = plan->ndim, .dtype = plan->out_dtype[output], .alignment = 16};
    memcpy(planned->shape, layout.shape, sizeof layout.shape);
    memcpy(planned->strides, layout.strides, sizeof layout.strides);
}

static clw_status copy_options(clw_plan *made, const clw_call_options *options, clw_error *error)
{
    made->options = *options;
    made->options.where = made->mask = clw_array_retain((clw_array *)(uintptr_t)options->where);
    made->options.params = NULL;
    if (options->nparams == 0)
        return CLW_OK;
    made->params =
        memory_new(made->context->allocator, (size_t)options->nparams, sizeof *made->params);
    if (!made->params)
        return fail_memory(error);
    made->options.params = made->params;
    for (int i = 0; i < options->nparams; i++) {
        made->params[i].value = options->params[i].value;
        made->params[i].name = memory_copy_text(made->context->allocator, options->params[i].name,
                                                strlen(options->params[i].name));
        if (!made->params[i].name)
            return fail_memory(error);
    }
    return CLW_OK;
}

static clw_status write_words(clw_plan *made, clw_error *error)
{
    struct text text;
    text_init(&text, made->context->allocator);
    plan_key_words(&made->plan, &text);
    made->key = text_take(&text);
    plan_geometry_words(&made->plan, &text);
    made->geometry = text_take(&text);
    if (made->plan.elements) {
        const clw_status status = codegen(&made->plan, &made->context->device.target, &text, error);
        if (status) {
            text_finish(&text);
            return status;
        }
    }
    made->source = text_take(&text);
    return made->key && made->geometry && made->source ? CLW_OK : fail_memory(error);
}

static clw_status get_kernel(clw_plan *made, clw_error *error)
{
    if (!made->plan.elements || !made->context->device.context)
        return CLW_OK;
    struct kernel_entry *entry;
    const double start = clock_seconds();
    const clw_status status = tiers_choose(&made->context->kernels, &made->plan, &made->kernels,
                                           &entry, &made->origin, error);
    made->build_seconds = clock_seconds() - start;
    return api_status(made->op->name, status, error);
}

static clw_status fill_kernel(clw_plan *made, const clw_operand *in, clw_array *const *out,
                              const clw_call_options *options, clw_error *error)
{
    clw_status status = plan_call(made->context, made->op, in, out, options, &made->plan, error);
    if (!status)
        status = write_words(made, error);
    return status ? status : get_kernel(made, error);
}

static clw_status remember_operands(clw_plan *made, const clw_operand *in, clw_array *const *out,
                                    clw_error *error)
{
    const clw_op *op = made->op;
    made->operands = memory_new(made->context->allocator, (size_t)op->nin + (size_t)op->nout,
                                sizeof *made->operands);
    if (!made->operands)
        return fail_memory(error);
    for (int i = 0; i < op->nin; i++)
        remember(&made->operands[i], in[i].array, in[i].scalar);
    for (int i = 0; i < op->nout; i++)
        if (out[i])
            remember(&made->operands[op->nin + i], out[i], (clw_scalar){CLW_SCALAR_NONE, {0}});
        else
            remember_new(&made->operands[op->nin + i], &made->plan, i);
    return CLW_OK;
}

static clw_status fill_plan(clw_plan *made, const clw_operand *in, clw_array *const *out,
                            const clw_call_options *options, clw_error *error)
{
    clw_status status = made->op->split ? plan_fill_parts(made, in, out, options, error)
                                        : fill_kernel(made, in, out, options, error);
    if (!status)
        status = copy_options(made, options, error);
    return status ? status : remember_operands(made, in, out, error);
}

clw_status plan_new(clw_context *context, const clw_op *op, const clw_operand *in,
                    clw_array *const *out, const clw_call_options *options, clw_plan **plan,
                    clw_error *error)
{
    clw_plan *made = memory_new(context->allocator, 1, sizeof *made);
    if (!made)
        return fail_memory(error);
    made->context = clw_context_retain(context);
    made->op = clw_op_retain((clw_op *)(uintptr_t)op);
    const clw_status status = fill_plan(made, in, out, options, error);
    if (status)
        clw_plan_destroy(made);
    else
        *plan = made;
    return status;
}

clw_status clw_plan_create(clw_context *context, const clw_op *op, const clw_operand *in, int nin,
                           clw_array *const *out, int nout, const clw_call_options *options,
                           clw_plan **plan, clw_error *error)
{
    clw_call_options checked;
    if (!plan)
        return fail(error, CLW_ERROR_ARGUMENT, "clw_plan_create: plan is NULL");
    clw_status status = check_handles("clw_plan_create", context, op, error);
    if (!status)
        status = check_call(context, op, in, nin, out, nout, options, &checked, error);
    return status ? status : plan_new(context, op, in, out, &checked, plan, error);
}

void clw_plan_destroy(clw_plan *plan)
{
    if (!plan)
        return;
    clw_context *context = plan->context;
    for (int i = 0; plan->params && i < plan->options.nparams; i++)
        memory_free(context->allocator, (char *)(uintptr_t)plan->params[i].name);
    for (int i = 0; i < plan->nparts; i++)
        clw_plan_destroy(plan->parts[i]);
    memory_free(context->allocator, plan->parts);
    memory_free(context->allocator, plan->operands);
    memory_free(context->allocator, plan->params);
    memory_free(context->allocator, plan->source);
    memory_free(context->allocator, plan->key);
    memory_free(context->allocator, plan->geometry);
    clw_array_release(plan->mask);
    clw_op_release(plan->op);
    memory_free(context->allocator, plan);
    clw_context_release(context);
}

/* ---- executing ---- */

/* Where an operand stands, for messages. */
struct place {
    const char *op, *role, *name;
};

static const char *scalar_words(const clw_scalar *scalar)
{
    static const char *const words[] = {"NULL",          "a bool scalar",  "an int scalar",
                                        "an int scalar", "a float scalar", "a complex scalar"};
    return (unsigned)scalar->kind < sizeof words / sizeof *words ? words[scalar->kind]
                                                                 : "a scalar of no kind";
}

/* The operand is an array where a scalar was planned, or the other way, or a scalar of another
 * kind. */
static clw_status fail_kind(const struct place *place, const struct planned_operand *planned,
                            const clw_array *array, const clw_scalar *scalar, clw_error *error)
{
    return fail(error, CLW_ERROR_ARGUMENT, "%s: %s %s is %s, planned was %s", place->op,
                place->role, place->name, array ? "an array" : scalar_words(scalar),
                planned->is_array ? "an array" : scalar_words(&planned->scalar));
}

static clw_status fail_extents(const struct place *place, const char *what, int ndim,
                               const int64_t *has, int planned_ndim, const int64_t *needs,
                               clw_error *error)
{
    char has_words[SHAPE_WORDS], needs_words[SHAPE_WORDS];
    return fail(error, CLW_ERROR_ARGUMENT, "%s: %s %s has %s %.300s, planned was %.300s", place->op,
                place->role, place->name, what, shape_words(ndim, has, has_words, sizeof has_words),
                shape_words(planned_ndim, needs, needs_words, sizeof needs_words));
}

static clw_status check_geometry(const clw_plan *plan, const struct place *place,
                                 const struct planned_operand *planned, const clw_array *array,
                                 clw_error *error)
{
    const size_t extents = sizeof(int64_t) * (size_t)planned->ndim;
    const struct layout *layout = &array->layout;
    if (array->context != plan->context)
        return fail(error, CLW_ERROR_ARGUMENT, "%s: %s %s belongs to another context", place->op,
                    place->role, place->name);
    if (array->dtype != planned->dtype)
        return fail(error, CLW_ERROR_ARGUMENT, "%s: %s %s is %s, planned was %s", place->op,
                    place->role, place->name, dtype_table[array->dtype].name,
                    dtype_table[planned->dtype].name);
    if (layout->ndim != planned->ndim || memcmp(layout->shape, planned->shape, extents) != 0)
        return fail_extents(place, "shape", layout->ndim, layout->shape, planned->ndim,
                            planned->shape, error);
    if (memcmp(layout->strides, planned->strides, extents) != 0)
        return fail_extents(place, "strides", layout->ndim, layout->strides, planned->ndim,
                            planned->strides, error);
    return CLW_OK;
}

/* *fits becomes 0 if the planned kernel does not fit as it is: values and alignment may ask for
 * another. */
static clw_status check_inputs(const clw_plan *plan, const clw_operand *in, int *fits,
                               clw_error *error)
{
    for (int i = 0; i < plan->op->nin; i++) {
        const struct planned_operand *planned = &plan->operands[i];
        const struct place place = {plan->op->name, "input", plan->op->in_name[i]};
        const clw_array *array = in[i].array;
        if ((array != NULL) != planned->is_array ||
            (!array && in[i].scalar.kind != planned->scalar.kind))
            return fail_kind(&place, planned, array, &in[i].scalar, error);
        if (!array) {
            *fits &= scalar_class(in[i].scalar) == scalar_class(planned->scalar);
            continue;
        }
        const clw_status status = check_geometry(plan, &place, planned, array, error);
        if (status)
            return status;
        *fits &= array_alignment(array) >= planned->alignment;
    }
    return CLW_OK;
}

static clw_status check_plan_outputs(const clw_plan *plan, clw_array *const *out, int *fits,
                                     clw_error *error)
{
    static const clw_scalar none = {CLW_SCALAR_NONE, {0}};
    for (int i = 0; i < plan->op->nout; i++) {
        const struct planned_operand *planned = &plan->operands[plan->op->nin + i];
        const struct place place = {plan->op->name, "output", plan->op->out_name[i]};
        const clw_status status = out[i] ? check_geometry(plan, &place, planned, out[i], error)
                                         : fail_kind(&place, planned, NULL, &none, error);
        if (status)
            return status;
        *fits &= array_alignment(out[i]) >= planned->alignment;
    }
    return CLW_OK;
}

clw_status clw_plan_execute(const clw_plan *plan, const clw_operand *in, clw_array *const *out,
                            clw_error *error)
{
    int fits = 1;
    if (!plan || (!in && plan->op->nin) || !out)
        return fail(error, CLW_ERROR_ARGUMENT, "clw_plan_execute: %s is NULL",
                    !plan ? "plan"
                    : out ? "in"
                          : "out");
    clw_status status = device_check(&plan->context->device, error);
    if (!status)
        status = check_inputs(plan, in, &fits, error);
    if (!status)
        status = check_plan_outputs(plan, out, &fits, error);
    if (!status)
        status = check_outputs_apart(plan->op, out, error);
    if (status)
        return status;
    if (plan->parts)
        return plan_execute_parts(plan, in, out, error);
    if (!fits || inputs_need_copies(plan->op, in, out, plan->mask)) {
        clw_array *outputs[OP_MAX_OUTPUTS];
        memcpy(outputs, out, sizeof *outputs * (size_t)plan->op->nout);
        return call_checked(plan->context, plan->op, in, outputs, &plan->options, error);
    }
    if (!plan->plan.elements)
        return CLW_OK;
    /* Only the kernels that it has found change in a plan, atomically. */
    return launch_call(plan->context, plan->op, &plan->plan,
                       &((clw_plan *)(uintptr_t)plan)->kernels, in, out, plan->mask, error);
}

/* ---- facts ---- */

const char *clw_plan_source(const clw_plan *plan)
{
    return plan ? plan->source : NULL;
}

const char *clw_plan_key(const clw_plan *plan)
{
    return plan ? plan->key : NULL;
}

const char *clw_plan_geometry(const clw_plan *plan)
{
    return plan ? plan->geometry : NULL;
}

clw_dtype clw_plan_output_dtype(const clw_plan *plan, int index)
{
    return plan && index >= 0 && index < plan->op->nout ? plan->plan.out_dtype[index]
                                                        : CLW_DTYPE_COUNT;
}

const int64_t *clw_plan_output_shape(const clw_plan *plan, int *ndim)
{
    if (ndim)
        *ndim = plan ? plan->plan.ndim : 0;
    return plan ? plan->plan.shape : NULL;
}

void clw_plan_get_info(const clw_plan *plan, clw_plan_info *info)
{
    if (!info)
        return;
    const clw_plan_info full = {sizeof full, plan ? plan->origin : CLW_KERNEL_NONE,
                                plan ? plan->build_seconds : 0};
    const size_t size = info->struct_size < sizeof full ? info->struct_size : sizeof full;
    memcpy((char *)info + sizeof info->struct_size, (const char *)&full + sizeof full.struct_size,
           size > sizeof full.struct_size ? size - sizeof full.struct_size : 0);
}
