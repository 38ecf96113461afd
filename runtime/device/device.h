/* One device with its context and its queues. */
#ifndef CLWISE_DEVICE_DEVICE_H
#define CLWISE_DEVICE_DEVICE_H

#include <pthread.h>
#include <stdatomic.h>

#include "runtime/base/log.h"
#include "runtime/base/process.h"
#include "runtime/base/slots.h"
#include "runtime/base/text.h"
#include "runtime/device/cl.h"
#include "runtime/device/pool.h"
#include "runtime/device/profile.h"
#include "runtime/plan/plan.h"

enum sharing { SHARING_UNKNOWN, SHARING_NO, SHARING_YES };

/* Drivers of one device over the same memory: one wakes threads, the other runs small work at once
 * in the thread that calls. Where there is one driver, it is the large tier. */
enum tier_name { TIER_LARGE, TIER_SMALL, TIERS };

struct tier {
    cl_device_id id; /* NULL: there is no such tier */
    int units;       /* that compute at once */
    char *identity;  /* everything but source and options that can change a binary */
};

struct device {
    const clw_allocator *allocator;
    const struct log *log;
    cl_context context; /* NULL: device "none" */
    struct tier tiers[TIERS];
    cl_command_queue queue;                       /* of the large tier, in order */
    atomic_uint_fast64_t begun, queued, finished; /* calls on it; work.c */
    struct slots small_queues;                    /* of the small tier, that no thread uses */
    atomic_int lent;              /* the queue, to others: what they do on it is not known */
    atomic_uint_fast64_t buffers; /* made so far */
    struct target target;         /* as the driver reports it; device_target */
    struct profile profile;       /* as it was measured */
    clw_device_info info;
    const char *options;    /* for clBuildProgram */
    int ends_early;         /* the queue is waited for by events alone */
    struct process process; /* that made it */
    struct pool pool;       /* of buffers */
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
/* What planning must know, with what is measured by now. */
struct target device_target(const struct device *device);
/* *shared is 1 if the device works on the host's memory at this address itself: tried once, not
 * believed. */
clw_status device_shares_memory(struct device *device, const void *address, int *shared,
                                clw_error *error);

#endif
