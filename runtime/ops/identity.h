/* What an op outside the registry is called in kernel keys: the same text, parsed again, is the
 * same op. */
#ifndef CLWISE_OPS_IDENTITY_H
#define CLWISE_OPS_IDENTITY_H

#include "runtime/ops/op.h"

/* Of an op with this text, and of the ops that its body calls. */
struct hash128 identity_of_text(const struct clw_op *op, const char *text, size_t length);
/* Of an op with a graph, by its calls, literals and outputs; names of inputs do not count, and
 * neither do values of parameters, which are arguments of the kernel. */
struct hash128 identity_of_graph(const struct clw_op *op);
/* Of the parameters that are given in a graph: op->values. */
struct hash128 identity_of_values(const struct graph *graph);

#endif
