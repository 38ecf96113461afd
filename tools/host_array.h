/* An array in the program's own memory, as a file gave it. */
#ifndef CLWISE_TOOLS_HOST_ARRAY_H
#define CLWISE_TOOLS_HOST_ARRAY_H

#include <clwise/clwise.h>

struct host_array {
    clw_dtype dtype;
    int ndim;
    int64_t shape[CLW_MAX_NDIM];
    int64_t strides[CLW_MAX_NDIM]; /* bytes */
    void *data;                    /* the array's; freed by host_array_finish */
    size_t bytes;
};

/* Bytes of the elements into *bytes. Returns 0 if that, or the product of the extents that are not
 * zero, exceeds what can be addressed, or if an extent is negative. */
int host_array_bytes(clw_dtype dtype, int ndim, const int64_t *shape, size_t *bytes);
void host_array_set_strides(struct host_array *array, int fortran_order);
void host_array_finish(struct host_array *array);
/* Memory for at least one byte, aligned to a page; NULL if there is none. Freed by free. */
void *host_memory(size_t bytes);

#endif
