/* Whether the device works on the host's memory itself. */
#include <string.h>

#include "runtime/base/memory.h"
#include "runtime/device/work.h"

enum { PROBE_BYTES = 256, PAGE = 4096 };

/* Writes through a buffer over this memory and looks whether it has changed. */
static enum sharing write_and_look(struct device *device, unsigned char *memory)
{
    static const unsigned char mark[8] = {1, 2, 3, 4, 5, 6, 7, 8};
    cl_int code;
    struct buffer buffer = {.device = device};
    buffer.memory = clCreateBuffer(device->context, CL_MEM_READ_WRITE | CL_MEM_USE_HOST_PTR,
                                   PROBE_BYTES, memory, &code);
    if (!buffer.memory)
        return SHARING_NO;
    const int arrived = !buffer_write(&buffer, 16, mark, sizeof mark, NULL) &&
                        !work_finish(device) && memcmp(memory + 16, mark, sizeof mark) == 0;
    clReleaseMemObject(buffer.memory);
    device_wait(device, NULL);
    return arrived ? SHARING_YES : SHARING_NO;
}

static clw_status probe(struct device *device, size_t misalignment, enum sharing *sharing,
                        clw_error *error)
{
    unsigned char *pages = memory_new(device->allocator, 3, PAGE);
    if (!pages)
        return fail_memory(error);
    *sharing = write_and_look(device, pages + (PAGE - (uintptr_t)pages % PAGE) + misalignment);
    memory_free(device->allocator, pages);
    return CLW_OK;
}

clw_status device_shares_memory(struct device *device, const void *address, int *shared,
                                clw_error *error)
{
    *shared = 0;
    if (!device->info.is_cpu)
        return CLW_OK;
    const int is_page = (uintptr_t)address % PAGE == 0;
    enum sharing *sharing = &device->sharing[is_page];
    clw_status status = CLW_OK;
    pthread_mutex_lock(&device->probe_lock);
    if (*sharing == SHARING_UNKNOWN)
        status = probe(device, is_page ? 0 : 4, sharing, error);
    *shared = *sharing == SHARING_YES;
    pthread_mutex_unlock(&device->probe_lock);
    return status;
}
