#include "runtime/api/split.h"
#include "runtime/base/memory.h"

/* ---- making ---- */

/* Arrays that have no memory stand for the temporaries of a plan's parts. */
static clw_status make_headers(const clw_plan *made, const struct part *part,
                               const clw_operand *operands, clw_array **headers, clw_error *error)
{
    const struct plan *plan = &made->plan;
    clw_status status = CLW_OK;
    for (int k = 0; !status && k < part->op->nout; k++) {
        clw_array **header = &headers[part->out[k]];
        status =
            array_header(made->context, plan->out_dtype[k], plan->ndim, plan->shape, header, error);
        if (!status)
            status = split_narrow(part, k, operands, array_header, header, error);
    }
    return status;
}

static clw_status make_parts(clw_plan *made, const clw_operand *in, clw_array *const *out,
                             const clw_call_options *options, const struct whole *whole,
                             clw_array **headers, clw_error *error)
{
    const struct split *split = made->op->split;
    clw_array *const none[OP_MAX_OUTPUTS] = {NULL};
    clw_call_options plain;
    clw_call_options_init(&plain);
    clw_status status = CLW_OK;
    for (int p = 0; !status && p < split->nparts; p++) {
        const struct part *part = &split->parts[p];
        const int is_last = p + 1 == split->nparts;
        clw_operand operands[OP_MAX_INPUTS];
        split_operands(part, in, headers, operands);
        plain.origin = split_origin(part, operands, whole);
        status = plan_new(made->context, part->op, operands, is_last ? out : none,
                          is_last ? options : &plain, &made->parts[p], error);
        if (!status && !is_last)
            status = make_headers(made->parts[p], part, operands, headers, error);
    }
    return status;
}

/* The words of all parts, one after the other. */
static char *join(const clw_plan *made, const char *(*words)(const clw_plan *), int is_numbered)
{
    struct text text;
    text_init(&text, made->context->allocator);
    for (int p = 0; p < made->nparts; p++) {
        if (is_numbered)
            text_addf(&text, "kernel %d of %d: ", p + 1, made->nparts);
        else if (p)
            text_add(&text, "\n");
        text_add(&text, words(made->parts[p]));
    }
    return text_take(&text);
}

clw_status plan_fill_parts(clw_plan *made, const clw_operand *in, clw_array *const *out,
                           const clw_call_options *options, clw_error *error)
{
    const struct split *split = made->op->split;
    const clw_allocator *allocator = made->context->allocator;
    struct whole whole;
    clw_status status = split_check(made->context, made->op, in, out, options, &whole, error);
    if (status)
        return status;
    clw_array **headers = memory_new(allocator, (size_t)split->ntemporaries + 1, sizeof *headers);
    made->parts = memory_new(allocator, (size_t)split->nparts, sizeof(clw_plan *));
    if (headers && made->parts) {
        made->nparts = split->nparts;
        status = make_parts(made, in, out, options, &whole, headers, error);
    } else {
        status = fail_memory(error);
    }
    for (int t = 0; headers && t < split->ntemporaries; t++)
        clw_array_release(headers[t]);
    memory_free(allocator, headers);
    if (status)
        return status;
    made->plan = made->parts[split->nparts - 1]->plan;
    for (int p = 0; p < made->nparts; p++) {
        const clw_plan *part = made->parts[p];
        made->origin = part->origin > made->origin ? part->origin : made->origin;
        made->build_seconds += part->build_seconds;
    }
    made->key = join(made, clw_plan_key, 0);
    made->geometry = join(made, clw_plan_geometry, 1);
    made->source = join(made, clw_plan_source, 0);
    return made->key && made->geometry && made->source ? CLW_OK : fail_memory(error);
}

/* ---- executing ---- */

static clw_status execute_part(const clw_plan *plan, const struct part *part, const clw_operand *in,
                               clw_array **temporaries, clw_error *error)
{
    clw_operand operands[OP_MAX_INPUTS];
    clw_array *made[OP_MAX_OUTPUTS] = {NULL};
    const int nout = part->op->nout;
    clw_status status = CLW_OK;
    split_operands(part, in, temporaries, operands);
    for (int k = 0; !status && k < nout; k++)
        status = array_new(plan->context, plan->plan.out_dtype[k], plan->plan.ndim,
                           plan->plan.shape, &made[k], error);
    if (!status)
        status = clw_plan_execute(plan, operands, made, error);
    for (int k = 0; k < nout; k++) {
        if (!status)
            status = split_narrow(part, k, operands, array_new, &made[k], error);
        temporaries[part->out[k]] = made[k];
    }
    return status;
}

clw_status plan_execute_parts(const clw_plan *plan, const clw_operand *in, clw_array *const *out,
                              clw_error *error)
{
    const struct split *split = plan->op->split;
    const int last = split->nparts - 1;
    clw_status status = CLW_OK;
    clw_array **temporaries =
        memory_new(plan->context->allocator, (size_t)split->ntemporaries + 1, sizeof *temporaries);
    if (!temporaries)
        return fail_memory(error);
    for (int p = 0; !status && p < last; p++) {
        status = execute_part(plan->parts[p], &split->parts[p], in, temporaries, error);
        split_release(split, p, temporaries);
    }
    if (!status) {
        clw_operand operands[OP_MAX_INPUTS];
        split_operands(&split->parts[last], in, temporaries, operands);
        status = clw_plan_execute(plan->parts[last], operands, out, error);
    }
    split_release(split, last, temporaries);
    memory_free(plan->context->allocator, temporaries);
    return status;
}
