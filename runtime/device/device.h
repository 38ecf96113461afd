/* One device with its context and its in-order queue. */
#ifndef CLWISE_DEVICE_DEVICE_H
#define CLWISE_DEVICE_DEVICE_H

#include <pthread.h>
#include <sys/types.h>

#include "runtime/base/log.h"
#include "runtime/base/text.h"
#include "runtime/device/cl.h"
#include "runtime/plan/plan.h"

enum sharing { SHARING_UNKNOWN, SHARING_NO, SHARING_YES };

struct device {
    const clw_allocator *allocator;
    const struct log *log;
    cl_context context; /* NULL: device "none" */
    cl_device_id id;
    cl_command_queue queue;
    struct target target;
    clw_device_info info;
    const char *options; /* for clBuildProgram */
    int ends_early;      /* the queue is waited for by events alone */
    char *identity;      /* everything but source and options that can change a binary */
    pid_t pid;           /* the process that made it */
    pthread_mutex_t probe_lock;
    enum sharing sharing[2]; /* of host memory with the device: at odd addresses, at pages */
};

/* `selection` as in clw_config.device. NO_DEVICE, NOT_FOUND, DEVICE, MEMORY. */
clw_status device_init(struct device *device, const char *selection, const clw_allocator *allocator,
                       const struct log *log, clw_error *error);
/* Over objects of the caller, which are retained. */
clw_status device_adopt(struct device *device, cl_context context, cl_device_id id,
                        cl_command_queue queue, const clw_allocator *allocator,
                        const struct log *log, clw_error *error);
void device_finish(struct device *device); /* waits for the queue */

/* FORKED in a child process. */
clw_status device_check_process(const struct device *device, clw_error *error);
/* Also NO_DEVICE without a device. */
clw_status device_check(const struct device *device, clw_error *error);
clw_status device_wait(struct device *device, clw_error *error);
/* Waits for the event and releases it. */
cl_int device_wait_for(cl_event event);
/* *shared is 1 if the device works on the host's memory at this address itself: tried once, not
 * believed. */
clw_status device_shares_memory(struct device *device, const void *address, int *shared,
                                clw_error *error);

#endif
