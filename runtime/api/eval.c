/* clw_eval: an expression, parsed once, on arrays by name. */
#include <stdarg.h>
#include <string.h>

#include "runtime/api/objects.h"
#include "runtime/base/memory.h"
#include "runtime/ops/expression.h"
#include "runtime/ops/expression_operators.h"

/* ---- the op of a text ---- */

static clw_status parse(clw_context *context, const char *text, struct hash128 hash,
                        struct evaluation **evaluation, clw_error *error)
{
    struct clw_op *op;
    const clw_status status = expression_parse(&context->registry, text, &op, error);
    if (status)
        return status;
    op->owner = context;
    *evaluation = evaluation_new(op, hash);
    if (!*evaluation) {
        op_destroy(op);
        return fail_memory(error);
    }
    expressions_add(&context->expressions, *evaluation);
    return CLW_OK;
}

/* With a reference for the caller. */
static clw_status find_or_parse(clw_context *context, const char *text,
                                struct evaluation **evaluation, clw_error *error)
{
    const struct hash128 hash = hash_bytes(text, strlen(text));
    clw_status status = CLW_OK;
    pthread_rwlock_rdlock(&context->ops_lock);
    *evaluation = expressions_find(&context->expressions, text, hash);
    pthread_rwlock_unlock(&context->ops_lock);
    if (*evaluation)
        return CLW_OK;
    pthread_rwlock_wrlock(&context->ops_lock);
    *evaluation = expressions_find(&context->expressions, text, hash);
    if (!*evaluation)
        status = parse(context, text, hash, evaluation, error);
    pthread_rwlock_unlock(&context->ops_lock);
    return status;
}

/* ---- calls ---- */

/* A text may be used once; and geometries may take turns. */
enum { USES_BEFORE_PLAN = 2, MISSES_BEFORE_OTHER_PLAN = 4 };

static int fits(const struct evaluation *evaluation, const clw_operand *in, clw_array *const *out)
{
    const clw_plan *plan = evaluation->plan;
    if (!plan || evaluation->makes_output != !*out || !plan_fits(plan, in, *out ? out : NULL))
        return 0;
    return !*out || !inputs_need_copies(plan->op, in, out, NULL);
}

static clw_status run_plan(const clw_plan *plan, const clw_operand *in, clw_array **out,
                           clw_error *error)
{
    const struct plan *how = &plan->plan;
    clw_array *result = *out;
    clw_status status =
        result ? CLW_OK
               : array_new(plan->context, how->out_dtype[0], how->ndim, how->shape, &result, error);
    if (!status && how->elements)
        status = launch_call(plan->context, how, plan->entry, in, &result, NULL, error);
    if (!status)
        *out = result;
    else if (!*out)
        clw_array_release(result);
    return status;
}

/* Memory that runs out here is no error: the call is done. */
static void keep_plan(clw_context *context, const struct evaluation *old, const clw_operand *in,
                      clw_array *given)
{
    struct evaluation *made = evaluation_new(old->op, old->hash);
    if (!made)
        return;
    made->makes_output = !given;
    if (!plan_new_kept(context, old->op, in, &given, &made->plan, NULL)) {
        pthread_rwlock_wrlock(&context->ops_lock);
        expressions_replace(&context->expressions, old, made);
        pthread_rwlock_unlock(&context->ops_lock);
    }
    evaluation_release(made);
}

static clw_status run(clw_context *context, struct evaluation *evaluation, const clw_operand *in,
                      clw_array **out, clw_error *error)
{
    const clw_op *op = evaluation->op;
    clw_array *const given = *out;
    if (fits(evaluation, in, out)) {
        atomic_store_explicit(&evaluation->misses, 0, memory_order_relaxed);
        return run_plan(evaluation->plan, in, out, error);
    }
    const clw_status status = clw_call(context, op, in, op->nin, out, 1, NULL, error);
    if (status || op->split)
        return status;
    const int most = evaluation->plan ? MISSES_BEFORE_OTHER_PLAN : USES_BEFORE_PLAN;
    if (atomic_fetch_add(&evaluation->misses, 1) + 1 == most)
        keep_plan(context, evaluation, in, given);
    return CLW_OK;
}

/* ---- arrays by name ---- */

/* The input called so, looked for from `first` on and around; -1 if there is none. */
static int find_input(const clw_op *op, const char *name, int first)
{
    for (int i = first; i < op->nin; i++)
        if (strcmp(op->in_name[i], name) == 0)
            return i;
    for (int i = 0; i < first && i < op->nin; i++)
        if (strcmp(op->in_name[i], name) == 0)
            return i;
    return -1;
}

/* The n-th pair. Names often stand in the order in which the text has them. */
static clw_status bind_name(const clw_op *op, int n, const char *name, const clw_array *array,
                            clw_operand *in, clw_error *error)
{
    const int i = find_input(op, name, n);
    clw_scalar constant;
    if (i < 0)
        return fail(error, CLW_ERROR_ARGUMENT, "clw_eval: %s is given, but %s", name,
                    constant_find(name, &constant) ? "means a constant in expressions"
                                                   : "the expression does not use it");
    if (in[i].array)
        return fail(error, CLW_ERROR_ARGUMENT, "clw_eval: %s is given twice", name);
    if (!array)
        return fail(error, CLW_ERROR_ARGUMENT, "clw_eval: the array for %s is NULL", name);
    in[i] = CLW_ARRAY(array);
    return CLW_OK;
}

static clw_status check_all_bound(const clw_op *op, const clw_operand *in, clw_error *error)
{
    for (int i = 0; i < op->nin; i++)
        if (!in[i].array)
            return fail(error, CLW_ERROR_ARGUMENT, "clw_eval: no array is given for %s",
                        op->in_name[i]);
    return CLW_OK;
}

static clw_status eval(clw_context *context, struct evaluation *evaluation, clw_array **out,
                       va_list pairs, clw_error *error)
{
    const clw_op *op = evaluation->op;
    if (op->nout != 1)
        return fail(error, CLW_ERROR_ARGUMENT,
                    "clw_eval: the expression has %d results, and clw_eval gives one; "
                    "clw_op_from_expression and clw_call give several",
                    op->nout);
    clw_operand few[OP_MAX_INPUTS] = {{NULL, {CLW_SCALAR_NONE, {0}}}}, *in = few;
    const char *name;
    clw_status status = CLW_OK;
    if (op->nin > OP_MAX_INPUTS)
        in = memory_new(context->allocator, (size_t)op->nin, sizeof *in);
    if (!in)
        return fail_memory(error);
    for (int n = 0; !status && (name = va_arg(pairs, const char *)) != NULL; n++)
        status = bind_name(op, n, name, va_arg(pairs, const clw_array *), in, error);
    if (!status)
        status = check_all_bound(op, in, error);
    if (!status)
        status = run(context, evaluation, in, out, error);
    if (in != few)
        memory_free(context->allocator, in);
    return status;
}

clw_status clw_eval(clw_context *context, const char *expression, clw_array **out, clw_error *error,
                    ...)
{
    struct evaluation *evaluation = NULL;
    if (!context || !expression || !out)
        return fail(error, CLW_ERROR_ARGUMENT, "clw_eval: %s is NULL",
                    !context      ? "context"
                    : !expression ? "expression"
                                  : "out");
    clw_status status = device_check_process(&context->device, error);
    if (!status)
        status = find_or_parse(context, expression, &evaluation, error);
    if (!status) {
        va_list pairs;
        va_start(pairs, error);
        status = eval(context, evaluation, out, pairs, error);
        va_end(pairs);
    }
    evaluation_release(evaluation);
    return status;
}
