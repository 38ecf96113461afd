/* Runs an op on the device over points. */
#ifndef CLWISE_TOOLS_ACCURACY_DEVICE_H
#define CLWISE_TOOLS_ACCURACY_DEVICE_H

#include "tools/accuracy/points.h"

enum { MAX_OPERANDS = 8, MAX_PARAMS = 8 };

/* A loop of an op: float or complex inputs and the first output. */
struct loop {
    const clw_op *op;
    int inputs;
    clw_dtype in[MAX_OPERANDS], out;
    int columns; /* of its points */
    clw_param params[MAX_PARAMS];
    int param_count;
};

/* Results of points first..first+count: y has one column, or two of a complex output. */
clw_status device_run(clw_context *context, const struct loop *loop, const struct points *points,
                      size_t first, size_t count, double *y[2], clw_error *error);

#endif
