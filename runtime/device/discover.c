#include "runtime/device/discover.h"

#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "runtime/device/drivers.h"

enum { MAX_PLATFORMS = 16 };

/* ---- what a device says of itself ---- */

static void device_text(cl_device_id device, cl_device_info what, char *text, size_t bytes)
{
    text[0] = '\0';
    size_t needed = 0;
    if (clGetDeviceInfo(device, what, 0, NULL, &needed) || needed == 0)
        return;
    if (needed <= bytes) {
        if (clGetDeviceInfo(device, what, bytes, text, NULL))
            text[0] = '\0';
    } else {
        snprintf(text, bytes, "(a text of %zu bytes)", needed);
    }
}

static void platform_text(cl_platform_id platform, cl_platform_info what, char *text, size_t bytes)
{
    if (clGetPlatformInfo(platform, what, bytes, text, NULL))
        text[0] = '\0';
}

static uint64_t device_number(cl_device_id device, cl_device_info what)
{
    union {
        cl_ulong wide;
        cl_uint narrow;
    } value = {0};
    size_t size = 0;
    if (clGetDeviceInfo(device, what, sizeof value, &value, &size))
        return 0;
    return size == sizeof value.narrow ? value.narrow : value.wide;
}

static int has_extension(const char *extensions, const char *name)
{
    const size_t length = strlen(name);
    for (const char *at = extensions; (at = strstr(at, name)) != NULL; at += length)
        if ((at == extensions || at[-1] == ' ') && (at[length] == ' ' || at[length] == '\0'))
            return 1;
    return 0;
}

void describe_device(cl_platform_id platform, cl_device_id device, clw_device_info *info)
{
    *info = (clw_device_info){.struct_size = sizeof *info, .tiers = 1};
    platform_text(platform, CL_PLATFORM_NAME, info->platform_name, sizeof info->platform_name);
    platform_text(platform, CL_PLATFORM_VERSION, info->platform_version,
                  sizeof info->platform_version);
    device_text(device, CL_DEVICE_NAME, info->device_name, sizeof info->device_name);
    device_text(device, CL_DEVICE_VENDOR, info->vendor, sizeof info->vendor);
    device_text(device, CL_DRIVER_VERSION, info->driver, sizeof info->driver);
    device_text(device, CL_DEVICE_OPENCL_C_VERSION, info->opencl_c, sizeof info->opencl_c);
    const uint64_t type = device_number(device, CL_DEVICE_TYPE);
    const uint64_t single = device_number(device, CL_DEVICE_SINGLE_FP_CONFIG);
    info->is_cpu = (type & CL_DEVICE_TYPE_CPU) != 0;
    info->is_gpu = (type & CL_DEVICE_TYPE_GPU) != 0;
    info->subnormals = (single & CL_FP_DENORM) != 0;
    info->rounded_divide = (single & CL_FP_CORRECTLY_ROUNDED_DIVIDE_SQRT) != 0;
    info->fp64 = device_number(device, CL_DEVICE_DOUBLE_FP_CONFIG) != 0;
    char extensions[8192];
    device_text(device, CL_DEVICE_EXTENSIONS, extensions, sizeof extensions);
    info->fp16 = has_extension(extensions, "cl_khr_fp16");
    const int units = (int)device_number(device, CL_DEVICE_MAX_COMPUTE_UNITS);
    info->compute_units = units > 0 ? units : 1; /* work is shared between that many */
    info->address_bits = (int)device_number(device, CL_DEVICE_ADDRESS_BITS);
    info->global_memory = device_number(device, CL_DEVICE_GLOBAL_MEM_SIZE);
    info->largest_buffer = device_number(device, CL_DEVICE_MAX_MEM_ALLOC_SIZE);
}

/* ---- all of them ---- */

/* Gives devices their drivers for small work, and with `hide` takes those away from the list. */
static int join_twins(struct found_device *found, int count, int hide)
{
    int kept = 0;
    for (int i = 0; i < count; i++) {
        int is_small = 0;
        for (int k = 0; k < count; k++)
            if (drivers_are_twins(found[k].info.device_name, found[i].info.device_name)) {
                found[k].small = found[i].device;
                found[k].info.tiers = 2;
                is_small = 1;
            }
        if (!is_small || !hide)
            found[kept++] = found[i];
    }
    return kept;
}

static int discover_platform(cl_platform_id platform, int index, int hide,
                             struct found_device *found, int room)
{
    cl_device_id devices[DISCOVER_MAX_DEVICES];
    cl_uint count = 0;
    if (room <= 0 || clGetDeviceIDs(platform, CL_DEVICE_TYPE_ALL, (cl_uint)room, devices, &count))
        return 0;
    const int taken = count > (cl_uint)room ? room : (int)count;
    for (int i = 0; i < taken; i++) {
        found[i] = (struct found_device){.platform = platform, .device = devices[i]};
        describe_device(platform, devices[i], &found[i].info);
    }
    const int kept = join_twins(found, taken, hide);
    for (int i = 0; i < kept; i++) {
        found[i].info.platform = index;
        found[i].info.device = i;
    }
    return kept;
}

/* ---- which one is meant ---- */

static int contains(const char *words, const char *part)
{
    const size_t length = strlen(part);
    for (; *words; words++)
        if (strncasecmp(words, part, length) == 0)
            return 1;
    return 0;
}

