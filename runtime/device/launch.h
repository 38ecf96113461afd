/* Running a plan's kernel on buffers. */
#ifndef CLWISE_DEVICE_LAUNCH_H
#define CLWISE_DEVICE_LAUNCH_H

#include "runtime/device/buffer.h"
#include "runtime/device/tiers.h"

/* An array of the plan, in the plan's order: its memory and the byte of its element 0. */
struct launch_array {
    struct buffer *buffer;
    int64_t offset;
};

/* Runs the plan's kernel, on the tier that is the faster one now, or queues it. `scalars` are the
 * weak operands by input of the op; `known` keeps kernels from call to call. */
clw_status launch(struct kernels *kernels, struct plan_kernels *known, const struct plan *plan,
                  const struct launch_array *arrays, const clw_scalar *scalars, clw_error *error);
/* The same of one kernel. *too_late
 * is set: if 1 nothing has run, for the entry is of the small tier, which may no longer be used. */
clw_status launch_entry(struct kernels *kernels, struct kernel_entry *entry,
                        const struct plan *plan, const struct launch_array *arrays,
                        const clw_scalar *scalars, int *too_late, clw_error *error);
/* A launch of a plan's kernel that does nothing, over a few bytes of memory: drivers specialise at
 * the first launch, and then the kernel can be stored. */
clw_status launch_nothing(struct kernels *kernels, struct kernel_entry *entry,
                          const struct plan *plan, clw_error *error);

#endif
