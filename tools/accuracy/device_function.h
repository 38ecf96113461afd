/* The function of OpenCL C that an op stands beside. */
#ifndef CLWISE_TOOLS_ACCURACY_DEVICE_FUNCTION_H
#define CLWISE_TOOLS_ACCURACY_DEVICE_FUNCTION_H

#include <clwise/clwise.h>

/* An op that calls it, the caller's; NULL with CLW_OK where OpenCL C has none. */
clw_status device_function_define(clw_context *context, const char *op, clw_op **out,
                                  clw_error *error);

#endif
