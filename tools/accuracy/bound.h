/* What an op file states of its accuracy: `//! ulp f32 1 f64 4|6e-16`. */
#ifndef CLWISE_TOOLS_ACCURACY_BOUND_H
#define CLWISE_TOOLS_ACCURACY_BOUND_H

#include <clwise/clwise.h>

struct bound {
    int stated;
    double ulp;
    double absolute; /* an error up to this is fine too; 0: none stated */
};

/* The bound for a dtype in the text of clw_op_ulp. */
struct bound bound_parse(const char *text, clw_dtype dtype);

#endif
