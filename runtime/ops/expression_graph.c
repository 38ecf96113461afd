#include "runtime/ops/expression_graph.h"

#include <stdio.h>
#include <string.h>

#include "runtime/base/memory.h"
#include "runtime/ops/expression_error.h"
#include "runtime/ops/identity.h"
#include "runtime/ops/split.h"

enum { FIRST_ROOM = 32 };

void graph_begin(struct graph_builder *builder, const clw_allocator *allocator, const char *text)
{
    *builder = (struct graph_builder){.text = text, .allocator = allocator};
    index_init(&builder->inputs, allocator);
    index_init(&builder->nodes, allocator);
    index_init(&builder->literals, allocator);
}

void graph_end(struct graph_builder *builder)
{
    void *const parts[] = {builder->graph.nodes, builder->graph.literals, builder->graph.params,
                           builder->input_name,  builder->input_place,    builder->node_place};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        memory_free(builder->allocator, parts[i]);
    index_finish(&builder->inputs);
    index_finish(&builder->nodes);
    index_finish(&builder->literals);
}

/* An array with room for one more element than `count`; NULL if memory ran out. */
static void *one_more(const struct graph_builder *builder, void *array, int *room, int count,
                      size_t size)
{
    const int needed = *room ? count + 1 : FIRST_ROOM;
    return memory_reserve(builder->allocator, array, room, needed, size);
}

/* ---- inputs ---- */

static uint64_t hash_name(const char *name)
{
    return hash_bytes(name, strlen(name)).low;
}

static int find_input(const struct graph_builder *builder, const char *name, uint64_t hash)
{
    size_t at = 0;
    int i = index_next(&builder->inputs, hash, &at);
    while (i >= 0 && strcmp(builder->input_name[i], name) != 0)
        i = index_next(&builder->inputs, hash, &at);
    return i;
}

static int add_input(struct graph_builder *builder, const char *name, const char *place,
                     uint64_t hash)
{
    const int i = builder->ninputs;
    void *names = one_more(builder, builder->input_name, &builder->inputs_room, i, OP_NAME_SIZE);
    if (names)
        builder->input_name = names;
    void *places = one_more(builder, builder->input_place, &builder->input_places_room, i,
                            sizeof *builder->input_place);
    if (places)
        builder->input_place = places;
    if (!names || !places || !index_add(&builder->inputs, hash, i))
        return 0;
    snprintf(builder->input_name[i], OP_NAME_SIZE, "%s", name);
    builder->input_place[i] = place;
    builder->ninputs++;
    return 1;
}

clw_status graph_input(struct graph_builder *builder, const char *name, const char *place,
                       struct expression_value *value, clw_error *error)
{
    const uint64_t hash = hash_name(name);
    int i = find_input(builder, name, hash);
    if (i < 0) {
        i = builder->ninputs;
        if (i == GRAPH_MAX_INPUTS)
            return fail_at(error, CLW_ERROR_SYNTAX, builder->text, place, "more than %d arrays",
                           GRAPH_MAX_INPUTS);
        if (!add_input(builder, name, place, hash))
            return fail_memory(error);
    }
    *value = (struct expression_value){.place = place, .ref = {NODE_INPUT, 0, i}};
    return CLW_OK;
}

/* ---- literals ---- */

/* Bit for bit: -0.0 is not 0.0, and a NaN is itself. */
static int same_scalar(const clw_scalar *a, const clw_scalar *b)
{
    const size_t bytes = a->kind == CLW_SCALAR_COMPLEX ? sizeof a->value.c : sizeof a->value.u;
    return a->kind == b->kind && memcmp(&a->value, &b->value, bytes) == 0;
}

static uint64_t mix_scalar(uint64_t hash, const clw_scalar *scalar)
{
    uint64_t words[2] = {0, 0};
    const int is_complex = scalar->kind == CLW_SCALAR_COMPLEX;
    memcpy(words, &scalar->value, is_complex ? sizeof words : sizeof *words);
    return index_mix(index_mix(index_mix(hash, scalar->kind), words[0]), words[1]);
}

