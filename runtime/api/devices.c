#include <string.h>

#include "runtime/api/objects.h"
#include "runtime/base/memory.h"
#include "runtime/device/discover.h"

/* As much as the caller's struct holds. */
static void copy_info(clw_device_info *to, const clw_device_info *from)
{
    const size_t size = to->struct_size < sizeof *from ? to->struct_size : sizeof *from;
    memcpy(to, from, size);
    to->struct_size = size;
}

clw_status clw_devices(const char *device, clw_device_info *infos, int capacity, int *count,
                       clw_error *error)
{
    if (!count)
        return fail(error, CLW_ERROR_ARGUMENT, "clw_devices: count is NULL");
    if (capacity < 0)
        return fail(error, CLW_ERROR_ARGUMENT, "clw_devices: capacity is %d", capacity);
    if (capacity > 0 && !infos)
        return fail(error, CLW_ERROR_ARGUMENT, "clw_devices: infos is NULL, capacity is %d",
                    capacity);
    for (int i = 0; i < capacity; i++)
        if (infos[i].struct_size < sizeof(size_t))
            return fail(error, CLW_ERROR_ARGUMENT, "clw_devices: infos[%d].struct_size is not set",
                        i);
    struct found_device *found = memory_new(NULL, DISCOVER_MAX_DEVICES, sizeof *found);
    if (!found)
        return fail_memory(error);
    *count = discover(device, found);
    for (int i = 0; i < *count && i < capacity; i++)
        copy_info(&infos[i], &found[i].info);
    memory_free(NULL, found);
    return CLW_OK;
}

clw_status clw_context_device(clw_context *context, clw_device_info *info, clw_error *error)
{
    if (!context || !info || info->struct_size < sizeof(size_t))
        return fail(error, CLW_ERROR_ARGUMENT, "clw_context_device: %s",
                    !context ? "context is NULL"
                    : !info  ? "info is NULL"
                             : "info.struct_size is not set");
    const clw_status status = device_check(&context->device, error);
    if (!status)
        copy_info(info, &context->device.info);
    return status;
}
