#include "tools/result.h"

#include <stdlib.h>
#include <string.h>

#include "tools/host_array.h"
#include "tools/progress.h"
#include "tools/report.h"

enum { ZERO_BYTES = 4 << 20 };

struct elements planned_elements(const clw_plan *plan, int index)
{
    struct elements planned = {.dtype = clw_plan_output_dtype(plan, index)};
    planned.shape = clw_plan_output_shape(plan, &planned.ndim);
    return planned;
}

/* A view of elements [first, first + count) of an array in C order. */
static int part_of(const clw_array *array, int64_t first, int64_t count, clw_array **part,
                   clw_error *error)
{
    const int64_t offset = first * (int64_t)clw_dtype_size(clw_array_dtype(array));
    return clw_array_view(array, 1, &count, NULL, offset, part, error) ? FAILED : DONE;
}

static int read_part(void *data, int64_t first, int64_t count, void *bytes, clw_error *error)
{
    clw_array *const array = data;
    clw_array *part = NULL;
    const size_t size = (size_t)count * clw_dtype_size(clw_array_dtype(array));
    int status = part_of(array, first, count, &part, error);
    if (status == DONE && clw_array_read(part, bytes, size, error))
        status = FAILED;
    clw_array_release(part);
    progress_advance(size);
    return status;
}

struct elements result_elements(clw_array *result)
{
    const struct elements elements = {clw_array_dtype(result), clw_array_ndim(result),
                                      clw_array_shape(result), read_part, result};
    return elements;
}

uint64_t result_bytes(const clw_array *result)
{
    size_t bytes = 0;
    host_array_bytes(clw_array_dtype(result), clw_array_ndim(result), clw_array_shape(result),
                     &bytes);
    return bytes;
}

static int fill_with_zeros(clw_array *array, clw_error *error)
{
    const size_t size = clw_dtype_size(clw_array_dtype(array));
    const int64_t total = (int64_t)(result_bytes(array) / size);
    const int64_t most = (int64_t)(ZERO_BYTES / size);
    void *const zeros = calloc(1, ZERO_BYTES);
    int status = zeros ? DONE : fail(error, "out of memory");
    for (int64_t first = 0; first < total && status == DONE; first += most) {
        const int64_t count = total - first < most ? total - first : most;
        clw_array *part = NULL;
        status = part_of(array, first, count, &part, error);
        if (status == DONE && clw_array_write(part, zeros, (size_t)count * size, error))
            status = FAILED;
        clw_array_release(part);
    }
    free(zeros);
    return status;
}

int result_new(const struct job *job, int index, clw_array **result, clw_error *error)
{
    const struct elements planned = planned_elements(job->plan, index);
    if (clw_array_empty(job->context, planned.dtype, planned.ndim, planned.shape, result, error))
        return FAILED;
    return job->where ? fill_with_zeros(*result, error) : DONE;
}
