/* clw_eval: an expression, parsed once, on arrays by name. */
#include <stdarg.h>
#include <string.h>

#include "runtime/api/objects.h"
#include "runtime/base/memory.h"
#include "runtime/ops/expression.h"
#include "runtime/ops/expression_operators.h"
#include "runtime/ops/nearest.h"

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

/* ---- arrays by name ---- */

enum { MAX_EDITS = 2 };

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

/* The input whose name is nearest to one that is none, with a letter in common; NULL: none is near.
 */
static const char *nearest_input(const clw_op *op, const char *name)
{
    struct nearest nearest = {name, NULL, MAX_EDITS + 1};
    for (int i = 0; i < op->nin; i++)
        nearest_offer(&nearest, op->in_name[i], (int)strlen(op->in_name[i]) - 1);
    return nearest.name;
}

static clw_status refuse_name(const clw_op *op, const char *name, clw_error *error)
{
    clw_scalar constant;
    if (constant_find(name, &constant))
        return fail(error, CLW_ERROR_ARGUMENT,
                    "clw_eval: %s is given, but means a constant in "
                    "expressions",
                    name);
    const char *const nearest = nearest_input(op, name);
    return fail(error, CLW_ERROR_ARGUMENT,
                "clw_eval: %s is given, but the expression does not use it%s%s", name,
                nearest ? "; it uses " : "", nearest ? nearest : "");
}

/* The n-th pair. Names often stand in the order in which the text has them. */
static clw_status bind_name(const clw_op *op, int n, const char *name, const clw_array *array,
                            clw_operand *in, clw_error *error)
{
    const int i = find_input(op, name, n);
    if (i < 0)
        return refuse_name(op, name, error);
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

static clw_status eval(clw_context *context, const clw_op *op, clw_array **out, va_list pairs,
                       clw_error *error)
{
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
        status = clw_call(context, op, in, op->nin, out, 1, NULL, error);
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
        status = eval(context, evaluation->op, out, pairs, error);
        va_end(pairs);
    }
    evaluation_release(evaluation);
    return status;
}