static int is_index_pair(const char *selection, int *platform, int *device)
{
    int end = 0;
    return sscanf(selection, "%9d:%9d%n", platform, device, &end) == 2 && selection[end] == '\0';
}

static int matches(const char *selection, const clw_device_info *info)
{
    int platform, device;
    if (strcasecmp(selection, "gpu") == 0)
        return info->is_gpu;
    if (strcasecmp(selection, "cpu") == 0)
        return info->is_cpu;
    if (is_index_pair(selection, &platform, &device))
        return info->platform == platform && info->device == device;
    return contains(info->platform_name, selection) || contains(info->device_name, selection);
}

/* GPUs before others; then what has double precision and keeps subnormals; then the larger. */
static int score(const clw_device_info *info)
{
    const int units = info->compute_units < 1000 ? info->compute_units : 1000;
    return 8000 * info->is_gpu + 4000 * info->fp64 + 2000 * info->subnormals + units;
}

const char *device_selection(const char *selection)
{
    if (!selection)
        selection = secure_getenv("CLWISE_DEVICE");
    return selection && *selection ? selection : NULL;
}

static void mark_chosen(const char *selection, struct found_device *found, int count)
{
    int best = -1;
    for (int i = 0; i < count; i++) {
        clw_device_info *info = &found[i].info;
        if (selection && !matches(selection, info))
            snprintf(info->reason, sizeof info->reason, "does not match \"%.80s\"", selection);
        else if (best < 0 || score(info) > score(&found[best].info))
            best = i;
    }
    for (int i = 0; i < count; i++) {
        clw_device_info *info = &found[i].info;
        info->chosen = i == best;
        if (info->chosen && selection)
            snprintf(info->reason, sizeof info->reason, "the best that matches \"%.80s\"",
                     selection);
        else if (info->chosen)
            snprintf(info->reason, sizeof info->reason, "%s, %s, %d compute units",
                     info->is_gpu ? "a GPU" : "no GPU is there",
                     info->fp64 ? "has double precision" : "no double precision",
                     info->compute_units);
        else if (!info->reason[0])
            snprintf(info->reason, sizeof info->reason, "%d:%d ranks higher",
                     found[best].info.platform, found[best].info.device);
    }
}

/* The process that has asked drivers for platforms, which start threads of their own. */
static atomic_int driver_process;

clw_status check_fork(clw_error *error)
{
    const int process = atomic_load(&driver_process), self = (int)getpid();
    if (process == 0 || process == self)
        return CLW_OK;
    return fail(
        error, CLW_ERROR_FORKED,
        "process %d used OpenCL before it forked process %d, where drivers do not work: fork "
        "first, or call exec",
        process, self);
}

int discover(const char *selection, struct found_device found[DISCOVER_MAX_DEVICES])
{
    cl_platform_id platforms[MAX_PLATFORMS];
    cl_uint platform_count = 0;
    int count = 0, none = 0;
    atomic_compare_exchange_strong(&driver_process, &none, (int)getpid());
    const int hide = drivers_are_hidden(), asked = drivers_ask_for_both();
    if (clGetPlatformIDs(MAX_PLATFORMS, platforms, &platform_count))
        platform_count = 0;
    for (cl_uint i = 0; i < platform_count && i < MAX_PLATFORMS; i++)
        count += discover_platform(platforms[i], (int)i, hide, found + count,
                                   DISCOVER_MAX_DEVICES - count);
    drivers_restore(asked);
    mark_chosen(device_selection(selection), found, count);
    return count;
}

static clw_status fail_no_device(clw_error *error)
{
    cl_platform_id platforms[MAX_PLATFORMS];
    cl_uint count = 0;
    char names[700];
    size_t at = 0;
    if (clGetPlatformIDs(MAX_PLATFORMS, platforms, &count) || count == 0)
        return fail(
            error, CLW_ERROR_NO_DEVICE,
            "no OpenCL device: no platform is installed (on Debian pocl-opencl-icd makes one "
            "of the CPU)");
    for (cl_uint i = 0; i < count && i < MAX_PLATFORMS && at < sizeof names; i++) {
        char name[128];
        platform_text(platforms[i], CL_PLATFORM_NAME, name, sizeof name);
        at += (size_t)snprintf(names + at, sizeof names - at, "%s%s", i ? ", " : "", name);
    }
    return fail(error, CLW_ERROR_NO_DEVICE,
                "no OpenCL device: there are platforms (%s), and none has one; some drivers need a "
                "home folder that they can write to",
                names);
}

clw_status choose_device(const char *selection, const struct found_device *found, int count,
                         int *index, clw_error *error)
{
    for (*index = 0; *index < count; ++*index)
        if (found[*index].info.chosen)
            return CLW_OK;
    *index = -1;
    if (count == 0)
        return fail_no_device(error);
    char names[700];
    size_t at = 0;
    for (int i = 0; i < count && at < sizeof names; i++)
        at += (size_t)snprintf(names + at, sizeof names - at, "%s%d:%d %s (%s)", i ? ", " : "",
                               found[i].info.platform, found[i].info.device,
                               found[i].info.device_name, found[i].info.platform_name);
    return fail(error, CLW_ERROR_NOT_FOUND, "no OpenCL device matches \"%.80s\"; there are: %s",
                device_selection(selection), names);
}
