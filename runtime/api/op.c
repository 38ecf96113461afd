#include <limits.h>
#include <string.h>

#include "runtime/api/objects.h"
#include "runtime/ops/expression.h"
#include "runtime/ops/identity.h"
#include "runtime/ops/opfile.h"

/* ---- finding and making ---- */

/* In a child process the lock may be held by a thread that is not there. */
static int is_usable(const clw_context *context)
{
    return context && !device_check_process(&context->device, NULL);
}

/* `what` is the name of the other argument. */
static clw_status check_arguments(const char *function, const clw_context *context,
                                  const char *what, const void *argument, const void *out,
                                  clw_error *error)
{
    if (!context || !argument || !out)
        return fail(error, CLW_ERROR_ARGUMENT, "%s: %s is NULL", function,
                    !context    ? "context"
                    : !argument ? what
                                : "out");
    return device_check_process(&context->device, error);
}

const clw_op *clw_op_find(clw_context *context, const char *name_or_alias)
{
    if (!is_usable(context) || !name_or_alias)
        return NULL;
    pthread_rwlock_rdlock(&context->ops_lock);
    const clw_op *op = registry_find(&context->registry, name_or_alias);
    pthread_rwlock_unlock(&context->ops_lock);
    return op;
}

clw_status clw_ops_load(clw_context *context, const char *file_or_folder, clw_error *error)
{
    clw_status status =
        check_arguments("clw_ops_load", context, "file_or_folder", file_or_folder, context, error);
    if (status)
        return status;
    pthread_rwlock_wrlock(&context->ops_lock);
    const int retired = context->registry.retired_count;
    status = registry_load(&context->registry, file_or_folder, error);
    if (!status)
        context_own_ops(context);
    if (context->registry.retired_count > retired)
        expressions_clear(&context->expressions); /* they call what has a new meaning */
    pthread_rwlock_unlock(&context->ops_lock);
    return status;
}

/* An op outside the registry holds its context. */
static void publish(clw_context *context, struct clw_op *op, clw_op **out)
{
    op->owner = context;
    clw_context_retain(context);
    atomic_store(&op->references, 1);
    *out = op;
}

static clw_status bind_calls(clw_context *context, struct clw_op *op, clw_error *error)
{
    const struct registry_update nothing = {NULL, 0, NULL};
    pthread_rwlock_rdlock(&context->ops_lock);
    clw_status status = registry_bind(&context->registry, &nothing, op, error);
    pthread_rwlock_unlock(&context->ops_lock);
    return status ? status : registry_check_calls(op, error);
}

clw_status clw_op_define(clw_context *context, const char *source, clw_op **out, clw_error *error)
{
    struct clw_op *ops[OPFILE_MAX_OPS];
    int count = 0;
    clw_status status = check_arguments("clw_op_define", context, "source", source, out, error);
    if (!status)
        status = opfile_parse(context->allocator, "clw_op_define", source, strlen(source), ops,
                              &count, error);
    if (status)
        return status;
    if (count != 1) {
        status = fail(
            error, CLW_ERROR_ARGUMENT,
            "clw_op_define takes one op, the text has %d; clw_ops_load takes files of them", count);
        for (int i = 0; i < count; i++)
            op_destroy(ops[i]);
        return status;
    }
    status = bind_calls(context, ops[0], error);
    if (status)
        op_destroy(ops[0]);
    else {
        ops[0]->identity = identity_of_text(ops[0], source, strlen(source));
        publish(context, ops[0], out);
    }
    return status;
}

clw_status clw_op_from_expression(clw_context *context, const char *text, clw_op **out,
                                  clw_error *error)
{
    struct clw_op *op;
    clw_status status =
        check_arguments("clw_op_from_expression", context, "text", text, out, error);
    if (status)
        return status;
    pthread_rwlock_rdlock(&context->ops_lock);
    status = expression_parse(&context->registry, text, &op, error);
    pthread_rwlock_unlock(&context->ops_lock);
    if (!status)
        publish(context, op, out);
    return status;
}

/* ---- life: registry ops have no references, they live with their context ---- */

clw_op *clw_op_retain(clw_op *op)
{
    if (op && atomic_load(&op->references) > 0)
        atomic_fetch_add(&op->references, 1);
    return op;
}

