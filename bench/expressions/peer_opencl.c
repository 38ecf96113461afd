/* A kernel written by hand: on a CPU device each work-item walks a run in a plain loop, which the
 * compiler vectorises. */
#include "bench/expressions/expressions.h"
#include "bench/kernel.h"

#include <stdio.h>
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

static size_t find(const char *name)
{
    size_t i = 0;
    while (i + 1 < sizeof table / sizeof *table && strcmp(table[i].name, name) != 0)
        ++i;
    return i;
}

static bool set_arguments(const struct hand_kernel *kernel, const struct job *job, cl_ulong run)
{
    const cl_ulong elements = job->elements;
    bool set = clSetKernelArg(kernel->kernel, 0, sizeof run, &run) == CL_SUCCESS &&
               clSetKernelArg(kernel->kernel, 1, sizeof elements, &elements) == CL_SUCCESS &&
               hand_kernel_set_array(kernel, 2, job->result_array);
    for (int i = 0; set && i < 4; ++i) {
        const int operand = i < job->expression->operands ? i : 0;
        set = hand_kernel_set_array(kernel, 3 + (cl_uint)i, job->operand_array[operand]);
    }
    return set;
}

static void *open_kernel(const struct job *job, char reason[REASON_BYTES])
{
    const size_t run = 65536, row = find(job->expression->by_hand);
    char source[2048];
    snprintf(reason, REASON_BYTES, "it cannot be built");
    snprintf(source, sizeof source,
             "#define OPERAND %s\n#define RESULT %s\n#define SIN sin\n#define EXP exp\n"
             "#define LOG log\n#define SQRT sqrt\n#define POW pow\n#define ERFC erfc\n"
             "#define VALUE (%s)\n%s",
             table[row].operand, table[row].result, table[row].value, frame);
    struct hand_kernel *kernel = hand_kernel_open(
        job->context, source, (job->elements + run - 1) / run, 1, job->result_array);
    if (kernel && set_arguments(kernel, job, run))
        return kernel;
    if (kernel)
        hand_kernel_close(kernel);
    return NULL;
}

const struct peer peer_opencl = {"OpenCL", open_kernel, hand_kernel_run, hand_kernel_value,
                                 hand_kernel_close};