static clw_status literal_ref(struct graph_builder *builder, const clw_scalar *literal,
                              struct node_ref *ref, clw_error *error)
{
    struct graph *graph = &builder->graph;
    const uint64_t hash = mix_scalar(0, literal);
    size_t at = 0;
    int i = index_next(&builder->literals, hash, &at);
    while (i >= 0 && !same_scalar(&graph->literals[i], literal))
        i = index_next(&builder->literals, hash, &at);
    if (i < 0) {
        i = graph->nliterals;
        clw_scalar *literals =
            one_more(builder, graph->literals, &builder->literals_room, i, sizeof *literals);
        if (literals)
            graph->literals = literals;
        if (!literals || !index_add(&builder->literals, hash, i))
            return fail_memory(error);
        literals[i] = *literal;
        graph->nliterals++;
    }
    *ref = (struct node_ref){NODE_LITERAL, 0, i};
    return CLW_OK;
}

static clw_status value_ref(struct graph_builder *builder, const struct expression_value *value,
                            struct node_ref *ref, clw_error *error)
{
    *ref = value->ref;
    return value->literal.kind == CLW_SCALAR_NONE
               ? CLW_OK
               : literal_ref(builder, &value->literal, ref, error);
}

/* ---- nodes ---- */

static int same_ref(struct node_ref a, struct node_ref b)
{
    return a.kind == b.kind && a.index == b.index && a.output == b.output;
}

static int node_inputs(const struct node *node)
{
    return node->op ? node->op->nin : 1;
}

static int same_node(const struct graph *graph, const struct node *a, const struct node *b)
{
    if (a->op != b->op || a->cast != b->cast || a->nparams != b->nparams)
        return 0;
    for (int i = 0; i < node_inputs(a); i++)
        if (!same_ref(a->in[i], b->in[i]))
            return 0;
    for (int i = 0; i < a->nparams; i++) {
        const clw_param *x = &graph->params[a->first_param + i];
        const clw_param *y = &graph->params[b->first_param + i];
        if (x->name != y->name || !same_scalar(&x->value, &y->value))
            return 0;
    }
    return 1;
}

static uint64_t hash_node(const struct graph *graph, const struct node *node)
{
    uint64_t hash = index_mix((uint64_t)(uintptr_t)node->op, (uint64_t)node->cast);
    for (int i = 0; i < node_inputs(node); i++)
        hash = index_mix(hash, (uint64_t)node->in[i].index << 16 |
                                   (uint64_t)node->in[i].output << 8 | node->in[i].kind);
    for (int i = 0; i < node->nparams; i++) {
        const clw_param *param = &graph->params[node->first_param + i];
        hash = mix_scalar(index_mix(hash, (uint64_t)(uintptr_t)param->name), &param->value);
    }
    return hash;
}

/* The node of the call; its literals are entered, its parameters lie behind those that count. */
static clw_status make_node(struct graph_builder *builder, const struct expression_call *call,
                            struct node *node, clw_error *error)
{
    struct graph *graph = &builder->graph;
    clw_status status = CLW_OK;
    *node = (struct node){.op = call->op, .cast = call->cast, .first_param = graph->nparams};
    for (int i = 0; !status && i < call->nin; i++)
        status = value_ref(builder, &call->in[i], &node->in[i], error);
    for (int i = 0; !status && i < OP_MAX_PARAMS; i++) {
        if (!call->params[i].name)
            continue;
        clw_param *params = one_more(builder, graph->params, &builder->params_room,
                                     graph->nparams + node->nparams, sizeof *params);
        if (!params)
            return fail_memory(error);
        graph->params = params;
        params[node->first_param + node->nparams++] = call->params[i];
    }
    return status;
}

static clw_status add_node(struct graph_builder *builder, const struct node *node, uint64_t hash,
                           const char *place, clw_error *error)
{
    struct graph *graph = &builder->graph;
    const int i = graph->nnodes;
    if (i == GRAPH_MAX_NODES)
        return fail_at(error, CLW_ERROR_SYNTAX, builder->text, place, "more than %d operations",
                       GRAPH_MAX_NODES);
    struct node *nodes = one_more(builder, graph->nodes, &builder->nodes_room, i, sizeof *nodes);
    if (nodes)
        graph->nodes = nodes;
    void *places = one_more(builder, builder->node_place, &builder->node_places_room, i,
                            sizeof *builder->node_place);
    if (places)
        builder->node_place = places;
    if (!nodes || !places || !index_add(&builder->nodes, hash, i))
        return fail_memory(error);
    nodes[i] = *node;
    builder->node_place[i] = place;
    graph->nparams += node->nparams;
    graph->nnodes++;
    return CLW_OK;
}

