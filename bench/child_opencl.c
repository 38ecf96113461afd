/* The first launch of a process in raw OpenCL, from a binary that another process fetched after its
 * own first launch, when it holds the specialised code. */
#include "bench/child.h"
#include "bench/folder.h"

#include <stdio.h>
#include <stdlib.h>

struct opencl {
    cl_device_id device;
    cl_context context;
    cl_command_queue queue;
    cl_program program;
};

enum { MAX_DEVICES = 32 };

static bool open_device(const char *name, struct opencl *opencl)
{
    cl_platform_id platforms[MAX_DEVICES];
    cl_device_id devices[MAX_DEVICES];
    cl_uint platform_count = 0, device_count = 0;
    char *end;
    const unsigned long platform = strtoul(name, &end, 10);
    const unsigned long device = *end == ':' ? strtoul(end + 1, NULL, 10) : 0;
    if (clGetPlatformIDs(MAX_DEVICES, platforms, &platform_count) || platform >= platform_count ||
        clGetDeviceIDs(platforms[platform], CL_DEVICE_TYPE_ALL, MAX_DEVICES, devices,
                       &device_count) ||
        device >= device_count)
        return false;
    opencl->device = devices[device];
    opencl->context = clCreateContext(NULL, 1, &opencl->device, NULL, NULL, NULL);
    if (opencl->context)
        opencl->queue = clCreateCommandQueue(opencl->context, opencl->device, 0, NULL);
    return opencl->queue != NULL;
}

/* From a program to a result in host memory. */
static bool launch(const struct opencl *opencl)
{
    const struct work *work = child_work();
    static float a[4096], b[4096], y[4096];
    const cl_mem_flags copy = CL_MEM_COPY_HOST_PTR;
    const cl_mem buffers[3] = {clCreateBuffer(opencl->context, copy, sizeof a, a, NULL),
                               clCreateBuffer(opencl->context, copy, sizeof b, b, NULL),
                               clCreateBuffer(opencl->context, 0, sizeof y, NULL, NULL)};
    cl_kernel kernel = clCreateKernel(opencl->program, "product", NULL);
    return kernel && opencl_set_arguments(kernel, work, buffers) &&
           opencl_run(opencl->queue, kernel, opencl_items(opencl->device, work)) &&
           clEnqueueReadBuffer(opencl->queue, buffers[2], CL_TRUE, 0, sizeof y, y, 0, NULL, NULL) ==
               CL_SUCCESS;
}

static FILE *open_binary(const struct place *place, const char *mode)
{
    char path[FOLDER_PATH + 16];
    snprintf(path, sizeof path, "%s/opencl.bin", place->folder);
    return fopen(path, mode);
}

static bool store(const struct opencl *opencl, const struct place *place)
{
    size_t bytes = 0;
    clGetProgramInfo(opencl->program, CL_PROGRAM_BINARY_SIZES, sizeof bytes, &bytes, NULL);
    unsigned char *binary = malloc(bytes ? bytes : 1);
    FILE *file = open_binary(place, "wb");
    bool stored = binary && file && bytes &&
                  clGetProgramInfo(opencl->program, CL_PROGRAM_BINARIES, sizeof binary, &binary,
                                   NULL) == CL_SUCCESS &&
                  fwrite(binary, 1, bytes, file) == bytes;
    if (file && fclose(file))
        stored = false;
    free(binary);
    return stored;
}

bool child_store_opencl(const struct place *place, double *value, clw_error *error)
{
    struct opencl opencl = {0};
    (void)error;
    if (!open_device(place->device, &opencl))
        return false;
    opencl.program = opencl_build(opencl.context, opencl.device, child_work(), false);
    *value = 0;
    return opencl.program && launch(&opencl) && store(&opencl, place);
}

static cl_program load(const struct opencl *opencl, const struct place *place)
{
    enum { CAPACITY = 1 << 22 };
    unsigned char *binary = malloc(CAPACITY);
    FILE *file = open_binary(place, "rb");
    const size_t bytes = binary && file ? fread(binary, 1, CAPACITY, file) : 0;
    cl_program program = NULL;
    if (bytes)
        program = clCreateProgramWithBinary(opencl->context, 1, &opencl->device, &bytes,
                                            (const unsigned char **)&binary, NULL, NULL);
    if (file)
        fclose(file);
    free(binary);
    return program;
}

bool child_first_opencl(const struct place *place, double *value, clw_error *error)
{
    struct opencl opencl = {0};
    (void)error;
    if (!open_device(place->device, &opencl))
        return false;
    opencl.program = load(&opencl, place);
    const bool done =
        opencl.program &&
        clBuildProgram(opencl.program, 1, &opencl.device, NULL, NULL, NULL) == CL_SUCCESS &&
        launch(&opencl);
    *value = now() - place->begin;
    return done;
}

/* From source to a result in host memory; the context is there before. */
bool child_cold_opencl(const struct place *place, double *value, clw_error *error)
{
    struct opencl opencl = {0};
    (void)error;
    child_without_cache();
    if (!open_device(place->device, &opencl))
        return false;
    const double begin = now();
    opencl.program = opencl_build(opencl.context, opencl.device, child_work(), false);
    const bool done = opencl.program && launch(&opencl);
    *value = now() - begin;
    return done;
}
