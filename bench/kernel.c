#include "bench/kernel.h"

#include "bench/memory.h"
#include "bench/timing.h"

#include <math.h>
#include <stdlib.h>

void hand_kernel_close(void *opaque)
{
    struct hand_kernel *kernel = opaque;
    if (kernel->kernel)
        clReleaseKernel(kernel->kernel);
    if (kernel->program)
        clReleaseProgram(kernel->program);
    if (kernel->queue)
        clReleaseCommandQueue(kernel->queue);
    free(kernel);
}

static cl_program build(clw_context *context, const char *source)
{
    const cl_device_id device = clw_context_cl_device(context);
    cl_program program = clCreateProgramWithSource(clw_context_cl(context), 1, &source, NULL, NULL);
    if (program && clBuildProgram(program, 1, &device, "-cl-std=CL1.2", NULL, NULL) == CL_SUCCESS)
        return program;
    if (program)
        clReleaseProgram(program);
    return NULL;
}

struct hand_kernel *hand_kernel_open(clw_context *context, const char *source, size_t items,
                                     size_t local, clw_array *result)
{
    struct hand_kernel *kernel = calloc(1, sizeof *kernel);
    if (!kernel)
        return NULL;
    /* Not the context's own queue: whoever borrows that ends its small tier. */
    *kernel =
        (struct hand_kernel){.queue = clCreateCommandQueue(clw_context_cl(context),
                                                           clw_context_cl_device(context), 0, NULL),
                             .program = build(context, source),
                             .items = items,
                             .local = local,
                             .result = result};
    if (kernel->queue && kernel->program)
        kernel->kernel = clCreateKernel(kernel->program, "apply", NULL);
    if (kernel->kernel)
        return kernel;
    hand_kernel_close(kernel);
    return NULL;
}

bool hand_kernel_set_array(const struct hand_kernel *kernel, cl_uint index, const clw_array *array)
{
    int64_t offset;
    const cl_mem buffer = clw_array_cl(array, &offset);
    return offset == 0 &&
           clSetKernelArg(kernel->kernel, index, sizeof buffer, &buffer) == CL_SUCCESS;
}

double hand_kernel_run(void *opaque)
{
    const struct hand_kernel *kernel = opaque;
    const double begin = now();
    return clEnqueueNDRangeKernel(kernel->queue, kernel->kernel, 1, NULL, &kernel->items,
                                  kernel->local ? &kernel->local : NULL, 0, NULL,
                                  NULL) == CL_SUCCESS &&
                   clFinish(kernel->queue) == CL_SUCCESS
               ? now() - begin
               : NAN;
}

double hand_kernel_value(void *opaque, size_t index)
{
    const struct hand_kernel *kernel = opaque;
    return array_value(kernel->result, index);
}
