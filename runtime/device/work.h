/* Handing commands to the device, in the order in which calls return. */
#ifndef CLWISE_DEVICE_WORK_H
#define CLWISE_DEVICE_WORK_H

#include "runtime/device/claim.h"

/* Commands of one call on one tier. */
struct work {
    struct device *device;
    enum tier_name tier;
    cl_command_queue queue;
    struct claims claims; /* held while it runs on the small tier */
    cl_bool blocks;       /* a copy whose command waits for it */
    int is_copy, writes;  /* a copy; from the host: Intel's runtime ends it at the next finish */
    int wants_event;      /* the end must be known */
    uint_fast64_t queued_before;
    cl_event end; /* of the last command */
};

/* 1 if every call's work is known to be done. */
int work_is_done(struct device *device);
/* 1 if the small tier may be used: nothing is left on the queue of the large one. Small work is
 * done when its call returns. */
int work_may_be_small(struct device *device);

/* Begins what uses work->claims, which the caller has filled in; all else is set. To be ended also
 * if a command fails. *too_late becomes 1, and there is nothing to end, if the small tier may no
 * longer be used. */
cl_int work_begin(struct device *device, enum tier_name tier, struct work *work, int *too_late);
/* Begins a copy between a buffer and the host, which the copy reads or writes. */
cl_int work_begin_copy(struct buffer *buffer, int writes, struct work *work);
/* Where the next command puts its event, or NULL. */
cl_event *work_event(struct work *work);
/* After the last command, which returned `code`: sends it off; waits for a copy, and for what runs
 * on the small tier. */
cl_int work_end(struct work *work, cl_int code);

/* Waits for all work that calls have queued. */
cl_int work_finish(struct device *device);
/* Releases the queues of the small tier. */
void work_close(struct device *device);

#endif
