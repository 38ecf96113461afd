/* Version, names, casting and broadcasting: what needs no context. */
#include <string.h>

#include "runtime/plan/geometry.h"
#include "runtime/plan/promote.h"

uint32_t clw_version(void)
{
    return CLW_VERSION_MAJOR << 16 | CLW_VERSION_MINOR << 8 | CLW_VERSION_PATCH;
}

const char *clw_status_name(clw_status status)
{
    static const struct {
        clw_status status;
        const char *name;
    } names[] = {
#define STATUS_ROW(name, code, meaning) {name, #name},
        CLW_STATUS_LIST(STATUS_ROW)
#undef STATUS_ROW
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (names[i].status == status)
            return names[i].name;
    return "unknown status";
}

const char *clw_dtype_name(clw_dtype dtype)
{
    return dtype_is_valid(dtype) ? dtype_table[dtype].name : "?";
}

size_t clw_dtype_size(clw_dtype dtype)
{
    return dtype_is_valid(dtype) ? (size_t)dtype_table[dtype].size : 0;
}

clw_dtype clw_dtype_from_name(const char *name)
{
    int dtype = 0;
    while (dtype < CLW_DTYPE_COUNT && !(name && strcmp(name, dtype_table[dtype].name) == 0))
        dtype++;
    return (clw_dtype)dtype;
}

int clw_can_cast(clw_dtype from, clw_dtype to, clw_casting casting)
{
    return dtype_is_valid(from) && dtype_is_valid(to) && can_cast(from, to, casting);
}

static clw_status broadcast(int n, const int *ndims, const int64_t *const *shapes, int *ndim,
                            int64_t shape[CLW_MAX_NDIM], clw_error *error)
{
    int result_ndim;
    int64_t result[CLW_MAX_NDIM], count;
    for (int i = 0; i < n; i++) {
        const clw_status status = layout_check(ndims[i], shapes[i], 1, &count, error);
        if (status)
            return status;
    }
    const clw_status status = broadcast_shapes(n, ndims, shapes, &result_ndim, result, error);
    if (status)
        return status;
    *ndim = result_ndim;
    memcpy(shape, result, sizeof *shape * (size_t)result_ndim);
    return CLW_OK;
}

clw_status clw_broadcast_shapes(int n, const int *ndims, const int64_t *const *shapes, int *ndim,
                                int64_t shape[CLW_MAX_NDIM], clw_error *error)
{
    const char *null = n > 0 && !ndims ? "ndims" : n > 0 && !shapes ? "shapes" : NULL;
    if (!ndim || !shape)
        null = ndim ? "shape" : "ndim";
    const clw_status status = n < 0  ? fail(error, CLW_ERROR_ARGUMENT, "n is %d", n)
                              : null ? fail(error, CLW_ERROR_ARGUMENT, "%s is NULL", null)
                                     : broadcast(n, ndims, shapes, ndim, shape, error);
    if (status)
        error_prefix(error, "clw_broadcast_shapes");
    return status;
}
