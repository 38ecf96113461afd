#include "runtime/device/device.h"

#include <inttypes.h>
#include <string.h>
#include <unistd.h>

#include "runtime/base/memory.h"
#include "runtime/device/discover.h"

enum { LEAST_PARAMETER_BYTES = 1024 };

/* ---- what planning and building must know ---- */

/* What devices do not report about themselves. */
static const struct quirk {
    const char *platform;
    enum skeleton skeleton; /* of CPUs: over what its compiler vectorises */
    int ends_early; /* clFinish and blocking copies do not wait for what clFlush has sent off */
} quirks[] = {
    {"rusticl", SKELETON_GRID, 1},
    {"Intel(R) OpenCL", SKELETON_ITEMS, 0},
};

static const struct quirk *quirk_of(const clw_device_info *info)
{
    static const struct quirk none = {NULL, SKELETON_RUNS, 0};
    for (size_t i = 0; i < sizeof quirks / sizeof *quirks; i++)
        if (strcmp(info->platform_name, quirks[i].platform) == 0)
            return &quirks[i];
    return &none;
}

static void set_target(struct device *device)
{
    const struct quirk *quirk = quirk_of(&device->info);
    size_t parameters = 0;
    clGetDeviceInfo(device->id, CL_DEVICE_MAX_PARAMETER_SIZE, sizeof parameters, &parameters, NULL);
    device->target = (struct target){
        .fp64 = device->info.fp64,
        .max_parameters = parameters > LEAST_PARAMETER_BYTES && parameters < 4096
                              ? (int)parameters
                              : LEAST_PARAMETER_BYTES,
        .skeleton = device->info.is_cpu ? quirk->skeleton : SKELETON_GRID,
        .name = device->info.device_name,
    };
    device->ends_early = quirk->ends_early;
    /* -w: PoCL counts warnings on stderr. */
    device->options = device->info.rounded_divide
                          ? "-cl-std=CL1.2 -w -cl-fp32-correctly-rounded-divide-sqrt"
                          : "-cl-std=CL1.2 -w";
}

static clw_status set_identity(struct device *device, clw_error *error)
{
    const clw_device_info *info = &device->info;
    struct text text;
    text_init(&text, device->allocator);
    text_addf(&text,
              "clwise %d.%d.%d\nplatform %s\nplatform version %s\ndevice %s\nvendor %s\n"
              "driver %s\nOpenCL C %s\naddress bits %d\n",
              CLW_VERSION_MAJOR, CLW_VERSION_MINOR, CLW_VERSION_PATCH, info->platform_name,
              info->platform_version, info->device_name, info->vendor, info->driver, info->opencl_c,
              info->address_bits);
    device->identity = text_take(&text);
    return device->identity ? CLW_OK : fail_memory(error);
}

static clw_status begin(struct device *device, const clw_allocator *allocator,
                        const struct log *log, clw_error *error)
{
    *device = (struct device){.allocator = allocator, .log = log, .pid = getpid()};
    device->target = (struct target){.fp64 = 1,
                                     .max_parameters = LEAST_PARAMETER_BYTES,
                                     .skeleton = SKELETON_RUNS,
                                     .name = "none"};
    if (pthread_mutex_init(&device->probe_lock, NULL))
        return fail_memory(error);
    return CLW_OK;
}

/* ---- life ---- */

static clw_status open_device(struct device *device, const char *selection, clw_error *error)
{
    struct found_device *found = memory_new(device->allocator, DISCOVER_MAX_DEVICES, sizeof *found);
    if (!found)
        return fail_memory(error);
    int index;
    const int count = discover(selection, found);
    clw_status status = choose_device(selection, found, count, &index, error);
    if (!status) {
        device->id = found[index].device;
        device->info = found[index].info;
        cl_int code;
        device->context = clCreateContext(NULL, 1, &device->id, NULL, NULL, &code);
        if (!device->context)
            status = fail(error, CLW_ERROR_DEVICE,
                          "%s: clCreateContext failed with %s (%d); some drivers need a home "
                          "folder that they can write to",
                          device->info.device_name, cl_error_name(code), (int)code);
    }
    memory_free(device->allocator, found);
    return status;
}

