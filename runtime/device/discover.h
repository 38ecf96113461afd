/* Which devices there are, what they say of themselves, and which one is meant. */
#ifndef CLWISE_DEVICE_DISCOVER_H
#define CLWISE_DEVICE_DISCOVER_H

#include "runtime/device/cl.h"

enum { DISCOVER_MAX_DEVICES = 64 };

struct found_device {
    cl_platform_id platform;
    cl_device_id device;
    cl_device_id small; /* its driver for small work, or NULL */
    clw_device_info info;
};

/* All devices of all platforms, with `chosen` and `reason` for this selection (NULL:
 * $CLWISE_DEVICE, else the best). None is no error. Returns how many. */
int discover(const char *selection, struct found_device found[DISCOVER_MAX_DEVICES]);
/* FORKED if a parent process has discovered devices: drivers do not live on in a child, where the
 * first command would never end. */
clw_status check_fork(clw_error *error);

/* The selection, else that of $CLWISE_DEVICE, else NULL. */
const char *device_selection(const char *selection);

/* What a device says of itself; platform and device indices stay 0. */
void describe_device(cl_platform_id platform, cl_device_id device, clw_device_info *info);

/* The index of the chosen one; -1 and NO_DEVICE or NOT_FOUND with what there is. */
clw_status choose_device(const char *selection, const struct found_device *found, int count,
                         int *index, clw_error *error);

#endif
