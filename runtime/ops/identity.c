#include "runtime/ops/identity.h"

#include <string.h>

static struct hash128 add(struct hash128 hash, const void *bytes, size_t count)
{
    return hash_two(&hash, sizeof hash, bytes, count);
}

struct hash128 identity_of_text(const struct clw_op *op, const char *text, size_t length)
{
    struct hash128 hash = hash_two("text", sizeof "text", text, length);
    for (int i = 0; i < op->ncalls; i++)
        hash = add(hash, &op->calls[i].op->identity, sizeof op->calls[i].op->identity);
    return hash;
}

static struct hash128 add_ref(struct hash128 hash, struct node_ref ref)
{
    const int words[] = {ref.kind, ref.output, ref.index};
    return add(hash, words, sizeof words);
}

static struct hash128 add_node(struct hash128 hash, const struct node *node)
{
    const int nin = node->op ? node->op->nin : 1;
    hash = node->op ? add(hash, &node->op->identity, sizeof node->op->identity)
                    : add(hash, &node->cast, sizeof node->cast);
    for (int i = 0; i < nin; i++)
        hash = add_ref(hash, node->in[i]);
    return hash;
}

static struct hash128 add_scalar(struct hash128 hash, const clw_scalar *scalar)
{
    const int kind = (int)scalar->kind;
    hash = add(hash, &kind, sizeof kind);
    return add(hash, &scalar->value,
               scalar->kind == CLW_SCALAR_COMPLEX ? sizeof scalar->value.c
                                                  : sizeof scalar->value.u);
}

struct hash128 identity_of_graph(const struct clw_op *op)
{
    const struct graph *graph = op->graph;
    const int counts[] = {op->nin, op->nout, graph->nnodes, graph->nliterals};
    struct hash128 hash = hash_two("graph", sizeof "graph", counts, sizeof counts);
    for (int i = 0; i < graph->nnodes; i++)
        hash = add_node(hash, &graph->nodes[i]);
    for (int i = 0; i < graph->nliterals; i++)
        hash = add_scalar(hash, &graph->literals[i]);
    for (int i = 0; i < op->nout; i++)
        hash = add_ref(hash, graph->out[i]);
    return hash;
}

struct hash128 identity_of_values(const struct graph *graph)
{
    struct hash128 hash = {0, 0};
    for (int i = 0; i < graph->nnodes; i++)
        for (int k = 0; k < graph->nodes[i].nparams; k++) {
            const clw_param *param = &graph->params[graph->nodes[i].first_param + k];
            hash = add(hash, &i, sizeof i);
            hash = add(hash, param->name, strlen(param->name) + 1);
            hash = add_scalar(hash, &param->value);
        }
    return hash;
}
