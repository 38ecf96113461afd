/* Running a plan's kernel on buffers. */
#ifndef CLWISE_DEVICE_LAUNCH_H
#define CLWISE_DEVICE_LAUNCH_H

#include "runtime/device/buffer.h"
#include "runtime/device/kernels.h"

/* An array of the plan, in the plan's order: its memory and the byte of its element 0. */
struct launch_array {
    const struct buffer *buffer;
    int64_t offset;
};

/* Queues the kernel. `scalars` are the weak operands by input of the op. */
clw_status launch(struct kernels *kernels, struct kernel_entry *entry, const struct plan *plan,
                  const struct launch_array *arrays, const clw_scalar *scalars, clw_error *error);

#endif