clw_status device_init(struct device *device, const char *selection, const clw_allocator *allocator,
                       const struct log *log, clw_error *error)
{
    clw_status status = begin(device, allocator, log, error);
    const char *chosen = device_selection(selection);
    if (status || (chosen && strcmp(chosen, "none") == 0))
        return status;
    status = check_fork(error);
    if (!status)
        status = open_device(device, selection, error);
    if (!status) {
        cl_int code;
        device->queue = clCreateCommandQueue(device->context, device->id, 0, &code);
        if (!device->queue)
            status = fail_cl(error, code, "clCreateCommandQueue");
    }
    if (!status) {
        set_target(device);
        status = set_identity(device, error);
    }
    if (status)
        device_finish(device);
    return status;
}

static int queue_fits(cl_command_queue queue, cl_context context, cl_device_id id)
{
    cl_context queue_context = NULL;
    cl_device_id queue_device = NULL;
    cl_command_queue_properties properties = 0;
    return !clGetCommandQueueInfo(queue, CL_QUEUE_CONTEXT, sizeof queue_context, &queue_context,
                                  NULL) &&
           !clGetCommandQueueInfo(queue, CL_QUEUE_DEVICE, sizeof queue_device, &queue_device,
                                  NULL) &&
           !clGetCommandQueueInfo(queue, CL_QUEUE_PROPERTIES, sizeof properties, &properties,
                                  NULL) &&
           queue_context == context && queue_device == id &&
           !(properties & CL_QUEUE_OUT_OF_ORDER_EXEC_MODE_ENABLE);
}

clw_status device_adopt(struct device *device, cl_context context, cl_device_id id,
                        cl_command_queue queue, const clw_allocator *allocator,
                        const struct log *log, clw_error *error)
{
    clw_status status = begin(device, allocator, log, error);
    if (status)
        return status;
    cl_platform_id platform = NULL;
    if (!queue_fits(queue, context, id) ||
        clGetDeviceInfo(id, CL_DEVICE_PLATFORM, sizeof platform, &platform, NULL))
        status = fail(error, CLW_ERROR_ARGUMENT,
                      "the queue must be in order and belong to the context and the device given");
    if (!status) {
        clRetainContext(context);
        clRetainCommandQueue(queue);
        device->context = context;
        device->queue = queue;
        device->id = id;
        describe_device(platform, id, &device->info);
        set_target(device);
        status = set_identity(device, error);
    }
    if (status)
        device_finish(device);
    return status;
}

void device_finish(struct device *device)
{
    if (device->pid == getpid()) {
        if (device->queue) {
            device_wait(device, NULL);
            clReleaseCommandQueue(device->queue);
        }
        if (device->context)
            clReleaseContext(device->context);
    }
    memory_free(device->allocator, device->identity);
    pthread_mutex_destroy(&device->probe_lock);
}

clw_status device_check_process(const struct device *device, clw_error *error)
{
    if (device->pid == getpid())
        return CLW_OK;
    return fail(error, CLW_ERROR_FORKED,
                "the context was made by process %d before fork; process %d must make its own",
                (int)device->pid, (int)getpid());
}

clw_status device_check(const struct device *device, clw_error *error)
{
    const clw_status status = device_check_process(device, error);
    if (!status && !device->context)
        return fail(error, CLW_ERROR_NO_DEVICE, "the context has device \"none\": it only plans");
    return status;
}

cl_int device_wait_for(cl_event event)
{
    const cl_int code = clWaitForEvents(1, &event);
    clReleaseEvent(event);
    return code;
}

clw_status device_wait(struct device *device, clw_error *error)
{
    cl_int code = CL_SUCCESS;
    if (!device->ends_early) {
        code = clFinish(device->queue);
    } else {
        cl_event end;
        code = clEnqueueMarkerWithWaitList(device->queue, 0, NULL, &end);
        if (!code)
            code = device_wait_for(end);
    }
    return code ? fail_cl(error, code, "clFinish") : CLW_OK;
}

/* ---- shared memory ---- */

enum { PROBE_BYTES = 256, PAGE = 4096 };

/* Writes through a buffer over this memory and looks whether it has changed. */
static enum sharing write_and_look(struct device *device, unsigned char *memory)
{
    static const unsigned char mark[8] = {1, 2, 3, 4, 5, 6, 7, 8};
    cl_int code;
    cl_mem buffer = clCreateBuffer(device->context, CL_MEM_READ_WRITE | CL_MEM_USE_HOST_PTR,
                                   PROBE_BYTES, memory, &code);
    if (!buffer)
        return SHARING_NO;
    code =
        clEnqueueWriteBuffer(device->queue, buffer, CL_TRUE, 16, sizeof mark, mark, 0, NULL, NULL);
    const int arrived =
        !code && !device_wait(device, NULL) && memcmp(memory + 16, mark, sizeof mark) == 0;
    clReleaseMemObject(buffer);
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
