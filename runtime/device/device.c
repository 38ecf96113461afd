#include "runtime/device/device.h"

#include <inttypes.h>
#include <string.h>
#include <unistd.h>

#include "runtime/base/memory.h"
#include "runtime/device/discover.h"
#include "runtime/device/skeleton.h"
#include "runtime/device/work.h"

enum { LEAST_PARAMETER_BYTES = 1024 };

/* ---- what planning and building must know ---- */

/* What devices do not report about themselves. */
static const struct quirk {
    const char *platform;
    enum skeleton skeleton; /* of CPUs: over what its compiler vectorises */
    enum hiding hiding;     /* as in struct target */
    int ends_early; /* clFinish and blocking copies do not wait for what clFlush has sent off */
} quirks[] = {
    {"rusticl", SKELETON_GRID, HIDE_VALUES, 1},
    {"Intel(R) OpenCL", SKELETON_ITEMS, HIDE_LITERALS, 0},
};

static const struct quirk *quirk_of(const clw_device_info *info)
{
    static const struct quirk none = {NULL, SKELETON_RUNS, HIDE_NOTHING, 0};
    for (size_t i = 0; i < sizeof quirks / sizeof *quirks; i++)
        if (strcmp(info->platform_name, quirks[i].platform) == 0)
            return &quirks[i];
    return &none;
}

static clw_status set_target(struct device *device, clw_error *error)
{
    const struct quirk *quirk = quirk_of(&device->info);
    size_t parameters = 0;
    clGetDeviceInfo(device->tiers[TIER_LARGE].id, CL_DEVICE_MAX_PARAMETER_SIZE, sizeof parameters,
                    &parameters, NULL);
    device->target = (struct target){
        .fp64 = device->info.fp64,
        .max_parameters = parameters > LEAST_PARAMETER_BYTES && parameters < 4096
                              ? (int)parameters
                              : LEAST_PARAMETER_BYTES,
        .skeleton = quirk->skeleton,
        .hiding = quirk->hiding,
        .name = device->info.device_name,
    };
    device->ends_early = quirk->ends_early;
    /* -w: PoCL counts warnings on stderr. */
    device->options = device->info.rounded_divide
                          ? "-cl-std=CL1.2 -w -cl-fp32-correctly-rounded-divide-sqrt"
                          : "-cl-std=CL1.2 -w";
    return skeleton_set(device->tiers[TIER_LARGE].id, device->info.is_cpu, &device->target, error);
}

static clw_status set_tier(struct device *device, enum tier_name name, const clw_device_info *info,
                           clw_error *error)
{
    struct tier *tier = &device->tiers[name];
    struct text text;
    text_init(&text, device->allocator);
    text_addf(&text,
              "clwise %d.%d.%d\nplatform %s\nplatform version %s\ndevice %s\nvendor %s\n"
              "driver %s\nOpenCL C %s\naddress bits %d\n",
              CLW_VERSION_MAJOR, CLW_VERSION_MINOR, CLW_VERSION_PATCH, info->platform_name,
              info->platform_version, info->device_name, info->vendor, info->driver, info->opencl_c,
              info->address_bits);
    tier->units = info->compute_units;
    tier->identity = text_take(&text);
    return tier->identity ? CLW_OK : fail_memory(error);
}

static clw_status set_tiers(struct device *device, clw_error *error)
{
    clw_status status = set_tier(device, TIER_LARGE, &device->info, error);
    if (status || !device->tiers[TIER_SMALL].id)
        return status;
    cl_platform_id platform = NULL;
    clw_device_info info;
    clGetDeviceInfo(device->tiers[TIER_SMALL].id, CL_DEVICE_PLATFORM, sizeof platform, &platform,
                    NULL);
    describe_device(platform, device->tiers[TIER_SMALL].id, &info);
    return set_tier(device, TIER_SMALL, &info, error);
}

static clw_status begin(struct device *device, const clw_allocator *allocator,
                        const struct log *log, clw_error *error)
{
    *device = (struct device){.allocator = allocator, .log = log};
    process_remember(&device->process);
    device->target = (struct target){.fp64 = 1,
                                     .max_parameters = LEAST_PARAMETER_BYTES,
                                     .skeleton = SKELETON_RUNS,
                                     .name = "none"};
    if (pthread_mutex_init(&device->probe_lock, NULL)) {
        process_forget(&device->process);
        return fail_memory(error);
    }
    if (pool_init(&device->pool))
        return CLW_OK;
    pthread_mutex_destroy(&device->probe_lock);
    process_forget(&device->process);
    return fail_memory(error);
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
        const cl_device_id ids[TIERS] = {found[index].device, found[index].small};
        for (int i = 0; i < TIERS; i++)
            device->tiers[i].id = ids[i];
        device->info = found[index].info;
        cl_int code;
        device->context = clCreateContext(NULL, ids[TIER_SMALL] ? 2 : 1, ids, NULL, NULL, &code);
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
    if (!status && chosen && strcmp(chosen, "none") == 0) {
        status = skeleton_set(NULL, 1, &device->target, error);
        if (status)
            device_finish(device);
        return status;
    }
    if (status)
        return status;
    status = check_fork(error);
    if (!status)
        status = open_device(device, selection, error);
    if (!status) {
        cl_int code;
        device->queue =
            clCreateCommandQueue(device->context, device->tiers[TIER_LARGE].id, 0, &code);
        if (!device->queue)
            status = fail_cl(error, code, "clCreateCommandQueue");
    }
    if (!status) {
        status = set_target(device, error);
    }
    if (!status)
        status = set_tiers(device, error);
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
        device->tiers[TIER_LARGE].id = id;
        atomic_store(&device->lent, 1);
        describe_device(platform, id, &device->info);
        status = set_target(device, error);
    }
    if (!status)
        status = set_tiers(device, error);
    if (status)
        device_finish(device);
    return status;
}

void device_finish(struct device *device)
{
    if (process_is_same(&device->process)) {
        if (device->queue) {
            device_wait(device, NULL);
            work_close(device);
            clReleaseCommandQueue(device->queue);
        }
        if (device->context)
            clReleaseContext(device->context);
    }
    for (int i = 0; i < TIERS; i++)
        memory_free(device->allocator, device->tiers[i].identity);
    pool_finish(&device->pool);
    pthread_mutex_destroy(&device->probe_lock);
    process_forget(&device->process);
}

clw_status device_check_process(const struct device *device, clw_error *error)
{
    if (process_is_same(&device->process))
        return CLW_OK;
    return fail(error, CLW_ERROR_FORKED,
                "the context was made by process %d before fork; process %d must make its own",
                (int)device->process.id, (int)getpid());
}

clw_status device_check(const struct device *device, clw_error *error)
{
    const clw_status status = device_check_process(device, error);
    if (!status && !device->context)
        return fail(error, CLW_ERROR_NO_DEVICE, "the context has device \"none\": it only plans");
    return status;
}

struct target device_target(const struct device *device)
{
    struct target target = device->target;
    const int64_t streamed = profile_get(&device->profile, PROFILE_STREAMED);
    target.streamed = streamed == PROFILE_NEVER ? 0 : streamed;
    target.tile = (int)profile_get(&device->profile, PROFILE_TILE);
    return target;
}

clw_status device_wait(struct device *device, clw_error *error)
{
    const cl_int code = work_is_done(device) ? CL_SUCCESS : work_finish(device);
    return code ? fail_cl(error, code, "clFinish") : CLW_OK;
}
