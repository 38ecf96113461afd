/* The same kernels written by hand, on the device, queue and memory of the clwise context. A run is
 * one enqueue and one finish: program, kernel and arguments are there already. */
#include "bench/bench.h"

#include <stdio.h>
#include <stdlib.h>

/* Work-items for each compute unit, so that one that is late does not hold up the others. */
#define ITEMS_PER_UNIT 4
/* A run shorter than this, in bytes of output, is not worth a work-item. */
#define SHORTEST_RUN 65536

struct state {
    const struct operands *operands;
    cl_command_queue queue;
    cl_program program;
    cl_kernel kernel;
    size_t items;
};

const char *opencl_kernel_name(enum pattern pattern)
{
    static const char *const names[] = {[PATTERN_FLAT] = "flat",
                                        [PATTERN_ROW] = "row",
                                        [PATTERN_COLUMN] = "column",
                                        [PATTERN_TRANSPOSED] = "transposed",
                                        [PATTERN_SCALE] = "scale"};
    return names[pattern];
}

static const char *type_name(clw_dtype dtype)
{
    return dtype == CLW_U8 ? "uchar" : dtype == CLW_F32 ? "float" : "double";
}

static char *read_source(void)
{
    enum { CAPACITY = 1 << 16 };
    FILE *file = fopen(OPENCL_SOURCE, "rb");
    char *text = calloc(1, CAPACITY);
    if (file && text)
        (void)fread(text, 1, CAPACITY - 1, file);
    if (file)
        fclose(file);
    return text;
}

static bool rounds_division(cl_device_id device)
{
    cl_device_fp_config config = 0;
    return clGetDeviceInfo(device, CL_DEVICE_SINGLE_FP_CONFIG, sizeof config, &config, NULL) ==
               CL_SUCCESS &&
           (config & CL_FP_CORRECTLY_ROUNDED_DIVIDE_SQRT);
}

cl_program opencl_build(cl_context context, cl_device_id device, const struct work *work,
                        bool streaming)
{
    char options[256];
    char *source = read_source();
    const char *const text = source ? source : "";
    cl_program program = clCreateProgramWithSource(context, 1, (const char **)&text, NULL, NULL);
    free(source);
    snprintf(options, sizeof options, "-cl-std=CL1.2 -DA=%s -DY=%s%s%s", type_name(work->input),
             type_name(work->output), streaming ? " -DSTREAMING" : "",
             rounds_division(device) ? " -cl-fp32-correctly-rounded-divide-sqrt" : "");
    if (program && clBuildProgram(program, 1, &device, options, NULL, NULL) == CL_SUCCESS)
        return program;
    if (program)
        clReleaseProgram(program);
    return NULL;
}

size_t opencl_items(cl_device_id device, const struct work *work)
{
    const size_t bytes = work_elements(work) * clw_dtype_size(work->output);
    const size_t runs = bytes / SHORTEST_RUN ? bytes / SHORTEST_RUN : 1;
    cl_uint units = 1;
    clGetDeviceInfo(device, CL_DEVICE_MAX_COMPUTE_UNITS, sizeof units, &units, NULL);
    return runs < units * ITEMS_PER_UNIT ? runs : units * ITEMS_PER_UNIT;
}

bool opencl_set_arguments(cl_kernel kernel, const struct work *work, const cl_mem buffers[3])
{
    const cl_ulong extents[2] = {work->rows, work->columns};
    cl_int failed = 0;
    for (cl_uint i = 0; i < 3; ++i)
        failed |= clSetKernelArg(kernel, i, sizeof *buffers, &buffers[i]);
    for (cl_uint i = 0; i < 2; ++i)
        failed |= clSetKernelArg(kernel, 3 + i, sizeof *extents, &extents[i]);
    return failed == 0;
}

bool opencl_run(cl_command_queue queue, cl_kernel kernel, size_t items)
{
    const size_t local = 1;
    return clEnqueueNDRangeKernel(queue, kernel, 1, NULL, &items, &local, 0, NULL, NULL) ==
               CL_SUCCESS &&
           clFinish(queue) == CL_SUCCESS;
}

static void close_state(void *opaque)
{
    struct state *state = opaque;
    if (state->kernel)
        clReleaseKernel(state->kernel);
    if (state->program)
        clReleaseProgram(state->program);
    free(state);
}

static void *open_with(const struct operands *operands, bool streaming)
{
    const cl_device_id device = clw_context_cl_device(operands->context);
    struct state *state = calloc(1, sizeof *state);
    int64_t offset;
    if (!state)
        return NULL;
    const cl_mem a = clw_array_cl(operands->array_a, &offset);
    const cl_mem b = operands->array_b ? clw_array_cl(operands->array_b, &offset) : a;
    const cl_mem buffers[3] = {a, b, clw_array_cl(operands->array_y, &offset)};
    state->operands = operands;
    state->queue = clw_context_cl_queue(operands->context);
    state->items = opencl_items(device, operands->work);
    state->program =
        opencl_build(clw_context_cl(operands->context), device, operands->work, streaming);
    if (state->program)
        state->kernel =
            clCreateKernel(state->program, opencl_kernel_name(operands->work->pattern), NULL);
    if (state->kernel && opencl_set_arguments(state->kernel, operands->work, buffers))
        return state;
    close_state(state);
    return NULL;
}

static void *open_plain(const struct operands *operands)
{
    return open_with(operands, false);
}

static void *open_streaming(const struct operands *operands)
{
    return open_with(operands, true);
}

static bool run(void *opaque)
{
    const struct state *state = opaque;
    return opencl_run(state->queue, state->kernel, state->items);
}

static bool read_result(void *opaque, void *y)
{
    const struct state *state = opaque;
    const struct work *work = state->operands->work;
    return clw_array_read(state->operands->array_y, y,
                          work_elements(work) * clw_dtype_size(work->output), NULL) == CLW_OK;
}

const struct peer peer_opencl = {"OpenCL", open_plain, run, read_result, close_state};
const struct peer peer_opencl_streaming = {"OpenCL streaming", open_streaming, run, read_result,
                                           close_state};
