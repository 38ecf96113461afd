#include "runtime/ops/expression_graph.h"

#include <stdio.h>
#include <string.h>

#include "runtime/base/memory.h"
#include "runtime/ops/expression_error.h"

clw_status graph_input(struct graph_builder *builder, const char *name, const char *place,
                       struct expression_value *value, clw_error *error)
{
    int i = 0;
    while (i < builder->ninputs && strcmp(builder->input_name[i], name) != 0)
        i++;
    if (i == OP_MAX_INPUTS)
        return fail_at(error, CLW_ERROR_SYNTAX, builder->text, place, "more than %d arrays",
                       OP_MAX_INPUTS);
    if (i == builder->ninputs) {
        snprintf(builder->input_name[i], OP_NAME_SIZE, "%s", name);
        builder->input_place[i] = place;
        builder->ninputs++;
    }
    *value = (struct expression_value){.place = place, .ref = {NODE_INPUT, 0, (int16_t)i}};
    return CLW_OK;
}

/* Bit for bit: -0.0 is not 0.0, and a NaN is itself. */
static int same_scalar(const clw_scalar *a, const clw_scalar *b)
{
    const size_t bytes = a->kind == CLW_SCALAR_COMPLEX ? sizeof a->value.c : sizeof a->value.u;
    return a->kind == b->kind && memcmp(&a->value, &b->value, bytes) == 0;
}

static struct node_ref literal_ref(struct graph_builder *builder, const clw_scalar *literal)
{
    int i = 0;
    while (i < builder->nliterals && !same_scalar(&builder->literals[i], literal))
        i++;
    if (i == builder->nliterals)
        builder->literals[builder->nliterals++] = *literal;
    return (struct node_ref){NODE_LITERAL, 0, (int16_t)i};
}

static struct node_ref value_ref(struct graph_builder *builder,
                                 const struct expression_value *value)
{
    return value->literal.kind == CLW_SCALAR_NONE ? value->ref
                                                  : literal_ref(builder, &value->literal);
}

static int same_ref(struct node_ref a, struct node_ref b)
{
    return a.kind == b.kind && a.index == b.index && a.output == b.output;
}

static int node_inputs(const struct node *node)
{
    return node->op ? node->op->nin : 1;
}

static int same_node(const struct graph_builder *builder, const struct node *a,
                     const struct node *b)
{
    if (a->op != b->op || a->cast != b->cast || a->nparams != b->nparams)
        return 0;
    for (int i = 0; i < node_inputs(a); i++)
        if (!same_ref(a->in[i], b->in[i]))
            return 0;
    for (int i = 0; i < a->nparams; i++) {
        const clw_param *x = &builder->params[a->first_param + i];
        const clw_param *y = &builder->params[b->first_param + i];
        if (x->name != y->name || !same_scalar(&x->value, &y->value))
            return 0;
    }
    return 1;
}

/* The node of the call; its literals and parameters are entered, it is not. */
static struct node make_node(struct graph_builder *builder, const struct expression_call *call)
{
    struct node node = {.op = call->op, .cast = call->cast, .first_param = builder->nparams};
    for (int i = 0; i < call->nin; i++)
        node.in[i] = value_ref(builder, &call->in[i]);
    for (int i = 0; i < OP_MAX_PARAMS; i++)
        if (call->params[i].name)
            builder->params[node.first_param + node.nparams++] = call->params[i];
    return node;
}

clw_status graph_call(struct graph_builder *builder, const struct expression_call *call,
                      struct expression_value *value, clw_error *error)
{
    const struct node node = make_node(builder, call);
    int i = 0;
    while (i < builder->nnodes && !same_node(builder, &builder->nodes[i], &node))
        i++;
    if (i == OP_MAX_NODES)
        return fail_at(error, CLW_ERROR_SYNTAX, builder->text, call->place,
                       "more than %d operations", OP_MAX_NODES);
    if (i == builder->nnodes) {
        builder->nodes[i] = node;
        builder->node_place[i] = call->place;
        builder->nparams += node.nparams;
        builder->nnodes++;
    }
    *value = (struct expression_value){.place = call->place,
                                       .op = call->op && call->op->nout > 1 ? call->op : NULL,
                                       .ref = {NODE_VALUE, 0, (int16_t)i}};
    return CLW_OK;
}

