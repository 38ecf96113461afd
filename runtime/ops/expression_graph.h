/* Collects inputs, literals and calls of an expression into the graph of an op. What is computed
 * twice with the same operands becomes one node. */
#ifndef CLWISE_OPS_EXPRESSION_GRAPH_H
#define CLWISE_OPS_EXPRESSION_GRAPH_H

#include "runtime/ops/op.h"

enum {
    /* Those of the node that is one too many are entered before it is refused. */
    GRAPH_MAX_LITERALS = (OP_MAX_NODES + 1) * OP_MAX_LEAF_INPUTS + OP_MAX_OUTPUTS,
    GRAPH_MAX_PARAMS = (OP_MAX_NODES + 1) * OP_MAX_PARAMS
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
    int ninputs, nnodes, nliterals, nparams;
    char input_name[OP_MAX_INPUTS][OP_NAME_SIZE];
    const char *input_place[OP_MAX_INPUTS];
    struct node nodes[OP_MAX_NODES];
    const char *node_place[OP_MAX_NODES];
    clw_scalar literals[GRAPH_MAX_LITERALS];
    clw_param params[GRAPH_MAX_PARAMS];
};

/* What the op gives: values, and what their outputs are called. */
struct expression_results {
    int count;
    struct expression_value values[OP_MAX_OUTPUTS];
    char names[OP_MAX_OUTPUTS][OP_NAME_SIZE];
};

/* The input called so, new or known. SYNTAX if there are too many. */
clw_status graph_input(struct graph_builder *builder, const char *name, const char *place,
                       struct expression_value *value, clw_error *error);
/* SYNTAX if there are too many nodes. */
clw_status graph_call(struct graph_builder *builder, const struct expression_call *call,
                      struct expression_value *value, clw_error *error);
/* The op. SYNTAX if a node or an input does not reach a result; MEMORY. */
clw_status graph_finish(struct graph_builder *builder, const clw_allocator *allocator,
                        const struct expression_results *results, struct clw_op **out,
                        clw_error *error);

#endif
