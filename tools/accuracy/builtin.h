/* The function of OpenCL C that an op stands beside. */
#ifndef CLWISE_TOOLS_ACCURACY_BUILTIN_H
#define CLWISE_TOOLS_ACCURACY_BUILTIN_H

#include <clwise/clwise.h>

/* An op that calls it, the caller's; NULL with CLW_OK where OpenCL C has none. */
clw_status builtin_define(clw_context *context, const char *op, clw_op **out, clw_error *error);

#endif
