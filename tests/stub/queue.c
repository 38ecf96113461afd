/* Contexts, queues, buffers and events. Work is done when it is queued. */
#include <stdlib.h>
#include <string.h>

#include "tests/stub/object.h"
#include "tests/stub/table.h"

static void tell(cl_int *to, cl_int code)
{
    if (to)
        *to = code;
}

/* An object of the kind unless the call fails; then NULL, and *told has the code. */
static void *create(const char *function, enum stub_kind kind, size_t size, cl_int *told)
{
    cl_int code = fault_now(function);
    void *object = code ? NULL : object_new(kind, size);
    if (!code && !object)
        code = CL_OUT_OF_HOST_MEMORY;
    tell(told, code);
    return object;
}

static cl_int retain(const char *function, void *object)
{
    const cl_int code = fault_now(function);
    if (!code)
        object_retain(object);
    return code;
}

/* ---- contexts ---- */

cl_context stub_clCreateContext(const cl_context_properties *properties, cl_uint count,
                                const cl_device_id *devices,
                                void (*notify)(const char *, const void *, size_t, void *),
                                void *data, cl_int *told)
{
    (void)properties, (void)count, (void)devices, (void)notify, (void)data;
    return create("clCreateContext", STUB_CONTEXT, sizeof(struct _cl_context), told);
}

cl_int stub_clRetainContext(cl_context context)
{
    return retain("clRetainContext", context);
}

static void release_context(cl_context context)
{
    if (object_release(context))
        free(context);
}

/* What a release that fails has released is not said; it is not, here. */
cl_int stub_clReleaseContext(cl_context context)
{
    release_context(context);
    return CL_SUCCESS;
}

/* ---- queues ---- */

cl_command_queue stub_clCreateCommandQueue(cl_context context, cl_device_id device,
                                           cl_command_queue_properties properties, cl_int *told)
{
    (void)device, (void)properties;
    cl_command_queue queue =
        create("clCreateCommandQueue", STUB_QUEUE, sizeof(struct _cl_command_queue), told);
    if (queue) {
        queue->context = context;
        object_retain(context);
    }
    return queue;
}

cl_int stub_clRetainCommandQueue(cl_command_queue queue)
{
    return retain("clRetainCommandQueue", queue);
}

cl_int stub_clReleaseCommandQueue(cl_command_queue queue)
{
    if (object_release(queue)) {
        release_context(queue->context);
        free(queue);
    }
    return CL_SUCCESS;
}

cl_int stub_clGetCommandQueueInfo(cl_command_queue queue, cl_command_queue_info what, size_t room,
                                  void *to, size_t *needed)
{
    const cl_int code = fault_now("clGetCommandQueueInfo");
    const cl_device_id device = &stub_device_id;
    const cl_command_queue_properties properties = 0;
    if (code)
        return code;
    if (what == CL_QUEUE_CONTEXT)
        return give_info(&queue->context, sizeof queue->context, room, to, needed);
    if (what == CL_QUEUE_DEVICE)
        return give_info(&device, sizeof device, room, to, needed);
    if (what == CL_QUEUE_PROPERTIES)
        return give_info(&properties, sizeof properties, room, to, needed);
    return CL_INVALID_VALUE;
}

cl_int stub_clFlush(cl_command_queue queue)
{
    (void)queue;
    return fault_now("clFlush");
}

cl_int stub_clFinish(cl_command_queue queue)
{
    const cl_int code = fault_now("clFinish");
    const cl_int late = atomic_exchange(&queue->late, CL_SUCCESS);
    return code ? code : late;
}

/* ---- buffers ---- */

cl_mem stub_clCreateBuffer(cl_context context, cl_mem_flags flags, size_t size, void *host,
                           cl_int *told)
{
    cl_mem memory = create("clCreateBuffer", STUB_BUFFER, sizeof(struct _cl_mem), told);
    if (!memory)
        return NULL;
    const int is_own = !(flags & CL_MEM_USE_HOST_PTR);
    memory->context = context;
    memory->flags = flags;
    memory->size = size;
    memory->bytes = is_own ? malloc(size) : host;
    object_retain(context);
    if (memory->bytes)
        return memory;
    stub_clReleaseMemObject(memory);
    tell(told, CL_MEM_OBJECT_ALLOCATION_FAILURE);
    return NULL;
}

cl_int stub_clRetainMemObject(cl_mem memory)
{
    return retain("clRetainMemObject", memory);
}

cl_int stub_clReleaseMemObject(cl_mem memory)
{
    if (object_release(memory)) {
        release_context(memory->context);
        if (!(memory->flags & CL_MEM_USE_HOST_PTR))
            free(memory->bytes);
        free(memory);
    }
    return CL_SUCCESS;
}

