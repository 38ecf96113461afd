/* Which skeleton a device takes, and with what limits. */
#ifndef CLWISE_DEVICE_SKELETON_H
#define CLWISE_DEVICE_SKELETON_H

#include "runtime/device/cl.h"
#include "runtime/plan/plan.h"

/* Given target->skeleton, which is for CPUs, and the rest, sets what work-groups of the device may
 * have, and the skeleton: that of $CLWISE_SKELETON, else GPUs' own for what is no CPU. `id` NULL:
 * no device. ARGUMENT for a name that is none. */
clw_status skeleton_set(cl_device_id id, int is_cpu, struct target *target, clw_error *error);

#endif
