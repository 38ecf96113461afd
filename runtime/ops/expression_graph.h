/* Collects inputs, literals and calls of an expression into the graph of an op. What is computed
 * twice with the same operands becomes one node. */
#ifndef CLWISE_OPS_EXPRESSION_GRAPH_H
#define CLWISE_OPS_EXPRESSION_GRAPH_H

#include "runtime/base/index.h"
#include "runtime/ops/op.h"

enum {
    GRAPH_MAX_INPUTS = 1024, /* what an expression may have; kernels take less, see split.h */
    GRAPH_MAX_NODES = 16384
};

/* Something that has a value: a literal, or a reference to an input or a node. */
struct expression_value {
    const char *place;       /* in the text */
    const struct clw_op *op; /* a call that gives several values, the first of them in ref */
    struct node_ref ref;     /* counts if the literal's kind is CLW_SCALAR_NONE */
    clw_scalar literal;
};

/* A call of an op, or a cast if op is NULL. */
struct expression_call {
    const char *place;
    const struct clw_op *op;
    int cast;
    int nin;
    struct expression_value in[OP_MAX_LEAF_INPUTS];
    clw_param params[OP_MAX_PARAMS]; /* as the op's; name NULL where none is given */
};

struct graph_builder {
    const char *text;
    const clw_allocator *allocator;
    struct graph graph; /* its arrays have more room than it needs */
    int ninputs;
    char (*input_name)[OP_NAME_SIZE];
    const char **input_place, **node_place;
    int inputs_room, input_places_room, nodes_room, node_places_room, literals_room, params_room;
    struct hash_index inputs, nodes, literals;
};

/* What the op gives: values, and what their outputs are called. */
struct expression_results {
    int count;
    struct expression_value values[OP_MAX_OUTPUTS];
    char names[OP_MAX_OUTPUTS][OP_NAME_SIZE];
};

void graph_begin(struct graph_builder *builder, const clw_allocator *allocator, const char *text);
void graph_end(struct graph_builder *builder);

/* The input called so, new or known. SYNTAX if there are too many; MEMORY. */
clw_status graph_input(struct graph_builder *builder, const char *name, const char *place,
                       struct expression_value *value, clw_error *error);
/* SYNTAX if there are too many nodes; MEMORY. */
clw_status graph_call(struct graph_builder *builder, const struct expression_call *call,
                      struct expression_value *value, clw_error *error);
/* The op. SYNTAX if a node or an input does not reach a result; MEMORY. */
clw_status graph_finish(struct graph_builder *builder, const struct expression_results *results,
                        struct clw_op **out, clw_error *error);

#endif