cl_int stub_clGetMemObjectInfo(cl_mem memory, cl_mem_info what, size_t room, void *to,
                               size_t *needed)
{
    const cl_int code = fault_now("clGetMemObjectInfo");
    const cl_mem_object_type type = CL_MEM_OBJECT_BUFFER;
    const cl_mem parent = NULL;
    const size_t offset = 0;
    const struct {
        cl_mem_info what;
        const void *from;
        size_t size;
    } rows[] = {
        {CL_MEM_TYPE, &type, sizeof type},
        {CL_MEM_FLAGS, &memory->flags, sizeof memory->flags},
        {CL_MEM_SIZE, &memory->size, sizeof memory->size},
        {CL_MEM_CONTEXT, &memory->context, sizeof memory->context},
        {CL_MEM_ASSOCIATED_MEMOBJECT, &parent, sizeof parent},
        {CL_MEM_OFFSET, &offset, sizeof offset},
    };
    for (size_t i = 0; !code && i < sizeof rows / sizeof *rows; i++)
        if (rows[i].what == what)
            return give_info(rows[i].from, rows[i].size, room, to, needed);
    return code ? code : CL_INVALID_VALUE;
}

/* ---- work ---- */

/* The end of work that was queued, told at once or late. */
static cl_int end(const char *function, cl_command_queue queue, cl_event *event)
{
    const cl_int late = fault_late(function);
    if (event) {
        *event = object_new(STUB_EVENT, sizeof **event);
        if (!*event)
            return CL_OUT_OF_HOST_MEMORY;
        (*event)->code = late ? late : CL_COMPLETE;
    }
    if (late)
        atomic_store(&queue->late, late);
    return CL_SUCCESS;
}

static int reaches(cl_mem memory, size_t offset, size_t size)
{
    return offset <= memory->size && size <= memory->size - offset;
}

cl_int stub_clEnqueueReadBuffer(cl_command_queue queue, cl_mem memory, cl_bool waits, size_t offset,
                                size_t size, void *to, cl_uint count, const cl_event *before,
                                cl_event *event)
{
    (void)waits, (void)count, (void)before;
    const cl_int code = fault_now("clEnqueueReadBuffer");
    if (code)
        return code;
    if (!reaches(memory, offset, size))
        return CL_INVALID_VALUE;
    const cl_int late = waits ? atomic_exchange(&queue->late, CL_SUCCESS) : CL_SUCCESS;
    if (late)
        return late;
    memcpy(to, memory->bytes + offset, size);
    return end("clEnqueueReadBuffer", queue, event);
}

cl_int stub_clEnqueueWriteBuffer(cl_command_queue queue, cl_mem memory, cl_bool waits,
                                 size_t offset, size_t size, const void *from, cl_uint count,
                                 const cl_event *before, cl_event *event)
{
    (void)waits, (void)count, (void)before;
    const cl_int code = fault_now("clEnqueueWriteBuffer");
    if (code)
        return code;
    if (!reaches(memory, offset, size))
        return CL_INVALID_VALUE;
    memcpy(memory->bytes + offset, from, size);
    return end("clEnqueueWriteBuffer", queue, event);
}

cl_int stub_clEnqueueFillBuffer(cl_command_queue queue, cl_mem memory, const void *pattern,
                                size_t pattern_size, size_t offset, size_t size, cl_uint count,
                                const cl_event *before, cl_event *event)
{
    (void)count, (void)before;
    const cl_int code = fault_now("clEnqueueFillBuffer");
    if (code)
        return code;
    if (!reaches(memory, offset, size) || size % pattern_size)
        return CL_INVALID_VALUE;
    for (size_t at = 0; at < size; at += pattern_size)
        memcpy(memory->bytes + offset + at, pattern, pattern_size);
    return end("clEnqueueFillBuffer", queue, event);
}

cl_int stub_clEnqueueNDRangeKernel(cl_command_queue queue, cl_kernel kernel, cl_uint rank,
                                   const size_t *offset, const size_t *global, const size_t *local,
                                   cl_uint count, const cl_event *before, cl_event *event)
{
    (void)rank, (void)offset, (void)global, (void)local, (void)count, (void)before;
    const cl_int code = fault_now("clEnqueueNDRangeKernel");
    if (code)
        return code;
    compute(kernel);
    return end("clEnqueueNDRangeKernel", queue, event);
}

cl_int stub_clEnqueueMarkerWithWaitList(cl_command_queue queue, cl_uint count,
                                        const cl_event *before, cl_event *event)
{
    (void)count, (void)before;
    const cl_int code = fault_now("clEnqueueMarkerWithWaitList");
    return code ? code : end("clEnqueueMarkerWithWaitList", queue, event);
}

/* ---- events ---- */

cl_int stub_clWaitForEvents(cl_uint count, const cl_event *events)
{
    const cl_int code = fault_now("clWaitForEvents");
    for (cl_uint i = 0; !code && i < count; i++)
        if (events[i]->code < 0)
            return CL_EXEC_STATUS_ERROR_FOR_EVENTS_IN_WAIT_LIST;
    return code;
}

cl_int stub_clGetEventInfo(cl_event event, cl_event_info what, size_t room, void *to,
                           size_t *needed)
{
    const cl_int code = fault_now("clGetEventInfo");
    if (code)
        return code;
    return what == CL_EVENT_COMMAND_EXECUTION_STATUS
               ? give_info(&event->code, sizeof event->code, room, to, needed)
               : CL_INVALID_VALUE;
}

cl_int stub_clReleaseEvent(cl_event event)
{
    if (object_release(event))
        free(event);
    return CL_SUCCESS;
}
