/* The device's own built-in function in a kernel written by hand: one element a work-item, which
 * the compilers of some devices vectorise and a loop not. */
#include "bench/functions/functions.h"
#include "bench/kernel.h"

#include <stdio.h>

static void *open_kernel(const struct job *job, char reason[REASON_BYTES])
{
    const int inputs = job->function->input_count;
    const bool two = inputs == 2;
    const char *const type = job->dtype == CLW_F32 ? "float" : "double";
    char source[1024];
    snprintf(reason, REASON_BYTES, "OpenCL C has none, or it cannot be built");
    if (!job->function->builtin || job->dtype == CLW_C64 || job->dtype == CLW_C128)
        return NULL;
    snprintf(source, sizeof source,
             "%stypedef %s T;\n__kernel void apply(%s%s__global T *py)\n{\n"
             "    const size_t i = get_global_id(0);\n    const T a = pa[i];\n    %s\n"
             "    py[i] = %s;\n}\n",
             job->dtype == CLW_F32 ? "" : "#pragma OPENCL EXTENSION cl_khr_fp64 : enable\n", type,
             "__global const T *pa, ", two ? "__global const T *pb, " : "",
             two ? "const T b = pb[i];" : "", job->function->builtin);
    struct hand_kernel *kernel =
        hand_kernel_open(job->context, source, job->elements, 0, job->array_spare);
    bool made = kernel != NULL;
    for (int i = 0; made && i < inputs; ++i)
        made = hand_kernel_set_array(kernel, (cl_uint)i, job->array_in[i]);
    if (made && hand_kernel_set_array(kernel, (cl_uint)inputs, job->array_spare))
        return kernel;
    if (kernel)
        hand_kernel_close(kernel);
    return NULL;
}

const struct peer peer_opencl = {"by hand", open_kernel, hand_kernel_run, hand_kernel_value,
                                 hand_kernel_close};
