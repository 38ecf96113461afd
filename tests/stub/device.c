/* The platform and the device, and what they say of themselves. */
#include <string.h>

#include "tests/stub/object.h"
#include "tests/stub/table.h"

struct _cl_platform_id stub_platform = {&stub_dispatch};
struct _cl_device_id stub_device_id = {&stub_dispatch};

cl_int give_info(const void *from, size_t size, size_t room, void *to, size_t *needed)
{
    if (needed)
        *needed = size;
    if (!to)
        return CL_SUCCESS;
    if (room < size)
        return CL_INVALID_VALUE;
    memcpy(to, from, size);
    return CL_SUCCESS;
}

static cl_int give_text(const char *text, size_t room, void *to, size_t *needed)
{
    return give_info(text, strlen(text) + 1, room, to, needed);
}

/* ---- platform ---- */

cl_int stub_clIcdGetPlatformIDsKHR(cl_uint room, cl_platform_id *platforms, cl_uint *count)
{
    if (count)
        *count = 1;
    if (platforms && room > 0)
        platforms[0] = &stub_platform;
    return CL_SUCCESS;
}

static const struct text_row {
    cl_uint what;
    const char *text;
} platform_texts[] = {
    {CL_PLATFORM_PROFILE, "FULL_PROFILE"},
    {CL_PLATFORM_VERSION, "OpenCL 3.0 stub"},
    {CL_PLATFORM_NAME, "stub"},
    {CL_PLATFORM_VENDOR, "clwise"},
    {CL_PLATFORM_EXTENSIONS, "cl_khr_icd"},
    {CL_PLATFORM_ICD_SUFFIX_KHR, "STUB"},
};

/* The loader asks before a test has said what fails. */
cl_int stub_clGetPlatformInfo(cl_platform_id platform, cl_platform_info what, size_t room, void *to,
                              size_t *needed)
{
    (void)platform;
    const cl_int code = fault_now("clGetPlatformInfo");
    if (code)
        return code;
    for (size_t i = 0; i < sizeof platform_texts / sizeof *platform_texts; i++)
        if (platform_texts[i].what == what)
            return give_text(platform_texts[i].text, room, to, needed);
    return CL_INVALID_VALUE;
}

cl_int stub_clGetDeviceIDs(cl_platform_id platform, cl_device_type type, cl_uint room,
                           cl_device_id *devices, cl_uint *count)
{
    (void)platform, (void)type;
    const cl_int code = fault_now("clGetDeviceIDs");
    if (code)
        return code;
    if (count)
        *count = 1;
    if (devices && room > 0)
        devices[0] = &stub_device_id;
    return CL_SUCCESS;
}

/* ---- device ---- */

static const char *or_else(const char *text, const char *usual)
{
    return text ? text : usual;
}

static const char *device_text(cl_device_info what)
{
    const struct stub_device *device = device_pretended();
    switch (what) {
    case CL_DEVICE_NAME:
        return or_else(device->name, "stub device");
    case CL_DEVICE_VENDOR:
        return "clwise";
    case CL_DRIVER_VERSION:
        return "1";
    case CL_DEVICE_VERSION:
        return or_else(device->version, "OpenCL 3.0 stub");
    case CL_DEVICE_OPENCL_C_VERSION:
        return or_else(device->c_version, "OpenCL C 1.2 stub");
    case CL_DEVICE_EXTENSIONS:
        return or_else(device->extensions, "cl_khr_fp64 cl_khr_fp16");
    case CL_DEVICE_PROFILE:
        return "FULL_PROFILE";
    default:
        return NULL;
    }
}

enum { UNITS = 2, ADDRESS_BITS = 64, CACHE_BYTES = 1 << 20, PARAMETER_BYTES = 4096, ITEMS = 4096 };

static const struct number_row {
    cl_device_info what;
    size_t size;
    cl_ulong value;
} numbers[] = {
    {CL_DEVICE_MAX_COMPUTE_UNITS, sizeof(cl_uint), UNITS},
    {CL_DEVICE_ADDRESS_BITS, sizeof(cl_uint), ADDRESS_BITS},
    {CL_DEVICE_AVAILABLE, sizeof(cl_bool), CL_TRUE},
    {CL_DEVICE_GLOBAL_MEM_SIZE, sizeof(cl_ulong), 1ULL << 34},
    {CL_DEVICE_GLOBAL_MEM_CACHE_SIZE, sizeof(cl_ulong), CACHE_BYTES},
    {CL_DEVICE_MAX_PARAMETER_SIZE, sizeof(size_t), PARAMETER_BYTES},
    {CL_DEVICE_MAX_WORK_GROUP_SIZE, sizeof(size_t), ITEMS},
    {CL_DEVICE_LOCAL_MEM_TYPE, sizeof(cl_uint), CL_GLOBAL},
    {CL_DEVICE_LOCAL_MEM_SIZE, sizeof(cl_ulong), 1 << 15},
    {CL_DEVICE_SINGLE_FP_CONFIG, sizeof(cl_device_fp_config),
     CL_FP_DENORM | CL_FP_INF_NAN | CL_FP_ROUND_TO_NEAREST | CL_FP_CORRECTLY_ROUNDED_DIVIDE_SQRT},
    {CL_DEVICE_HOST_UNIFIED_MEMORY, sizeof(cl_bool), CL_TRUE},
    {CL_DEVICE_MEM_BASE_ADDR_ALIGN, sizeof(cl_uint), 1024},
};

/* Numbers that a test may choose. */
static int chosen_number(cl_device_info what, struct number_row *row)
{
    const struct stub_device *device = device_pretended();
    const cl_ulong largest = device->largest_buffer ? device->largest_buffer : 1ULL << 32;
    const struct number_row rows[] = {
        {CL_DEVICE_TYPE, sizeof(cl_device_type), device->type ? device->type : CL_DEVICE_TYPE_CPU},
        {CL_DEVICE_MAX_MEM_ALLOC_SIZE, sizeof(cl_ulong), largest},
        {CL_DEVICE_COMPILER_AVAILABLE, sizeof(cl_bool), !device->lacks_compiler},
        {CL_DEVICE_DOUBLE_FP_CONFIG, sizeof(cl_device_fp_config),
         device->lacks_fp64 ? 0 : CL_FP_DENORM | CL_FP_FMA},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (rows[i].what == what) {
            *row = rows[i];
            return 1;
        }
    return 0;
}

cl_int stub_clGetDeviceInfo(cl_device_id id, cl_device_info what, size_t room, void *to,
                            size_t *needed)
{
    (void)id;
    const cl_int code = fault_now("clGetDeviceInfo");
    if (code)
        return code;
    const char *text = device_text(what);
    struct number_row row = {0};
    static const size_t sizes[] = {ITEMS, ITEMS, ITEMS};
    const cl_platform_id platform = &stub_platform;
    if (text)
        return give_text(text, room, to, needed);
    if (what == CL_DEVICE_PLATFORM)
        return give_info(&platform, sizeof platform, room, to, needed);
    if (what == CL_DEVICE_MAX_WORK_ITEM_SIZES)
        return give_info(sizes, sizeof sizes, room, to, needed);
    for (size_t i = 0; !row.size && i < sizeof numbers / sizeof *numbers; i++)
        if (numbers[i].what == what)
            row = numbers[i];
    if (!row.size && !chosen_number(what, &row))
        return CL_INVALID_VALUE;
    return give_info(&row.value, row.size, room, to, needed); /* little-endian */
}
