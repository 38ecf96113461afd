#include "tools/host_array.h"

#include <stdlib.h>

enum { PAGE_BYTES = 4096 };

int host_array_bytes(clw_dtype dtype, int ndim, const int64_t *shape, size_t *bytes)
{
    int64_t product = (int64_t)clw_dtype_size(dtype);
    int empty = 0;
    for (int axis = 0; axis < ndim; axis++) {
        if (shape[axis] < 0)
            return 0;
        if (shape[axis] == 0) {
            empty = 1;
            continue;
        }
        if (product > INT64_MAX / shape[axis])
            return 0;
        product *= shape[axis];
    }
    *bytes = empty ? 0 : (size_t)product;
    return (uint64_t)product <= SIZE_MAX;
}

void host_array_set_strides(struct host_array *array, int fortran_order)
{
    int64_t stride = (int64_t)clw_dtype_size(array->dtype);
    for (int i = 0; i < array->ndim; i++) {
        const int axis = fortran_order ? i : array->ndim - 1 - i;
        array->strides[axis] = stride;
        if (array->shape[axis] > 0)
            stride *= array->shape[axis];
    }
}

void host_array_finish(struct host_array *array)
{
    free(array->data);
    array->data = NULL;
}

void *host_memory(size_t bytes)
{
    if (bytes > SIZE_MAX - PAGE_BYTES)
        return NULL;
    const size_t pages = bytes / PAGE_BYTES + 1;
    return aligned_alloc(PAGE_BYTES, pages * PAGE_BYTES);
}
