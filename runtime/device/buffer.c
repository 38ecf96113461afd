#include "runtime/device/buffer.h"

#include <unistd.h>

#include "runtime/base/memory.h"

/* Drivers give at least this for their own memory: CL_DEVICE_MEM_BASE_ADDR_ALIGN is 1024 bits. */
enum { MOST_ALIGNMENT = 16 };

static struct buffer *new_buffer(struct device *device, size_t bytes, clw_error *error)
{
    struct buffer *buffer = memory_new(device->allocator, 1, sizeof *buffer);
    if (!buffer) {
        fail_memory(error);
        return NULL;
    }
    buffer->device = device;
    buffer->bytes = bytes;
    buffer->alignment = MOST_ALIGNMENT;
    atomic_init(&buffer->references, 1);
    return buffer;
}

/* Device memory of the buffer's size, over `host` if that is not NULL. */
static clw_status create_memory(struct buffer *buffer, void *host, clw_error *error)
{
    const struct device *device = buffer->device;
    if (buffer->bytes == 0 || !device->context)
        return CLW_OK;
    if (buffer->bytes > device->info.largest_buffer)
        return fail(error, CLW_ERROR_DEVICE_MEMORY,
                    "an array of %zu bytes exceeds the largest buffer of %s, %llu bytes",
                    buffer->bytes, device->info.device_name,
                    (unsigned long long)device->info.largest_buffer);
    cl_int code;
    buffer->memory =
        clCreateBuffer(device->context, CL_MEM_READ_WRITE | (host ? CL_MEM_USE_HOST_PTR : 0U),
                       buffer->bytes, host, &code);
    buffer->root = buffer->memory;
    return buffer->memory ? CLW_OK : fail_cl(error, code, "clCreateBuffer");
}

static void free_buffer(struct buffer *buffer)
{
    if (buffer->memory && buffer->device->pid == getpid())
        clReleaseMemObject(buffer->memory);
    memory_free(buffer->device->allocator, buffer);
}

clw_status buffer_new(struct device *device, size_t bytes, struct buffer **out, clw_error *error)
{
    struct buffer *buffer = new_buffer(device, bytes, error);
    if (!buffer)
        return CLW_ERROR_MEMORY;
    const clw_status status = create_memory(buffer, NULL, error);
    if (status)
        free_buffer(buffer);
    else
        *out = buffer;
    return status;
}

static int address_alignment(const void *address)
{
    int alignment = 1;
    while (alignment < MOST_ALIGNMENT && (uintptr_t)address % (2U * (unsigned)alignment) == 0)
        alignment *= 2;
    return alignment;
}

clw_status buffer_wrap(struct device *device, void *data, size_t bytes, struct buffer **out,
                       clw_error *error)
{
    struct buffer *buffer = new_buffer(device, bytes, error);
    if (!buffer)
        return CLW_ERROR_MEMORY;
    int shared = 0;
    clw_status status = bytes ? device_shares_memory(device, data, &shared, error) : CLW_OK;
    if (!status)
        status = create_memory(buffer, shared ? data : NULL, error);
    if (!status && buffer->memory && !shared)
        status = buffer_write(buffer, 0, data, bytes, error);
    if (status) {
        free_buffer(buffer);
        return status;
    }
    if (shared) {
        buffer->host = data;
        buffer->alignment = address_alignment(data);
    }
    buffer->wrapped = data;
    *out = buffer;
    return CLW_OK;
}

/* What OpenCL says of a buffer. */
struct facts {
    cl_context context;
    cl_mem_object_type type;
    size_t bytes, origin;
    void *host;   /* the memory of the caller's that it is, or NULL */
    cl_mem whole; /* NULL: it is no part of another */
};

static cl_int get_facts(cl_mem memory, struct facts *facts)
{
    const struct {
        cl_mem_info what;
        size_t size;
        void *to;
    } rows[] = {
        {CL_MEM_CONTEXT, sizeof facts->context, &facts->context},
        {CL_MEM_TYPE, sizeof facts->type, &facts->type},
        {CL_MEM_SIZE, sizeof facts->bytes, &facts->bytes},
        {CL_MEM_OFFSET, sizeof facts->origin, &facts->origin},
        {CL_MEM_HOST_PTR, sizeof facts->host, &facts->host},
        {CL_MEM_ASSOCIATED_MEMOBJECT, sizeof(cl_mem), (void *)&facts->whole},
    };
    cl_int code = CL_SUCCESS;
    for (size_t i = 0; !code && i < sizeof rows / sizeof *rows; i++)
        code = clGetMemObjectInfo(memory, rows[i].what, rows[i].size, rows[i].to, NULL);
    return code;
}

