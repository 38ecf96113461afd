#include <inttypes.h>
#include <string.h>

#include "runtime/api/objects.h"
#include "runtime/base/memory.h"

/* ---- headers ---- */

static clw_status check_array(clw_context *context, clw_dtype dtype, int ndim, const int64_t *shape,
                              clw_array *const *out, int64_t *count, clw_error *error)
{
    if (!context || !out)
        return fail(error, CLW_ERROR_ARGUMENT, "%s is NULL", context ? "out" : "context");
    if (!dtype_is_valid(dtype))
        return fail(error, CLW_ERROR_ARGUMENT, "%d is no dtype", (int)dtype);
    const clw_status status = device_check_process(&context->device, error);
    return status ? status
                  : layout_check(ndim, shape, (size_t)dtype_table[dtype].size, count, error);
}

static void set_layout(struct layout *layout, clw_dtype dtype, int ndim, const int64_t *shape,
                       const int64_t *strides)
{
    layout->ndim = ndim;
    for (int d = 0; d < ndim; d++)
        layout->shape[d] = shape[d];
    if (!strides)
        layout_c_order(layout, (size_t)dtype_table[dtype].size);
    for (int d = 0; strides && d < ndim; d++)
        layout->strides[d] = strides[d];
}

/* Takes the buffer, also on failure. */
static clw_status new_header(clw_context *context, clw_dtype dtype, const struct layout *layout,
                             struct buffer *buffer, int64_t offset, clw_array **out,
                             clw_error *error)
{
    clw_array *array = memory_new(context->allocator, 1, sizeof *array);
    if (!array) {
        buffer_release(buffer);
        return fail_memory(error);
    }
    atomic_init(&array->references, 1);
    array->context = clw_context_retain(context);
    array->buffer = buffer;
    array->dtype = dtype;
    array->offset = offset;
    array->layout.ndim = layout->ndim;
    for (int d = 0; d < layout->ndim; d++) {
        array->layout.shape[d] = layout->shape[d];
        array->layout.strides[d] = layout->strides[d];
    }
    *out = array;
    return CLW_OK;
}

/* Every element must lie in `bytes` bytes, element 0 at `offset`. */
static clw_status check_bounds(const struct layout *layout, clw_dtype dtype, int64_t offset,
                               size_t bytes, clw_error *error)
{
    int64_t low, high;
    const clw_status status =
        layout_extent(layout, (size_t)dtype_table[dtype].size, &low, &high, error);
    if (status)
        return status;
    if (low == 0 && high == 0)
        return CLW_OK;
    if (offset < 0 ? low < INT64_MIN - offset : high > INT64_MAX - offset)
        return fail(error, CLW_ERROR_OVERFLOW, "offset %" PRId64 " leaves the 64-bit range",
                    offset);
    if (offset + low < 0 || (uint64_t)(offset + high) > bytes || offset + high < 0)
        return fail(error, CLW_ERROR_BOUNDS,
                    "the strides reach bytes %" PRId64 " to %" PRId64 " of memory of %zu bytes",
                    offset + low, offset + high - 1, bytes);
    return CLW_OK;
}

/* ---- making arrays ---- */

clw_status array_new(clw_context *context, clw_dtype dtype, int ndim, const int64_t *shape,
                     clw_array **out, clw_error *error)
{
    struct layout layout;
    struct buffer *buffer;
    size_t bytes = (size_t)dtype_table[dtype].size;
    set_layout(&layout, dtype, ndim, shape, NULL);
    for (int d = 0; d < ndim; d++)
        bytes *= (size_t)shape[d];
    const clw_status status = buffer_new(&context->device, bytes, &buffer, error);
    return status ? status : new_header(context, dtype, &layout, buffer, 0, out, error);
}

clw_status array_header(clw_context *context, clw_dtype dtype, int ndim, const int64_t *shape,
                        clw_array **out, clw_error *error)
{
    struct layout layout;
    struct buffer *buffer;
    set_layout(&layout, dtype, ndim, shape, NULL);
    const clw_status status = buffer_new(&context->device, 0, &buffer, error);
    return status ? status : new_header(context, dtype, &layout, buffer, 0, out, error);
}