struct reached {
    unsigned char inputs[OP_MAX_INPUTS], nodes[OP_MAX_NODES];
};

static void reach(struct reached *reached, struct node_ref ref)
{
    if (ref.kind == NODE_INPUT)
        reached->inputs[ref.index] = 1;
    else if (ref.kind == NODE_VALUE)
        reached->nodes[ref.index] = 1;
}

/* An array that no result depends on would still have to be given, and would stretch the shape. */
static clw_status check_all_used(const struct graph_builder *builder, const struct node_ref *out,
                                 int nout, clw_error *error)
{
    struct reached reached = {{0}, {0}};
    for (int i = 0; i < nout; i++)
        reach(&reached, out[i]);
    for (int i = builder->nnodes - 1; i >= 0; i--)
        for (int k = 0; reached.nodes[i] && k < node_inputs(&builder->nodes[i]); k++)
            reach(&reached, builder->nodes[i].in[k]);
    for (int i = 0; i < builder->nnodes; i++)
        if (!reached.nodes[i])
            return fail_at(error, CLW_ERROR_SYNTAX, builder->text, builder->node_place[i],
                           "this value is never used");
    for (int i = 0; i < builder->ninputs; i++)
        if (!reached.inputs[i])
            return fail_at(error, CLW_ERROR_SYNTAX, builder->text, builder->input_place[i],
                           "'%s' is never used", builder->input_name[i]);
    return CLW_OK;
}

/* One more than asked for, so that no array of none is NULL. */
static void *copy(const clw_allocator *allocator, const void *from, int count, size_t size)
{
    void *memory = memory_new(allocator, (size_t)count + 1, size);
    if (memory)
        memcpy(memory, from, (size_t)count * size);
    return memory;
}

static int copy_graph(const struct graph_builder *builder, const clw_allocator *allocator,
                      struct clw_op *op)
{
    struct graph *graph = op->graph = memory_new(allocator, 1, sizeof *graph);
    if (!graph)
        return 0;
    graph->nnodes = builder->nnodes;
    graph->nliterals = builder->nliterals;
    graph->nparams = builder->nparams;
    graph->nodes = copy(allocator, builder->nodes, builder->nnodes, sizeof *graph->nodes);
    graph->literals =
        copy(allocator, builder->literals, builder->nliterals, sizeof *graph->literals);
    graph->params = copy(allocator, builder->params, builder->nparams, sizeof *graph->params);
    op->doc = memory_copy_text(allocator, builder->text, strlen(builder->text));
    return graph->nodes && graph->literals && graph->params && op->doc;
}

clw_status graph_finish(struct graph_builder *builder, const clw_allocator *allocator,
                        const struct expression_results *results, struct clw_op **out,
                        clw_error *error)
{
    struct node_ref refs[OP_MAX_OUTPUTS];
    for (int i = 0; i < results->count; i++)
        refs[i] = value_ref(builder, &results->values[i]);
    const clw_status status = check_all_used(builder, refs, results->count, error);
    if (status)
        return status;
    struct clw_op *op = op_new(allocator);
    if (!op || !copy_graph(builder, allocator, op)) {
        op_destroy(op);
        return fail_memory(error);
    }
    memcpy(op->graph->out, refs, (size_t)results->count * sizeof *refs);
    snprintf(op->name, sizeof op->name, "expression");
    op->nin = builder->ninputs;
    op->nout = results->count;
    op->nonnegative = -1;
    memcpy(op->in_name, builder->input_name, sizeof builder->input_name);
    memcpy(op->out_name, results->names, sizeof results->names);
    *out = op;
    return CLW_OK;
}
