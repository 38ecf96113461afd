/* Running checked operands: the plan is found or made, missing outputs are made, the kernel is
 * queued. */
#include "runtime/api/objects.h"

/* ---- planning ---- */

/* A request, and what it points to. */
struct call_request {
    struct request request;
    struct operand in[OP_MAX_INPUTS], out[OP_MAX_OUTPUTS], mask;
};

/* Member by member: a copy of a struct just written stalls a small call. */
static void set_operand(struct operand *operand, const clw_array *array)
{
    operand->type.dtype = array->dtype;
    operand->type.ndim = array->layout.ndim;
    operand->type.scalar.kind = CLW_SCALAR_NONE;
    operand->shape = array->layout.shape;
    operand->strides = array->layout.strides;
    operand->alignment = array_alignment(array);
}

/* A scalar, or nothing. */
static void set_no_array(struct operand *operand, const clw_scalar *scalar)
{
    operand->type.dtype = CLW_DTYPE_COUNT;
    operand->type.ndim = 0;
    operand->type.scalar = *scalar;
    operand->shape = operand->strides = NULL;
    operand->alignment = 1;
}

static void fill_request(clw_context *context, const clw_op *op, const clw_operand *in,
                         clw_array *const *out, const clw_call_options *options,
                         struct call_request *call)
{
    static const clw_scalar none = {CLW_SCALAR_NONE, {0}};
    for (int i = 0; i < op->nin; i++)
        if (in[i].array)
            set_operand(&call->in[i], in[i].array);
        else
            set_no_array(&call->in[i], &in[i].scalar);
    for (int i = 0; i < op->nout; i++)
        if (out[i])
            set_operand(&call->out[i], out[i]);
        else
            set_no_array(&call->out[i], &none);
    if (options->where)
        set_operand(&call->mask, options->where);
    call->request = (struct request){
        .op = op,
        .in = call->in,
        .out = call->out,
        .mask = options->where ? &call->mask : NULL,
        .promotion = {context->promotion, options->has_dtype, options->dtype, options->casting},
        .casting = options->casting,
        .fp64 = context->fp64,
        .params = options->params,
        .nparams = options->nparams,
        .origin = options->origin,
    };
}

/* The request lacks its target. */
static clw_status make_plan(clw_context *context, const struct request *given, struct plan *plan,
                            clw_error *error)
{
    struct target target = device_target(&context->device);
    struct request request = *given;
    request.target = &target;
    clw_status status = plan_make(&request, plan, error);
    if (!status && tune_for(context, plan)) {
        target = device_target(&context->device);
        status = plan_make(&request, plan, error);
    }
    if (!status && context->record && request.op != context->move)
        record_add(context->record, &request, plan);
    if (!status && plan->demoted && !atomic_exchange(&context->demotion_said, 1))
        log_line(&context->log, CLW_LOG_WARNING, "%s has no double precision: f64 computes in f32",
                 context->device.target.name);
    return status;
}

clw_status plan_call(clw_context *context, const clw_op *op, const clw_operand *in,
                     clw_array *const *out, const clw_call_options *options, struct plan *plan,
                     clw_error *error)
{
    struct call_request call;
    fill_request(context, op, in, out, options, &call);
    return make_plan(context, &call.request, plan, error);
}

/* ---- execution ---- */

clw_status launch_call(clw_context *context, const clw_op *op, const struct plan *plan,
                       struct plan_kernels *known, const clw_operand *in, clw_array *const *out,
                       const clw_array *mask, clw_error *error)
{
    struct launch_array arrays[PLAN_MAX_OPERANDS];
    clw_scalar scalars[OP_MAX_INPUTS];
    for (int k = 0; k < plan->nbuffers; k++) {
        const struct kernel_array *wanted = &plan->arrays[k];
        const clw_array *array = wanted->input >= 0    ? in[wanted->input].array
                                 : wanted->output >= 0 ? out[wanted->output]
                                                       : mask;
        arrays[k] = (struct launch_array){array->buffer, array->offset};
    }
    for (int i = 0; i < op->nin && plan->resolved.nscalars; i++)
        scalars[i] = in[i].scalar;
    return api_status(op->name, launch(&context->kernels, known, plan, arrays, scalars, error),
                      error);
}

/* Makes the outputs that are missing, and launches. */
static clw_status run(clw_context *context, const clw_op *op, const struct plan *plan,
                      struct plan_kernels *known, const clw_operand *in, clw_array **out,
                      const clw_array *mask, clw_error *error)
{
    clw_array *made[OP_MAX_OUTPUTS] = {NULL}, *results[OP_MAX_OUTPUTS];
    clw_status status = CLW_OK;
    for (int i = 0; !status && i < op->nout; i++) {
        if (!out[i])
            status =
                array_new(context, plan->out_dtype[i], plan->ndim, plan->shape, &made[i], error);
        results[i] = out[i] ? out[i] : made[i];
    }
    if (!status && plan->elements)
        status = launch_call(context, op, plan, known, in, results, mask, error);
    for (int i = 0; i < op->nout; i++)
        if (status)
            clw_array_release(made[i]);
        else if (made[i])
            out[i] = made[i];
    return status;
}

/* ---- while the kernel is built ---- */

