/* NAME=VALUE: the operands of an expression by its names. */
#ifndef CLWISE_TOOLS_BINDING_H
#define CLWISE_TOOLS_BINDING_H

#include "tools/settings.h"

/* words[i] becomes the value of input i, borrowed: from the operands after the first, and from the
 * values of --param. */
int bind_names(const clw_op *op, const struct settings *settings, const char **words,
               clw_error *error);

#endif
