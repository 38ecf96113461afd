/* Cuts a graph that is larger than a kernel into parts that run one after the other. */
#ifndef CLWISE_OPS_SPLIT_H
#define CLWISE_OPS_SPLIT_H

#include "runtime/ops/op.h"

/* Bytes of arguments, whatever dtypes and shapes are: an array has a pointer, an offset and a
 * stride, a parameter up to 16 bytes. Every device but those of the embedded profile takes
 * KERNEL_BYTES. */
enum {
    KERNEL_BYTES = 1024,
    KERNEL_FIXED_BYTES = 72,
    KERNEL_ARRAY_BYTES = 24, /* a position, too */
    KERNEL_PARAM_BYTES = 16,
    KERNEL_OTHER_ARRAYS = OP_MAX_OUTPUTS + 1, /* with a mask */
    KERNEL_LEAST_BYTES =
        KERNEL_FIXED_BYTES + KERNEL_PARAM_BYTES * OP_MAX_PARAMS +
        KERNEL_ARRAY_BYTES * (OP_MAX_LEAF_INPUTS + KERNEL_OTHER_ARRAYS + OP_MAX_POSITIONS)
};

/* What one kernel takes. An output that is an input or a literal as it is counts as a node. */
struct kernel_limits {
    int inputs;    /* at least OP_MAX_LEAF_INPUTS */
    int nodes;     /* at least OP_MAX_OUTPUTS */
    int params;    /* at least OP_MAX_PARAMS */
    int positions; /* at least OP_MAX_POSITIONS */
    int bytes;     /* of arguments, at most; at least KERNEL_LEAST_BYTES */
};

/* The most that struct clw_op's users have room for. */
extern const struct kernel_limits largest_kernel;

/* Sets op->split if op->graph exceeds the limits. All outputs of the op are outputs of the last
 * part, so that nothing is written before every input has been read; a part makes at most
 * OP_MAX_OUTPUTS temporaries. 0 if memory ran out. */
int split_if_large(struct clw_op *op, const struct kernel_limits *limits);

#endif
