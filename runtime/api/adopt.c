/* clwise_cl.h: OpenCL objects of the caller's, and ours for the caller. */
#include <clwise/clwise_cl.h>

#include "runtime/api/objects.h"
#include "runtime/base/memory.h"

clw_status clw_context_adopt_cl(const clw_config *config, cl_context cl, cl_device_id device,
                                cl_command_queue queue, clw_context **out, clw_error *error)
{
    if (!cl || !device || !queue || !out)
        return fail(error, CLW_ERROR_ARGUMENT, "clw_context_adopt_cl: %s is NULL",
                    !cl       ? "cl"
                    : !device ? "device"
                    : !queue  ? "queue"
                              : "out");
    return api_status("clw_context_adopt_cl", context_adopt(config, cl, device, queue, out, error),
                      error);
}

clw_status clw_array_adopt_cl(clw_context *context, clw_dtype dtype, int ndim, const int64_t *shape,
                              const int64_t *strides, int64_t offset, cl_mem memory,
                              clw_array **out, clw_error *error)
{
    struct buffer *buffer;
    clw_array *whole = NULL;
    if (!context || !memory || !out)
        return fail(error, CLW_ERROR_ARGUMENT, "clw_array_adopt_cl: %s is NULL",
                    !context  ? "context"
                    : !memory ? "buffer"
                              : "out");
    if (!dtype_is_valid(dtype))
        return fail(error, CLW_ERROR_ARGUMENT, "clw_array_adopt_cl: %d is no dtype", (int)dtype);
    clw_status status = device_check(&context->device, error);
    if (!status)
        status = buffer_adopt(&context->device, memory, &buffer, error);
    if (!status)
        status = array_over(context, dtype, buffer, &whole, error);
    if (!status)
        status = array_view(whole, ndim, shape, strides, offset, out, error);
    clw_array_release(whole);
    return api_status("clw_array_adopt_cl", status, error);
}

cl_context clw_context_cl(clw_context *context)
{
    return context ? context->device.context : NULL;
}

cl_device_id clw_context_cl_device(clw_context *context)
{
    return context ? context->device.tiers[TIER_LARGE].id : NULL;
}

cl_command_queue clw_context_cl_queue(clw_context *context)
{
    if (!context)
        return NULL;
    atomic_store(&context->device.lent, 1);
    return context->device.queue;
}

cl_mem clw_array_cl(const clw_array *array, int64_t *offset)
{
    if (offset)
        *offset = array ? array->offset : 0;
    if (!array || layout_is_empty(&array->layout))
        return NULL;
    atomic_store(&array->buffer->lent, 1);
    return array->buffer->memory;
}
