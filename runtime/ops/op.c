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
    op->in_name = op->few_in_names;
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

static void split_destroy(const clw_allocator *allocator, struct split *split)
{
    if (!split)
        return;
    for (int i = 0; split->parts && i < split->nparts; i++)
        op_destroy(split->parts[i].op);
    memory_free(allocator, split->parts);
    memory_free(allocator, split->last_reader);
    memory_free(allocator, split);
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
    split_destroy(op->allocator, op->split);
    if (op->in_name != op->few_in_names)
        memory_free(op->allocator, op->in_name);
    memory_free(op->allocator, op);
}

int op_make_room(struct clw_op *op, int nin)
{
    if (nin > OP_MAX_INPUTS)
        op->in_name = memory_new(op->allocator, (size_t)nin, sizeof *op->in_name);
    return op->in_name != NULL;
}

/* One more than asked for, so that no array of none is NULL. */
static void *copy(const clw_allocator *allocator, const void *from, int count, size_t size)
{
    void *memory = memory_new(allocator, (size_t)count + 1, size);
    if (memory && count)
        memcpy(memory, from, (size_t)count * size);
    return memory;
}

struct graph *graph_copy(const clw_allocator *allocator, const struct graph *from)
{
    struct graph *graph = memory_new(allocator, 1, sizeof *graph);
    if (!graph)
        return NULL;
    *graph = *from;
    graph->nodes = copy(allocator, from->nodes, from->nnodes, sizeof *graph->nodes);
    graph->literals = copy(allocator, from->literals, from->nliterals, sizeof *graph->literals);
    graph->params = copy(allocator, from->params, from->nparams, sizeof *graph->params);
    if (graph->nodes && graph->literals && graph->params)
        return graph;
    graph_destroy(allocator, graph);
    return NULL;
}

int op_name_is_valid(const char *name)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789";
    const size_t length = strspn(name, letters);
    return length > 0 && length < OP_NAME_SIZE && name[length] == '\0' &&
           (name[0] < '0' || name[0] > '9');
}
