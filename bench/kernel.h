/* A kernel written by hand, on the device and memory of a clwise context. */
#ifndef CLWISE_BENCH_KERNEL_H
#define CLWISE_BENCH_KERNEL_H

#define CLWISE_NO_OPS
#include <clwise/clwise_cl.h>

#include <stdbool.h>
#include <stddef.h>

struct hand_kernel {
    cl_command_queue queue;
    cl_program program;
    cl_kernel kernel;
    size_t items, local; /* local 0: the driver's choice */
    clw_array *result;   /* borrowed */
};

/* The kernel `apply` of the source, or NULL. */
struct hand_kernel *hand_kernel_open(clw_context *context, const char *source, size_t items,
                                     size_t local, clw_array *result);
bool hand_kernel_set_array(const struct hand_kernel *kernel, cl_uint index, const clw_array *array);
/* Take a struct hand_kernel, as the functions of a peer do. */
double hand_kernel_run(void *kernel); /* seconds; NAN if it fails */
double hand_kernel_value(void *kernel, size_t index);
void hand_kernel_close(void *kernel);

#endif
