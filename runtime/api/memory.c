/* The device memory of a context. */
#include <string.h>

#include "runtime/api/objects.h"

clw_status clw_context_memory(clw_context *context, clw_memory_stats *stats, clw_error *error)
{
    if (!context || !stats || stats->struct_size < sizeof stats->struct_size)
        return fail(error, CLW_ERROR_ARGUMENT, "clw_context_memory: %s",
                    !context ? "context is NULL"
                    : !stats ? "stats is NULL"
                             : "stats.struct_size is not set");
    const clw_status status = device_check_process(&context->device, error);
    if (status)
        return api_status("clw_context_memory", status, error);
    clw_memory_stats full;
    pool_count(&context->device.pool, &full);
    const size_t size = full.struct_size = stats->struct_size;
    memcpy(stats, &full, size < sizeof full ? size : sizeof full);
    return CLW_OK;
}

clw_status clw_context_trim(clw_context *context, uint64_t keep, clw_error *error)
{
    if (!context)
        return fail(error, CLW_ERROR_ARGUMENT, "clw_context_trim: context is NULL");
    const clw_status status = device_check_process(&context->device, error);
    if (!status)
        buffers_trim(&context->device, keep);
    return api_status("clw_context_trim", status, error);
}
