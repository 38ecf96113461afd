/* How far an op and the device's built-in function are from exact values. */
#ifndef CLWISE_TOOLS_BUILTIN_ERROR_H
#define CLWISE_TOOLS_BUILTIN_ERROR_H

#include <clwise/clwise.h>

struct builtin_error {
    const char *op;
    clw_dtype dtype;
    double ours,
        builtin; /* greatest error in ULP; infinity for a NaN or infinity that should not be */
};

/* Functions that OpenCL C has too: how many, and the name of the op. */
int builtin_count(void);
const char *builtin_op(int index);
/* Exact values are the C library's long double functions: 0 for a dtype that is no narrower. */
int builtin_has_reference(clw_dtype dtype);
/* Measures function `index` on seeded random points. */
clw_status builtin_measure(clw_context *context, int index, clw_dtype dtype,
                           struct builtin_error *found, clw_error *error);

#endif
