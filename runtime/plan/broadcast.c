#include "runtime/plan/geometry.h"

#include <string.h>

/* Extent of the axis that is `from_end` places before the end; missing axes count as 1. */
static int64_t extent_from_end(int ndim, const int64_t *shape, int from_end)
{
    return from_end < ndim ? shape[ndim - 1 - from_end] : 1;
}

static clw_status fail_clash(clw_error *error, const int *ndims, const int64_t *const *shapes,
                             int from_end, int operand)
{
    int other = 0;
    while (extent_from_end(ndims[other], shapes[other], from_end) == 1)
        other++;
    char first[SHAPE_WORDS], second[SHAPE_WORDS];
    return fail(error, CLW_ERROR_SHAPE, "shapes %s and %s cannot be broadcast together",
                shape_words(ndims[other], shapes[other], first, sizeof first),
                shape_words(ndims[operand], shapes[operand], second, sizeof second));
}

clw_status broadcast_shapes(int n, const int *ndims, const int64_t *const *shapes, int *ndim,
                            int64_t *shape, clw_error *error)
{
    int rank = 0;
    for (int operand = 0; operand < n; operand++)
        rank = ndims[operand] > rank ? ndims[operand] : rank;
    int64_t result[CLW_MAX_NDIM] = {0}, count;
    for (int from_end = 0; from_end < rank; from_end++) {
        int64_t common = 1;
        for (int operand = 0; operand < n; operand++) {
            const int64_t extent = extent_from_end(ndims[operand], shapes[operand], from_end);
            if (common == 1)
                common = extent;
            else if (extent != 1 && extent != common)
                return fail_clash(error, ndims, shapes, from_end, operand);
        }
        result[rank - 1 - from_end] = common;
    }
    const clw_status status = layout_check(rank, result, 1, &count, error);
    if (status)
        return status;
    *ndim = rank;
    if (rank)
        memcpy(shape, result, (size_t)rank * sizeof *shape);
    return CLW_OK;
}

void broadcast_strides(const struct layout *operand, int ndim, const int64_t *shape,
                       int64_t *strides)
{
    const int missing = ndim - operand->ndim;
    for (int axis = 0; axis < missing; axis++)
        strides[axis] = 0;
    for (int axis = 0; axis < operand->ndim; axis++)
        strides[missing + axis] =
            operand->shape[axis] == shape[missing + axis] ? operand->strides[axis] : 0;
}