void clw_op_release(clw_op *op)
{
    if (!op || atomic_load(&op->references) == 0 || atomic_fetch_sub(&op->references, 1) != 1)
        return;
    clw_context *context = op->owner;
    op_destroy(op);
    clw_context_release(context);
}

/* ---- the registry in order ---- */

int clw_op_count(clw_context *context)
{
    if (!is_usable(context))
        return 0;
    pthread_rwlock_rdlock(&context->ops_lock);
    const int count = context->registry.count;
    pthread_rwlock_unlock(&context->ops_lock);
    return count;
}

const clw_op *clw_op_at(clw_context *context, int index)
{
    if (!is_usable(context))
        return NULL;
    pthread_rwlock_rdlock(&context->ops_lock);
    const clw_op *op =
        index >= 0 && index < context->registry.count ? context->registry.ops[index] : NULL;
    pthread_rwlock_unlock(&context->ops_lock);
    return op;
}

/* ---- facts ---- */

static int in_range(int index, int count)
{
    return index >= 0 && index < count;
}

const char *clw_op_name(const clw_op *op)
{
    return op ? op->name : NULL;
}

const char *clw_op_doc(const clw_op *op)
{
    return op ? (op->doc ? op->doc : "") : NULL;
}

const char *clw_op_ulp(const clw_op *op)
{
    return op ? (op->ulp ? op->ulp : "") : NULL;
}

int clw_op_input_count(const clw_op *op)
{
    return op ? op->nin : 0;
}

int clw_op_output_count(const clw_op *op)
{
    return op ? op->nout : 0;
}

const char *clw_op_input_name(const clw_op *op, int index)
{
    return op && in_range(index, op->nin) ? op->in_name[index] : NULL;
}

const char *clw_op_output_name(const clw_op *op, int index)
{
    return op && in_range(index, op->nout) ? op->out_name[index] : NULL;
}

int clw_op_alias_count(const clw_op *op)
{
    return op ? op->naliases : 0;
}

const char *clw_op_alias(const clw_op *op, int index)
{
    return op && in_range(index, op->naliases) ? op->aliases[index] : NULL;
}

int clw_op_param_count(const clw_op *op)
{
    return op ? op->nparams : 0;
}

const char *clw_op_param_name(const clw_op *op, int index)
{
    return op && in_range(index, op->nparams) ? op->params[index].name : NULL;
}

const char *clw_op_param_default(const clw_op *op, int index)
{
    return op && in_range(index, op->nparams) ? op->params[index].default_text : NULL;
}

int clw_op_position_count(const clw_op *op)
{
    int count = op ? op->npositions : 0;
    for (int i = 0; op && op->graph && i < op->graph->nnodes; i++)
        if (op->graph->nodes[i].op)
            count += op->graph->nodes[i].op->npositions;
    return count;
}

/* NULL for an index out of range. */
static const struct position *find_position(const clw_op *op, int index)
{
    if (!op || index < 0)
        return NULL;
    if (index < op->npositions)
        return &op->positions[index];
    index -= op->npositions;
    for (int i = 0; op->graph && i < op->graph->nnodes; i++) {
        const clw_op *const called = op->graph->nodes[i].op;
        const int count = called ? called->npositions : 0;
        if (index < count)
            return &called->positions[index];
        index -= count;
    }
    return NULL;
}

const char *clw_op_position_name(const clw_op *op, int index)
{
    const struct position *const position = find_position(op, index);
    return position ? position->name : NULL;
}

int clw_op_position_axis(const clw_op *op, int index)
{
    const struct position *const position = find_position(op, index);
    return position ? (position->is_flat ? INT_MAX : position->axis) : 0;
}

int clw_op_callee_count(const clw_op *op)
{
    return op ? op->ncalls : 0;
}

const char *clw_op_callee_name(const clw_op *op, int index)
{
    return op && in_range(index, op->ncalls) ? op->calls[index].name : NULL;
}

int clw_op_loop_count(const clw_op *op)
{
    return op ? op->nloops : 0;
}

int clw_op_loop(const clw_op *op, int index, clw_dtype *dtypes, int capacity)
{
    if (!op || !in_range(index, op->nloops))
        return 0;
    const struct loop *loop = &op->loops[index];
    for (int i = 0; i < op->nin + op->nout && i < capacity; i++)
        dtypes[i] = (clw_dtype)(i < op->nin ? loop->in[i] : loop->out[i - op->nin]);
    return op->nin + op->nout;
}
