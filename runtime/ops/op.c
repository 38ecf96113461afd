#include "runtime/ops/op.h"

#include <string.h>

#include "runtime/base/memory.h"

struct clw_op *op_new(const clw_allocator *allocator)
{
    struct clw_op *op = memory_new(allocator, 1, sizeof *op);
    if (!op)
        return NULL;
    op->allocator = allocator;
    atomic_init(&op->references, 0);
    op->nonnegative = -1;
    return op;
}

static void graph_destroy(const clw_allocator *allocator, struct graph *graph)
{
    if (!graph)
        return;
    memory_free(allocator, graph->nodes);
    memory_free(allocator, graph->literals);
    memory_free(allocator, graph->params);
    memory_free(allocator, graph);
}

void op_destroy(struct clw_op *op)
{
    if (!op)
        return;
    void *const parts[] = {op->doc,   op->ulp,   op->aliases,    op->uses, op->loops,
                           op->torch, op->picks, op->refusals,   op->path, op->helpers,
                           op->calls, op->text,  op->shared.file};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        memory_free(op->allocator, parts[i]);
    graph_destroy(op->allocator, op->graph);
    memory_free(op->allocator, op);
}

int op_name_is_valid(const char *name)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789";
    const size_t length = strspn(name, letters);
    return length > 0 && length < OP_NAME_SIZE && name[length] == '\0' &&
           (name[0] < '0' || name[0] > '9');
}