clw_status buffer_adopt(struct device *device, cl_mem memory, struct buffer **out, clw_error *error)
{
    struct facts facts;
    const cl_int code = get_facts(memory, &facts);
    if (code)
        return fail_cl(error, code, "clGetMemObjectInfo");
    if (facts.context != device->context || facts.type != CL_MEM_OBJECT_BUFFER)
        return fail(error, CLW_ERROR_ARGUMENT, "the memory object %s",
                    facts.type == CL_MEM_OBJECT_BUFFER ? "belongs to another OpenCL context"
                                                       : "is no buffer");
    struct buffer *buffer = new_buffer(device, facts.bytes, error);
    if (!buffer)
        return CLW_ERROR_MEMORY;
    clRetainMemObject(memory);
    buffer->memory = memory;
    buffer->root = facts.whole ? facts.whole : memory;
    buffer->origin = (int64_t)facts.origin;
    buffer->alignment = address_alignment(facts.host);
    *out = buffer;
    return CLW_OK;
}

struct buffer *buffer_retain(struct buffer *buffer)
{
    atomic_fetch_add_explicit(&buffer->references, 1, memory_order_relaxed);
    return buffer;
}

void buffer_release(struct buffer *buffer)
{
    if (!buffer || atomic_fetch_sub_explicit(&buffer->references, 1, memory_order_acq_rel) != 1)
        return;
    /* The caller may free wrapped memory from now on: no queued work may still use it. */
    if (buffer->host && buffer->device->pid == getpid())
        device_wait(buffer->device, NULL);
    void *const wrapped = buffer->wrapped, *const argument = buffer->release_argument;
    const clw_release_fn release = buffer->release;
    free_buffer(buffer);
    if (release)
        release(wrapped, argument);
}

/* A copy blocks by itself, or on a queue that ends early by its event. */
static cl_bool blocks(const struct buffer *buffer)
{
    return buffer->device->ends_early ? CL_FALSE : CL_TRUE;
}

static clw_status end_copy(const struct buffer *buffer, cl_int code, cl_event end, const char *call,
                           clw_error *error)
{
    if (!code && !blocks(buffer))
        code = device_wait_for(end);
    return code ? fail_cl(error, code, call) : CLW_OK;
}

clw_status buffer_read(struct buffer *buffer, size_t offset, void *dst, size_t bytes,
                       clw_error *error)
{
    cl_event end = NULL;
    if (bytes == 0)
        return CLW_OK;
    const cl_int code =
        clEnqueueReadBuffer(buffer->device->queue, buffer->memory, blocks(buffer), offset, bytes,
                            dst, 0, NULL, blocks(buffer) ? NULL : &end);
    return end_copy(buffer, code, end, "clEnqueueReadBuffer", error);
}

clw_status buffer_write(struct buffer *buffer, size_t offset, const void *src, size_t bytes,
                        clw_error *error)
{
    cl_event end = NULL;
    if (bytes == 0)
        return CLW_OK;
    const cl_int code =
        clEnqueueWriteBuffer(buffer->device->queue, buffer->memory, blocks(buffer), offset, bytes,
                             src, 0, NULL, blocks(buffer) ? NULL : &end);
    return end_copy(buffer, code, end, "clEnqueueWriteBuffer", error);
}

int buffers_share(const struct buffer *a, const struct buffer *b, int64_t *distance)
{
    *distance = 0;
    if (a == b)
        return 1;
    if (a->root && a->root == b->root) {
        *distance = b->origin - a->origin;
        return 1;
    }
    if (!a->host || !b->host)
        return 0;
    *distance = (int64_t)((intptr_t)b->host - (intptr_t)a->host);
    return b->host < a->host + a->bytes && a->host < b->host + b->bytes;
}
