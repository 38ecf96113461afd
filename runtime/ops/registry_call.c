/* Ops that bodies call: from names to ops. */
#include <stdio.h>

#include "runtime/ops/registry.h"

struct chain {
    const struct clw_op *ops[OP_MAX_ALL_CALLS + 1];
    int length;
    int count; /* of all calls below the first op */
};

static clw_status fail_missing(const struct registry *registry, const struct clw_op *op,
                               const struct called *call, clw_error *error)
{
    char near[200];
    registry_nearest(registry, call->name, 3, near, sizeof near);
    return fail(error, CLW_ERROR_NOT_FOUND, "%.400s:%d: there is no op '%s' to call%s%s",
                op->shared.file, call->line, call->name, near[0] ? "; near are: " : "", near);
}

clw_status registry_bind(const struct registry *registry, const struct registry_update *update,
                         struct clw_op *op, clw_error *error)
{
    for (int i = 0; i < op->ncalls; i++) {
        struct called *call = &op->calls[i];
        call->op = registry_owner(registry, update, update->count, call->name);
        if (!call->op)
            return fail_missing(registry, op, call, error);
    }
    return CLW_OK;
}

/* "a calls b calls a", from where the circle begins. */
static clw_status fail_circle(const struct chain *chain, const struct clw_op *op,
                              const struct called *call, clw_error *error)
{
    char words[400];
    size_t used = 0;
    int i = 0;
    while (chain->ops[i] != call->op)
        i++;
    for (words[0] = '\0'; i < chain->length; i++) {
        const int more =
            snprintf(words + used, sizeof words - used, "%s calls ", chain->ops[i]->name);
        used += (size_t)more < sizeof words - used ? (size_t)more : sizeof words - used - 1;
    }
    return fail(error, CLW_ERROR_ARGUMENT, "%.400s:%d: %s%s: a circle without end", op->shared.file,
                call->line, words, call->op->name);
}

static int is_in_chain(const struct chain *chain, const struct clw_op *op)
{
    for (int i = 0; i < chain->length; i++)
        if (chain->ops[i] == op)
            return 1;
    return 0;
}

static clw_status follow(struct chain *chain, const struct clw_op *op, clw_error *error)
{
    clw_status status = CLW_OK;
    chain->ops[chain->length++] = op;
    for (int i = 0; !status && i < op->ncalls; i++) {
        const struct called *call = &op->calls[i];
        if (is_in_chain(chain, call->op))
            return fail_circle(chain, op, call, error);
        if (++chain->count > OP_MAX_ALL_CALLS)
            return fail(error, CLW_ERROR_ARGUMENT,
                        "%.400s:%d: %s calls more than %d ops, with those that they call",
                        chain->ops[0]->shared.file, chain->ops[0]->line, chain->ops[0]->name,
                        OP_MAX_ALL_CALLS);
        status = follow(chain, call->op, error);
    }
    chain->length--;
    return status;
}

clw_status registry_check_calls(const struct clw_op *op, clw_error *error)
{
    struct chain chain = {.length = 0, .count = 0};
    return follow(&chain, op, error);
}