clw_status graph_call(struct graph_builder *builder, const struct expression_call *call,
                      struct expression_value *value, clw_error *error)
{
    struct node node;
    clw_status status = make_node(builder, call, &node, error);
    if (status)
        return status;
    const uint64_t hash = hash_node(&builder->graph, &node);
    size_t at = 0;
    int i = index_next(&builder->nodes, hash, &at);
    while (i >= 0 && !same_node(&builder->graph, &builder->graph.nodes[i], &node))
        i = index_next(&builder->nodes, hash, &at);
    if (i < 0) {
        i = builder->graph.nnodes;
        status = add_node(builder, &node, hash, call->place, error);
    }
    *value = (struct expression_value){.place = call->place,
                                       .op = call->op && call->op->nout > 1 ? call->op : NULL,
                                       .ref = {NODE_VALUE, 0, i}};
    return status;
}

/* ---- the op ---- */

static void reach(unsigned char *inputs, unsigned char *nodes, struct node_ref ref)
{
    if (ref.kind == NODE_INPUT)
        inputs[ref.index] = 1;
    else if (ref.kind == NODE_VALUE)
        nodes[ref.index] = 1;
}

static clw_status fail_unused(const struct graph_builder *builder, const unsigned char *inputs,
                              const unsigned char *nodes, clw_error *error)
{
    for (int i = 0; i < builder->graph.nnodes; i++)
        if (!nodes[i])
            return fail_at(error, CLW_ERROR_SYNTAX, builder->text, builder->node_place[i],
                           "this value is never used");
    for (int i = 0; i < builder->ninputs; i++)
        if (!inputs[i])
            return fail_at(error, CLW_ERROR_SYNTAX, builder->text, builder->input_place[i],
                           "'%s' is never used", builder->input_name[i]);
    return CLW_OK;
}

/* An array that no result depends on would still have to be given, and would stretch the shape. */
static clw_status check_all_used(const struct graph_builder *builder, const struct node_ref *out,
                                 int nout, clw_error *error)
{
    const struct graph *graph = &builder->graph;
    unsigned char *inputs =
        memory_new(builder->allocator, (size_t)(builder->ninputs + graph->nnodes), 1);
    if (!inputs)
        return fail_memory(error);
    unsigned char *nodes = inputs + builder->ninputs;
    for (int i = 0; i < nout; i++)
        reach(inputs, nodes, out[i]);
    for (int i = graph->nnodes - 1; i >= 0; i--)
        for (int k = 0; nodes[i] && k < node_inputs(&graph->nodes[i]); k++)
            reach(inputs, nodes, graph->nodes[i].in[k]);
    const clw_status status = fail_unused(builder, inputs, nodes, error);
    memory_free(builder->allocator, inputs);
    return status;
}

/* 0 if memory ran out. */
static int fill_op(const struct graph_builder *builder, const struct expression_results *results,
                   struct clw_op *op)
{
    op->graph = graph_copy(builder->allocator, &builder->graph);
    op->doc = memory_copy_text(builder->allocator, builder->text, strlen(builder->text));
    if (!op->graph || !op->doc || !op_make_room(op, builder->ninputs))
        return 0;
    snprintf(op->name, sizeof op->name, "expression");
    op->nin = builder->ninputs;
    op->nout = results->count;
    if (op->nin)
        memcpy(op->in_name, builder->input_name, (size_t)op->nin * sizeof *op->in_name);
    memcpy(op->out_name, results->names, sizeof results->names);
    op->identity = identity_of_graph(op);
    op->values = identity_of_values(op->graph);
    return split_if_large(op, &largest_kernel);
}

clw_status graph_finish(struct graph_builder *builder, const struct expression_results *results,
                        struct clw_op **out, clw_error *error)
{
    clw_status status = CLW_OK;
    struct node_ref *refs = builder->graph.out;
    for (int i = 0; !status && i < results->count; i++)
        status = value_ref(builder, &results->values[i], &refs[i], error);
    if (!status)
        status = check_all_used(builder, refs, results->count, error);
    if (status)
        return status;
    struct clw_op *op = op_new(builder->allocator);
    if (!op || !fill_op(builder, results, op)) {
        op_destroy(op);
        return fail_memory(error);
    }
    *out = op;
    return CLW_OK;
}
