/* The device's own built-in function in a kernel written by hand: one element a work-item, which
 * the compilers of some devices vectorise and a loop not. */
#include "bench/functions/functions.h"
#include "bench/timing.h"

#include <clwise/clwise_cl.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

struct state {
    cl_command_queue queue;
    cl_program program;
    cl_kernel kernel;
    size_t elements;
    clw_array *y;
};

static void close_kernel(void *opaque)
{
    struct state *state = opaque;
    if (state->kernel)
        clReleaseKernel(state->kernel);
    if (state->program)
        clReleaseProgram(state->program);
    free(state);
}

static cl_program build(const struct job *job)
{
    const cl_device_id device = clw_context_cl_device(job->context);
    const bool two = job->function->input_count == 2;
    const char *const type = job->dtype == CLW_F32 ? "float" : "double";
    char text[1024];
    const char *source = text;
    snprintf(text, sizeof text,
             "%stypedef %s T;\n__kernel void apply(%s%s__global T *py)\n{\n"
             "    const size_t i = get_global_id(0);\n    const T a = pa[i];\n    %s\n"
             "    py[i] = %s;\n}\n",
             job->dtype == CLW_F32 ? "" : "#pragma OPENCL EXTENSION cl_khr_fp64 : enable\n", type,
             "__global const T *pa, ", two ? "__global const T *pb, " : "",
             two ? "const T b = pb[i];" : "", job->function->builtin);
    cl_program program =
        clCreateProgramWithSource(clw_context_cl(job->context), 1, &source, NULL, NULL);
    if (program && clBuildProgram(program, 1, &device, "-cl-std=CL1.2", NULL, NULL) == CL_SUCCESS)
        return program;
    if (program)
        clReleaseProgram(program);
    return NULL;
}

static bool set_buffer(cl_kernel kernel, cl_uint index, const clw_array *array)
{
    int64_t offset;
    const cl_mem buffer = clw_array_cl(array, &offset);
    return offset == 0 && clSetKernelArg(kernel, index, sizeof buffer, &buffer) == CL_SUCCESS;
}

static void *open_kernel(const struct job *job, char reason[REASON_BYTES])
{
    const int inputs = job->function->input_count;
    struct state *state = calloc(1, sizeof *state);
    snprintf(reason, REASON_BYTES, "OpenCL C has none, or it cannot be built");
    if (!state || !job->function->builtin || job->dtype == CLW_C64 || job->dtype == CLW_C128) {
        free(state);
        return NULL;
    }
    *state = (struct state){.queue = clw_context_cl_queue(job->context),
                            .program = build(job),
                            .elements = job->elements,
                            .y = job->array_spare};
    if (state->program)
        state->kernel = clCreateKernel(state->program, "apply", NULL);
    bool made = state->kernel != NULL;
    for (int i = 0; made && i < inputs; ++i)
        made = set_buffer(state->kernel, (cl_uint)i, job->array_in[i]);
    if (made && set_buffer(state->kernel, (cl_uint)inputs, job->array_spare))
        return state;
    close_kernel(state);
    return NULL;
}

static double run_kernel(void *opaque)
{
    const struct state *state = opaque;
    const double begin = now();
    return clEnqueueNDRangeKernel(state->queue, state->kernel, 1, NULL, &state->elements, NULL, 0,
                                  NULL, NULL) == CL_SUCCESS &&
                   clFinish(state->queue) == CL_SUCCESS
               ? now() - begin
               : NAN;
}

static double kernel_value(void *opaque, size_t index)
{
    const struct state *state = opaque;
    return array_value(state->y, index);
}

const struct peer peer_opencl = {"by hand", open_kernel, run_kernel, kernel_value, close_kernel};