clw_status array_over(clw_context *context, clw_dtype dtype, struct buffer *buffer, clw_array **out,
                      clw_error *error)
{
    const struct layout scalar = {.ndim = 0};
    return new_header(context, dtype, &scalar, buffer, 0, out, error);
}

clw_status clw_array_empty(clw_context *context, clw_dtype dtype, int ndim, const int64_t *shape,
                           clw_array **out, clw_error *error)
{
    int64_t count;
    clw_status status = check_array(context, dtype, ndim, shape, out, &count, error);
    if (!status)
        status = array_new(context, dtype, ndim, shape, out, error);
    return api_status("clw_array_empty", status, error);
}

/* Copies elements at any strides to C order. */
static void gather(const struct layout *layout, size_t size, const unsigned char *from,
                   unsigned char *to)
{
    int64_t position[CLW_MAX_NDIM] = {0};
    const int last = layout->ndim - 1;
    for (;;) {
        const unsigned char *element = from;
        for (int64_t i = 0; i < layout->shape[last]; i++, to += size) {
            memcpy(to, element, size);
            element += layout->strides[last];
        }
        int d = last - 1;
        for (; d >= 0; d--) {
            from += layout->strides[d];
            if (++position[d] < layout->shape[d])
                break;
            from -= layout->strides[d] * layout->shape[d];
            position[d] = 0;
        }
        if (d < 0)
            return;
    }
}

/* Writes host elements of the given layout to a fresh array in C order. */
static clw_status fill(clw_array *array, const struct layout *layout, const void *data,
                       size_t bytes, clw_error *error)
{
    const size_t size = (size_t)dtype_table[array->dtype].size;
    if (layout_is_contiguous(layout, size))
        return buffer_write(array->buffer, 0, data, bytes, error);
    unsigned char *gathered = memory_new(array->context->allocator, bytes, 1);
    if (!gathered)
        return fail_memory(error);
    gather(layout, size, data, gathered);
    const clw_status status = buffer_write(array->buffer, 0, gathered, bytes, error);
    memory_free(array->context->allocator, gathered);
    return status;
}

static clw_status from_host(clw_context *context, clw_dtype dtype, int ndim, const int64_t *shape,
                            const int64_t *strides, const void *data, clw_array **out,
                            clw_error *error)
{
    int64_t count, low, high;
    struct layout layout;
    clw_array *array = NULL;
    clw_status status = check_array(context, dtype, ndim, shape, out, &count, error);
    if (status)
        return status;
    if (count && !data)
        return fail(error, CLW_ERROR_ARGUMENT, "data is NULL");
    set_layout(&layout, dtype, ndim, shape, strides);
    const size_t size = (size_t)dtype_table[dtype].size;
    status = layout_extent(&layout, size, &low, &high, error);
    if (!status)
        status = device_check(&context->device, error);
    if (!status)
        status = array_new(context, dtype, ndim, shape, &array, error);
    if (!status && count)
        status = fill(array, &layout, data, (size_t)count * size, error);
    if (status)
        clw_array_release(array);
    else
        *out = array;
    return status;
}

clw_status clw_array_from_host(clw_context *context, clw_dtype dtype, int ndim,
                               const int64_t *shape, const int64_t *strides, const void *data,
                               clw_array **out, clw_error *error)
{
    return api_status("clw_array_from_host",
                      from_host(context, dtype, ndim, shape, strides, data, out, error), error);
}

