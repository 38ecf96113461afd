/* Parses an expression into an op: a graph of calls of ops with bodies. */
#ifndef CLWISE_OPS_EXPRESSION_H
#define CLWISE_OPS_EXPRESSION_H

#include "runtime/ops/registry.h"

/* Operators of Python with Python's precedence, calls of ops by name or alias with keyword
 * parameters, literals, parentheses, casts `f32(x)`. Inputs are names in order of first appearance.
 * The op borrows the ops it calls from the registry. SYNTAX with line and a caret under the place,
 * NOT_FOUND with near names, MEMORY. */
clw_status expression_parse(const struct registry *registry, const char *text, struct clw_op **out,
                            clw_error *error);

#endif
