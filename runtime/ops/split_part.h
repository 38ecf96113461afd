/* Making the op of one part of a graph that is being cut. */
#ifndef CLWISE_OPS_SPLIT_PART_H
#define CLWISE_OPS_SPLIT_PART_H

#include "runtime/ops/split.h"

/* The graph of a part before its size is known. */
struct part_graph {
    struct graph graph; /* its arrays are those below */
    struct node nodes[OP_MAX_NODES];
    clw_scalar literals[OP_MAX_NODES * OP_MAX_LEAF_INPUTS + OP_MAX_OUTPUTS];
    clw_param params[OP_MAX_KERNEL_PARAMS];
    int nin, in[OP_MAX_INPUTS];   /* as in struct part */
    unsigned reads[OP_MAX_NODES]; /* bit i: the node depends on input i */
};

/* A value is an output of a node: number OP_MAX_OUTPUTS * node + output. */
struct cutter {
    struct clw_op *op; /* the whole */
    const struct graph *graph;
    const struct kernel_limits *limits;
    int nordered, parts_room;
    int stamp;             /* of the run or part that is looked at, for the `seen` below */
    int *order, *position; /* of nodes */
    int *stack, *next;     /* of the walk that orders them */
    int *last_use;         /* of values: a position; nnodes for outputs of the whole; -1: none */
    int *temporary;        /* of values; -1: none */
    int *value_seen, *input_seen;
    int *local_literal; /* of literals of the whole: counted from 1 in the part; 0: not in it */
    struct part_graph *part;
};

static inline int value_number(struct node_ref ref)
{
    return OP_MAX_OUTPUTS * ref.index + ref.output;
}

/* Of the nodes at positions first to end. 0 if memory ran out. */
int fill_part(struct cutter *cutter, struct part *part, int first, int end, int is_last);

#endif
