/* The elements of a result, on their way to a file, and the formats that files have. */
#ifndef CLWISE_TOOLS_ELEMENTS_H
#define CLWISE_TOOLS_ELEMENTS_H

#include "tools/output.h"

struct elements {
    clw_dtype dtype;
    int ndim;
    const int64_t *shape;
    /* Copies elements [first, first + count) in C order to `bytes`; returns an exit status. */
    int (*read)(void *data, int64_t first, int64_t count, void *bytes, clw_error *error);
    void *data;
};

static inline int64_t elements_count(const struct elements *elements)
{
    int64_t count = 1;
    for (int axis = 0; axis < elements->ndim; axis++)
        count *= elements->shape[axis];
    return count;
}

#endif
