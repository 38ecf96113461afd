#include "runtime/device/buffer.h"

#include "runtime/base/memory.h"
#include "runtime/device/work.h"

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
    buffer->serial = atomic_fetch_add_explicit(&device->buffers, 1, memory_order_relaxed);
    buffer->bytes = bytes;
    buffer->alignment = MOST_ALIGNMENT;
    atomic_init(&buffer->references, 1);
    return buffer;
}

static clw_status check_size(const struct device *device, size_t bytes, clw_error *error)
{
    if (bytes <= device->info.largest_buffer)
        return CLW_OK;
    return fail(error, CLW_ERROR_DEVICE_MEMORY,
                "an array of %zu bytes exceeds the largest buffer of %s, %llu bytes", bytes,
                device->info.device_name, (unsigned long long)device->info.largest_buffer);
}

/* Device memory of `bytes` bytes, over `host` if that is not NULL. */
static clw_status create_memory(struct buffer *buffer, size_t bytes, void *host, clw_error *error)
{
    const cl_mem_flags flags = CL_MEM_READ_WRITE | (host ? CL_MEM_USE_HOST_PTR : 0U);
    struct device *device = buffer->device;
    cl_int code;
    buffer->memory = clCreateBuffer(device->context, flags, bytes, host, &code);
    /* What is pooled may be what lacks; and what queued work uses is not free before its end. */
    if (!buffer->memory && buffers_trim(device, 0) && !device_wait(device, NULL))
        buffer->memory = clCreateBuffer(device->context, flags, bytes, host, &code);
    buffer->root = buffer->memory;
    return buffer->memory ? CLW_OK : fail_cl(error, code, "clCreateBuffer");
}

static void free_buffer(struct buffer *buffer)
{
    if (buffer->memory && process_is_same(&buffer->device->process))
        clReleaseMemObject(buffer->memory);
    memory_free(buffer->device->allocator, buffer);
}

static int free_all(struct buffer *first)
{
    int count = 0;
    for (struct buffer *buffer = first, *next; buffer; buffer = next, count++) {
        next = pool_next(buffer);
        free_buffer(buffer);
    }
    return count;
}

static clw_status new_pooled(struct device *device, size_t bytes, size_t capacity,
                             struct buffer **out, clw_error *error)
{
    struct buffer *buffer = new_buffer(device, bytes, error);
    clw_status status = buffer ? CLW_OK : CLW_ERROR_MEMORY;
    if (!status)
        status = create_memory(buffer, capacity, NULL, error);
    if (!status) {
        buffer->capacity = capacity;
        *out = buffer;
        return CLW_OK;
    }
    memory_free(device->allocator, buffer);
    pool_forget(&device->pool, capacity);
    return status;
}

clw_status buffer_new(struct device *device, size_t bytes, struct buffer **out, clw_error *error)
{
    if (bytes == 0 || !device->context) {
        struct buffer *const empty = new_buffer(device, bytes, error);
        if (empty)
            *out = empty;
        return empty ? CLW_OK : CLW_ERROR_MEMORY;
    }
    const clw_status status = check_size(device, bytes, error);
    if (status)
        return status;
    const size_t capacity = pool_capacity(&device->pool, bytes, device->info.largest_buffer);
    struct buffer *buffer = pool_take(&device->pool, capacity);
    if (!buffer)
        return new_pooled(device, bytes, capacity, out, error);
    buffer->bytes = bytes;
    atomic_store_explicit(&buffer->references, 1, memory_order_relaxed);
    *out = buffer;
    return CLW_OK;
}

int buffers_trim(struct device *device, uint64_t keep)
{
    return free_all(pool_trim(&device->pool, keep));
}

void buffers_finish(struct device *device)
{
    /* In a forked child a thread that is not there may hold the lock: what it was changing stays.
     */
    if (!process_is_same(&device->process)) {
        if (pthread_mutex_trylock(&device->pool.lock))
            return;
        pthread_mutex_unlock(&device->pool.lock);
    }
    buffers_trim(device, 0);
}

static int address_alignment(const void *address)
{
    int alignment = 1;
    while (alignment < MOST_ALIGNMENT && (uintptr_t)address % (2U * (unsigned)alignment) == 0)
        alignment *= 2;
    return alignment;
}

static clw_status share_memory(struct device *device, void *data, size_t bytes, struct buffer **out,
                               clw_error *error)
{
    struct buffer *buffer = new_buffer(device, bytes, error);
    if (!buffer)
        return CLW_ERROR_MEMORY;
    clw_status status = check_size(device, bytes, error);
    if (!status)
        status = create_memory(buffer, bytes, data, error);
    if (status) {
        memory_free(device->allocator, buffer);
        return status;
    }
    buffer->host = data;
    buffer->alignment = address_alignment(data);
    *out = buffer;
    return CLW_OK;
}

clw_status buffer_wrap(struct device *device, void *data, size_t bytes, struct buffer **out,
                       clw_error *error)
{
    struct buffer *buffer = NULL;
    int shared = 0;
    clw_status status = bytes ? device_shares_memory(device, data, &shared, error) : CLW_OK;
    if (!status)
        status = shared ? share_memory(device, data, bytes, &buffer, error)
                        : buffer_new(device, bytes, &buffer, error);
    if (!status && !shared)
        status = buffer_write(buffer, 0, data, bytes, error);
    if (status) {
        buffer_release(buffer);
        return status;
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

static void put_away(struct buffer *buffer)
{
    struct pool *pool = &buffer->device->pool;
    const int is_kept = buffer->capacity && !atomic_load(&buffer->lent) &&
                        process_is_same(&buffer->device->process);
    if (is_kept) {
        free_all(pool_give(pool, buffer));
        return;
    }
    if (buffer->capacity && process_is_same(&buffer->device->process))
        pool_forget(pool, buffer->capacity);
    free_buffer(buffer);
}

void buffer_release(struct buffer *buffer)
{
    if (!buffer || atomic_fetch_sub_explicit(&buffer->references, 1, memory_order_acq_rel) != 1)
        return;
    /* The caller may free wrapped memory from now on: no queued work may still use it. */
    if (buffer->host && process_is_same(&buffer->device->process))
        device_wait(buffer->device, NULL);
    void *const wrapped = buffer->wrapped, *const argument = buffer->release_argument;
    const clw_release_fn release = buffer->release;
    buffer->release = NULL;
    put_away(buffer);
    if (release)
        release(wrapped, argument);
}

clw_status buffer_read(struct buffer *buffer, size_t offset, void *dst, size_t bytes,
                       clw_error *error)
{
    struct work work;
    if (bytes == 0)
        return CLW_OK;
    cl_int code = work_begin_copy(buffer, 0, &work);
    if (!code)
        code = clEnqueueReadBuffer(work.queue, buffer->memory, work.blocks, offset, bytes, dst, 0,
                                   NULL, work_event(&work));
    code = work_end(&work, code);
    return code ? fail_cl(error, code, "clEnqueueReadBuffer") : CLW_OK;
}

clw_status buffer_write(struct buffer *buffer, size_t offset, const void *src, size_t bytes,
                        clw_error *error)
{
    struct work work;
    if (bytes == 0)
        return CLW_OK;
    cl_int code = work_begin_copy(buffer, 1, &work);
    if (!code)
        code = clEnqueueWriteBuffer(work.queue, buffer->memory, work.blocks, offset, bytes, src, 0,
                                    NULL, work_event(&work));
    code = work_end(&work, code);
    return code ? fail_cl(error, code, "clEnqueueWriteBuffer") : CLW_OK;
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
