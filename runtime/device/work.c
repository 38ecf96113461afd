#include "runtime/device/work.h"

#include <sched.h>

/* ---- what may be left on the queue of the large tier ---- */

/* A call counts as begun before it queues, and as queued afterwards: a finish has waited for all
 * that were queued before it. */
static void count_finished(struct device *device, uint_fast64_t queued_before)
{
    uint_fast64_t finished = atomic_load(&device->finished);
    while (finished < queued_before &&
           !atomic_compare_exchange_weak(&device->finished, &finished, queued_before))
        ;
}

static int is_idle(struct device *device)
{
    return atomic_load(&device->begun) == atomic_load(&device->finished);
}

int work_is_done(struct device *device)
{
    return !atomic_load(&device->lent) && is_idle(device);
}

int work_may_be_small(struct device *device)
{
    return device->tiers[TIER_SMALL].id && work_is_done(device);
}

/* ---- queues of the small tier ---- */

/* Each thread has its own: one in order would make a command wait for another thread's, and be run
 * by it. */
static cl_int take_small_queue(struct device *device, cl_command_queue *queue)
{
    cl_int code = CL_SUCCESS;
    *queue = slots_take(&device->small_queues);
    if (!*queue)
        *queue = clCreateCommandQueue(device->context, device->tiers[TIER_SMALL].id, 0, &code);
    return code;
}

static void give_small_queue(struct device *device, cl_command_queue queue)
{
    if (!slots_give(&device->small_queues, queue))
        clReleaseCommandQueue(queue);
}

/* Commands are done when they are queued, as a rule. But where two threads use one buffer, one of
 * them may run the other's command, and clFinish does not wait for that. */
static cl_int settle(cl_command_queue queue, cl_event end)
{
    for (int round = 0;; round++) {
        cl_int state = CL_QUEUED;
        const cl_int code =
            clGetEventInfo(end, CL_EVENT_COMMAND_EXECUTION_STATUS, sizeof state, &state, NULL);
        if (code || state <= CL_COMPLETE)
            return code ? code : state;
        if (round == 0)
            clFinish(queue);
        else
            sched_yield();
    }
}

/* ---- work ---- */

static cl_int begin_small(struct work *work, int *too_late)
{
    claims_take(&work->claims);
    *too_late = !is_idle(work->device);
    const cl_int code = *too_late ? CL_SUCCESS : take_small_queue(work->device, &work->queue);
    if (*too_late)
        claims_end(&work->claims);
    return code;
}

/* Small work on the same buffers is over, and what comes goes the same way as this. */
static void begin_large(struct work *work)
{
    const int has_small = work->device->tiers[TIER_SMALL].id != NULL;
    if (has_small)
        claims_take(&work->claims);
    atomic_fetch_add(&work->device->begun, 1);
    work->queued_before = atomic_load(&work->device->queued);
    if (has_small)
        claims_end(&work->claims);
    work->queue = work->device->queue;
}

cl_int work_begin(struct device *device, enum tier_name tier, struct work *work, int *too_late)
{
    work->device = device;
    work->tier = tier;
    work->is_copy = 0;
    work->wants_event = tier == TIER_SMALL;
    work->blocks = CL_FALSE;
    work->end = NULL;
    *too_late = 0;
    if (tier == TIER_SMALL)
        return begin_small(work, too_late);
    begin_large(work);
    return CL_SUCCESS;
}

cl_int work_begin_copy(struct buffer *buffer, int writes, struct work *work)
{
    struct device *device = buffer->device;
    cl_int code = CL_SUCCESS;
    int too_late = 1;
    work->claims.count = 0;
    claims_add(&work->claims, buffer, writes);
    if (work_may_be_small(device))
        code = work_begin(device, TIER_SMALL, work, &too_late);
    if (too_late)
        code = work_begin(device, TIER_LARGE, work, &too_late);
    work->is_copy = 1;
    work->writes = writes;
    work->wants_event |= device->ends_early;
    work->blocks = work->wants_event ? CL_FALSE : CL_TRUE;
    return code;
}

static void forget_event(struct work *work)
{
    if (work->end)
        clReleaseEvent(work->end);
    work->end = NULL;
}

cl_event *work_event(struct work *work)
{
    forget_event(work);
    return work->wants_event ? &work->end : NULL;
}

static cl_int end_small(struct work *work, cl_int code)
{
    const cl_int settled = work->end ? settle(work->queue, work->end) : CL_SUCCESS;
    if (work->queue)
        give_small_queue(work->device, work->queue);
    claims_end(&work->claims);
    return code ? code : settled;
}

static cl_int end_large(struct work *work, cl_int code)
{
    struct device *device = work->device;
    if (work->end && !code)
        code = clWaitForEvents(1, &work->end);
    atomic_fetch_add(&device->queued, 1);
    if (!work->is_copy)
        clFlush(work->queue);        /* some drivers start queued work only when they are told to */
    else if (!code && !work->writes) /* and with it all that was on the queue before */
        count_finished(device, work->queued_before + 1);
    return code;
}

cl_int work_end(struct work *work, cl_int code)
{
    code = work->tier == TIER_SMALL ? end_small(work, code) : end_large(work, code);
    forget_event(work);
    return code;
}

cl_int work_finish(struct device *device)
{
    const uint_fast64_t queued = atomic_load(&device->queued);
    cl_int code = CL_SUCCESS;
    if (!device->ends_early) {
        code = clFinish(device->queue);
    } else {
        cl_event end;
        code = clEnqueueMarkerWithWaitList(device->queue, 0, NULL, &end);
        if (!code) {
            code = clWaitForEvents(1, &end);
            clReleaseEvent(end);
        }
    }
    if (!code)
        count_finished(device, queued);
    return code;
}

void work_close(struct device *device)
{
    cl_command_queue queue;
    while ((queue = slots_take(&device->small_queues)) != NULL)
        clReleaseCommandQueue(queue);
}