static clw_status wrap_host(clw_context *context, clw_dtype dtype, int ndim, const int64_t *shape,
                            const int64_t *strides, void *data, size_t bytes, clw_array **out,
                            clw_error *error)
{
    int64_t count;
    struct layout layout;
    struct buffer *buffer;
    clw_status status = check_array(context, dtype, ndim, shape, out, &count, error);
    if (status)
        return status;
    if (bytes && !data)
        return fail(error, CLW_ERROR_ARGUMENT, "data is NULL");
    set_layout(&layout, dtype, ndim, shape, strides);
    status = check_bounds(&layout, dtype, 0, bytes, error);
    if (!status)
        status = device_check(&context->device, error);
    if (status)
        return status;
    status = buffer_wrap(&context->device, data, bytes, &buffer, error);
    return status ? status : new_header(context, dtype, &layout, buffer, 0, out, error);
}

clw_status clw_array_wrap_host(clw_context *context, clw_dtype dtype, int ndim,
                               const int64_t *shape, const int64_t *strides, void *data,
                               size_t bytes, clw_release_fn release, void *arg, clw_array **out,
                               clw_error *error)
{
    const clw_status status =
        wrap_host(context, dtype, ndim, shape, strides, data, bytes, out, error);
    if (!status) { /* from here on the memory is ours to give back */
        (*out)->buffer->release = release;
        (*out)->buffer->release_argument = arg;
    }
    return api_status("clw_array_wrap_host", status, error);
}

clw_status array_view(const clw_array *base, int ndim, const int64_t *shape, const int64_t *strides,
                      int64_t offset, clw_array **out, clw_error *error)
{
    int64_t count;
    struct layout layout;
    clw_status status = check_array(base->context, base->dtype, ndim, shape, out, &count, error);
    if (status)
        return status;
    if (offset > 0 ? base->offset > INT64_MAX - offset : base->offset < INT64_MIN - offset)
        return fail(error, CLW_ERROR_OVERFLOW, "offset %" PRId64 " leaves the 64-bit range",
                    offset);
    set_layout(&layout, base->dtype, ndim, shape, strides);
    status = check_bounds(&layout, base->dtype, base->offset + offset, base->buffer->bytes, error);
    return status ? status
                  : new_header(base->context, base->dtype, &layout, buffer_retain(base->buffer),
                               base->offset + offset, out, error);
}

clw_status array_narrow(const clw_array *base, int ndim, const int64_t *shape, clw_array **out,
                        clw_error *error)
{
    const int missing = base->layout.ndim - ndim;
    struct layout layout = {.ndim = ndim};
    for (int d = 0; d < ndim; d++) {
        layout.shape[d] = shape[d];
        layout.strides[d] = base->layout.strides[missing + d];
    }
    return new_header(base->context, base->dtype, &layout, buffer_retain(base->buffer),
                      base->offset, out, error);
}

clw_status clw_array_view(const clw_array *base, int ndim, const int64_t *shape,
                          const int64_t *strides, int64_t offset, clw_array **out, clw_error *error)
{
    const clw_status status = base ? array_view(base, ndim, shape, strides, offset, out, error)
                                   : fail(error, CLW_ERROR_ARGUMENT, "base is NULL");
    return api_status("clw_array_view", status, error);
}

/* ---- life and facts ---- */

clw_array *clw_array_retain(clw_array *array)
{
    if (array)
        atomic_fetch_add_explicit(&array->references, 1, memory_order_relaxed);
    return array;
}

void clw_array_release(clw_array *array)
{
    if (!array || atomic_fetch_sub_explicit(&array->references, 1, memory_order_acq_rel) != 1)
        return;
    clw_context *context = array->context;
    buffer_release(array->buffer);
    memory_free(context->allocator, array);
    clw_context_release(context);
}

clw_dtype clw_array_dtype(const clw_array *array)
{
    return array ? array->dtype : CLW_DTYPE_COUNT;
}

int clw_array_ndim(const clw_array *array)
{
    return array ? array->layout.ndim : 0;
}

const int64_t *clw_array_shape(const clw_array *array)
{
    return array ? array->layout.shape : NULL;
}

const int64_t *clw_array_strides(const clw_array *array)
{
    return array ? array->layout.strides : NULL;
}

int array_alignment(const clw_array *array)
{
    int alignment = array->buffer->alignment;
    while (alignment > 1 && array->offset % alignment)
        alignment /= 2;
    return alignment;
}
