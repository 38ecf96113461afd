/* What run and eval do: read the operands, compute, write or print the results. */
#ifndef CLWISE_TOOLS_COMPUTE_H
#define CLWISE_TOOLS_COMPUTE_H

#include "tools/settings.h"

int compute(const struct settings *settings, clw_error *error);

#endif