/* The request's plan for any layout, and its kernel, or NULL. */
static clw_status find_generic(clw_context *context, const struct request *given,
                               enum tier_name tier, struct plan *generic,
                               struct kernel_entry **entry, clw_error *error)
{
    clw_kernel_origin origin;
    struct target target = device_target(&context->device);
    struct request request = *given;
    request.target = &target;
    target.generic = 1;
    const clw_status status = plan_make(&request, generic, error);
    return status ? status : kernels_find(&context->kernels, generic, tier, entry, &origin, error);
}

/* Runs the request on the kernel for any layout, if that is there and the plan's own is not, which
 * is then built for a later call; *done tells. */
static clw_status run_generic(clw_context *context, const struct request *request,
                              const clw_operand *in, clw_array **out, const clw_array *mask,
                              const struct plan *plan, struct plan_kernels *known, int *done,
                              clw_error *error)
{
    struct kernel_entry *entry;
    clw_kernel_origin origin;
    struct plan generic;
    struct plan_kernels generic_known = {{NULL}};
    const enum tier_name tier = tiers_faster(&context->kernels, plan, known);
    *done = 0;
    clw_status status = kernels_find(&context->kernels, plan, tier, &entry, &origin, error);
    if (status || entry)
        return status;
    status = find_generic(context, request, tier, &generic, &entry, error);
    if (status || !entry)
        return status;
    *done = 1;
    builder_add(context->builder, plan, tier);
    log_line(&context->log, CLW_LOG_DEBUG, "%s: runs on the kernel for any layout",
             request->op->name);
    atomic_store(&generic_known.of[tier], entry);
    return run(context, request->op, &generic, &generic_known, in, out, mask, error);
}

/* After a call that had to wait for its kernel: drivers build one at a time. */
static void build_generic(clw_context *context, const struct request *request,
                          const struct plan *plan, struct plan_kernels *known)
{
    struct kernel_entry *entry;
    struct plan generic;
    const enum tier_name tier = tiers_faster(&context->kernels, plan, known);
    if (find_generic(context, request, tier, &generic, &entry, NULL) == CLW_OK && !entry)
        builder_add(context->builder, &generic, tier);
}

/* Registry ops live as long as the context, and so as the builder. */
static int may_wait(const clw_context *context, const struct request *request,
                    const struct plan *plan)
{
    return context->builder && plan->elements && !request->op->graph && !request->op->split &&
           atomic_load(&request->op->references) == 0;
}

/* The kernel comes first: where it cannot be built no output is made. */
static clw_status run_new_plan(clw_context *context, const struct request *request,
                               const clw_operand *in, clw_array **out, const clw_array *mask,
                               struct plan *plan, struct plan_kernels *known, clw_error *error)
{
    struct kernel_entry *entry;
    clw_kernel_origin origin;
    clw_status status = make_plan(context, request, plan, error);
    const int has_generic = !status && may_wait(context, request, plan);
    int done = 0;
    if (has_generic)
        status = api_status(request->op->name,
                            run_generic(context, request, in, out, mask, plan, known, &done, error),
                            error);
    if (status || done)
        return status;
    if (plan->elements)
        status =
            api_status(request->op->name,
                       tiers_choose(&context->kernels, plan, known, &entry, &origin, error), error);
    if (!status)
        status = run(context, request->op, plan, known, in, out, mask, error);
    if (!status && has_generic)
        build_generic(context, request, plan, known);
    return status;
}

/* `key` is NULL for a request that has none. */
static clw_status run_and_keep(clw_context *context, const struct request *request,
                               const struct request_key *key, const clw_operand *in,
                               clw_array **out, const clw_array *mask, clw_error *error)
{
    struct plan plan;
    struct plan_kernels known = {{NULL}};
    const clw_status status = run_new_plan(context, request, in, out, mask, &plan, &known, error);
    if (!status && key && (!plan.elements || tiers_any(&known)))
        plan_cache_keep(&context->plans, key, &plan, &known);
    return status;
}

/* A kept plan runs as it is, unless it is to run on a tier for which it has no kernel yet: that is
 * built from a plan made anew. */
static clw_status run_kept(clw_context *context, const struct request *request,
                           struct kept_plan *kept, const clw_operand *in, clw_array **out,
                           const clw_array *mask, clw_error *error)
{
    struct plan plan;
    if (!kept->plan.elements || tiers_ready(&context->kernels, &kept->plan, &kept->kernels))
        return run(context, request->op, &kept->plan, &kept->kernels, in, out, mask, error);
    return run_new_plan(context, request, in, out, mask, &plan, &kept->kernels, error);
}

clw_status run_planned(clw_context *context, const clw_op *op, const clw_operand *in,
                       clw_array **out, const clw_call_options *options, clw_error *error)
{
    struct call_request call;
    struct request_key key;
    struct plan_hold hold;
    fill_request(context, op, in, out, options, &call);
    const int has_key = request_key(&call.request, &key);
    if (!has_key || !plan_cache_find(&context->plans, &key, &hold))
        return run_and_keep(context, &call.request, has_key ? &key : NULL, in, out, options->where,
                            error);
    const clw_status status =
        run_kept(context, &call.request, hold.kept, in, out, options->where, error);
    plan_cache_leave(&hold);
    return status;
}
