/* Ops that need no exact values: nothing in them approximates. */
#ifndef CLWISE_TOOLS_ACCURACY_EXACT_OPS_H
#define CLWISE_TOOLS_ACCURACY_EXACT_OPS_H

int op_is_exact(const char *name);

#endif
