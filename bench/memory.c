#include "bench/memory.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

void *memory_pages(size_t bytes)
{
    const size_t huge = (size_t)1 << 21;
    const size_t rounded = (bytes / huge + 1) * huge;
    void *memory = aligned_alloc(huge, rounded);
    if (memory) {
        madvise(memory, rounded, MADV_HUGEPAGE);
        memset(memory, 0, rounded);
    }
    return memory;
}

bool memory_wrap(clw_context *context, clw_dtype dtype, size_t elements, void *memory,
                 clw_array **array, clw_error *error)
{
    const int64_t shape[1] = {(int64_t)elements};
    return clw_array_wrap_host(context, dtype, 1, shape, NULL, memory,
                               elements * clw_dtype_size(dtype), NULL, NULL, array,
                               error) == CLW_OK;
}

double array_value(const clw_array *array, size_t index)
{
    const clw_dtype dtype = clw_array_dtype(array);
    union {
        float single[2];
        double twice[2];
    } element;
    clw_array *view = NULL;
    double value = NAN;
    if (clw_array_view(array, 0, NULL, NULL, (int64_t)(index * clw_dtype_size(dtype)), &view,
                       NULL) == CLW_OK &&
        clw_array_read(view, &element, clw_dtype_size(dtype), NULL) == CLW_OK)
        value = dtype == CLW_F32 || dtype == CLW_C64 ? (double)element.single[0] : element.twice[0];
    clw_array_release(view);
    return value;
}
