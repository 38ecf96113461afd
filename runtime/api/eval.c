/* clw_eval: an expression, parsed once, on arrays by name. */
#include <stdarg.h>
#include <string.h>

#include "runtime/api/objects.h"
#include "runtime/base/memory.h"
#include "runtime/ops/expression.h"

/* ---- the op of a text ---- */

static struct clw_op *find_known(const clw_context *context, const char *text)
{
    for (int i = 0; i < context->nexpressions; i++)
        if (strcmp(context->expressions[i].text, text) == 0)
            return context->expressions[i].op;
    return NULL;
}

/* Parses and keeps it; ops_lock is held for writing. Once the table is full, *own gets the op. */
static clw_status parse(clw_context *context, const char *text, struct clw_op **op,
                        struct clw_op **own, clw_error *error)
{
    const clw_status status = expression_parse(&context->registry, text, op, error);
    if (status)
        return status;
    context_own_op(context, *op);
    char *copy = context->nexpressions < CONTEXT_MOST_EXPRESSIONS
                     ? memory_copy_text(context->allocator, text, strlen(text))
                     : NULL;
    if (copy)
        context->expressions[context->nexpressions++] = (struct known_expression){copy, *op};
    else
        *own = *op;
    return CLW_OK;
}

static clw_status find_or_parse(clw_context *context, const char *text, struct clw_op **op,
                                struct clw_op **own, clw_error *error)
{
    clw_status status = CLW_OK;
    pthread_rwlock_rdlock(&context->ops_lock);
    *op = find_known(context, text);
    pthread_rwlock_unlock(&context->ops_lock);
    if (*op)
        return CLW_OK;
    pthread_rwlock_wrlock(&context->ops_lock);
    *op = find_known(context, text);
    if (!*op)
        status = parse(context, text, op, own, error);
    pthread_rwlock_unlock(&context->ops_lock);
    return status;
}

/* ---- arrays by name ---- */

static clw_status bind_name(const clw_op *op, const char *name, const clw_array *array,
                            clw_operand *in, clw_error *error)
{
    for (int i = 0; i < op->nin; i++) {
        if (strcmp(op->in_name[i], name) != 0)
            continue;
        if (in[i].array)
            return fail(error, CLW_ERROR_ARGUMENT, "clw_eval: %s is given twice", name);
        if (!array)
            return fail(error, CLW_ERROR_ARGUMENT, "clw_eval: the array for %s is NULL", name);
        in[i] = CLW_ARRAY(array);
        return CLW_OK;
    }
    return fail(error, CLW_ERROR_ARGUMENT,
                "clw_eval: %s is given, but the expression does not use it", name);
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
    clw_operand in[OP_MAX_INPUTS] = {{NULL, {CLW_SCALAR_NONE, {0}}}};
    const char *name;
    clw_status status = CLW_OK;
    while (!status && (name = va_arg(pairs, const char *)) != NULL)
        status = bind_name(op, name, va_arg(pairs, const clw_array *), in, error);
    if (!status)
        status = check_all_bound(op, in, error);
    return status ? status : clw_call(context, op, in, op->nin, out, 1, NULL, error);
}

clw_status clw_eval(clw_context *context, const char *expression, clw_array **out, clw_error *error,
                    ...)
{
    struct clw_op *op, *own = NULL;
    if (!context || !expression || !out)
        return fail(error, CLW_ERROR_ARGUMENT, "clw_eval: %s is NULL",
                    !context      ? "context"
                    : !expression ? "expression"
                                  : "out");
    clw_status status = device_check_process(&context->device, error);
    if (!status)
        status = find_or_parse(context, expression, &op, &own, error);
    if (!status) {
        va_list pairs;
        va_start(pairs, error);
        status = eval(context, op, out, pairs, error);
        va_end(pairs);
    }
    op_destroy(own);
    return status;
}
