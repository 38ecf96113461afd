/* A kernel written by hand: on a CPU device each work-item walks a run in a plain loop, which the
 * compiler vectorises. */
#include "bench/expressions/expressions.h"
#include "bench/timing.h"

#include <clwise/clwise_cl.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BY_HAND(name, from, to, count, ...) {#name, #from, #to, #__VA_ARGS__},
static const struct {
    const char *name, *operand, *result, *value;
} table[] = {
#include "bench/expressions/by_hand.h"
};
#undef BY_HAND

static const char frame[] =
    "#pragma OPENCL EXTENSION cl_khr_fp64 : enable\n"
    "#pragma OPENCL FP_CONTRACT OFF\n"
    "__kernel void apply(ulong run, ulong elements, __global RESULT *restrict y,\n"
    "    __global const OPERAND *pa, __global const OPERAND *pb, __global const OPERAND *pc,\n"
    "    __global const OPERAND *pd)\n"
    "{\n"
    "    const ulong begin = get_global_id(0) * run, end = min(begin + run, elements);\n"
    "    for (ulong i = begin; i < end; i++) {\n"
    "        const OPERAND a = pa[i], b = pb[i], c = pc[i], d = pd[i];\n"
    "        y[i] = VALUE;\n"
    "    }\n"
    "}\n";

struct state {
    cl_command_queue queue;
    cl_program program;
    cl_kernel kernel;
    size_t items;
    clw_array *result;
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

static size_t find(const char *name)
{
    size_t i = 0;
    while (i + 1 < sizeof table / sizeof *table && strcmp(table[i].name, name) != 0)
        ++i;
    return i;
}

static cl_program build(const struct job *job)
{
    const size_t row = find(job->expression->by_hand);
    const cl_device_id device = clw_context_cl_device(job->context);
    char text[2048];
    const char *source = text;
    snprintf(text, sizeof text,
             "#define OPERAND %s\n#define RESULT %s\n#define SIN sin\n#define EXP exp\n"
             "#define LOG log\n#define SQRT sqrt\n#define POW pow\n#define ERFC erfc\n"
             "#define VALUE (%s)\n%s",
             table[row].operand, table[row].result, table[row].value, frame);
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

static bool set_arguments(const struct state *state, const struct job *job, size_t run)
{
    const cl_ulong numbers[] = {run, job->elements};
    bool set = clSetKernelArg(state->kernel, 0, sizeof numbers[0], &numbers[0]) == CL_SUCCESS &&
               clSetKernelArg(state->kernel, 1, sizeof numbers[1], &numbers[1]) == CL_SUCCESS &&
               set_buffer(state->kernel, 2, job->result_array);
    for (int i = 0; set && i < 4; ++i) {
        const int operand = i < job->expression->operands ? i : 0;
        set = set_buffer(state->kernel, 3 + (cl_uint)i, job->operand_array[operand]);
    }
    return set;
}

static void *open_kernel(const struct job *job, char reason[REASON_BYTES])
{
    const size_t run = 65536;
    struct state *state = calloc(1, sizeof *state);
    snprintf(reason, REASON_BYTES, "it cannot be built");
    if (!state)
        return NULL;
    *state = (struct state){.queue = clw_context_cl_queue(job->context),
                            .program = build(job),
                            .items = (job->elements + run - 1) / run,
                            .result = job->result_array};
    if (state->program)
        state->kernel = clCreateKernel(state->program, "apply", NULL);
    if (state->kernel && set_arguments(state, job, run))
        return state;
    close_kernel(state);
    return NULL;
}

static double run_kernel(void *opaque)
{
    const struct state *state = opaque;
    const size_t local = 1;
    const double begin = now();
    return clEnqueueNDRangeKernel(state->queue, state->kernel, 1, NULL, &state->items, &local, 0,
                                  NULL, NULL) == CL_SUCCESS &&
                   clFinish(state->queue) == CL_SUCCESS
               ? now() - begin
               : NAN;
}

static double value(void *opaque, size_t index)
{
    const struct state *state = opaque;
    return array_value(state->result, index);
}

const struct peer peer_opencl = {"OpenCL", open_kernel, run_kernel, value, close_kernel};
