/* Device memory that arrays share. */
#ifndef CLWISE_DEVICE_BUFFER_H
#define CLWISE_DEVICE_BUFFER_H

#include <stdatomic.h>

#include "runtime/device/device.h"

struct buffer {
    struct device *device;
    atomic_int references;
    atomic_int users; /* claim.c */
    uint64_t serial;  /* no other of the device has or will have it */
    cl_mem memory;    /* NULL: zero bytes, or device "none" */
    cl_mem root;      /* what `memory` is a part of, from byte `origin` on; else itself */
    int64_t origin;
    size_t bytes;
    unsigned char *host;    /* the caller's memory that `memory` is, if the device shares it */
    void *wrapped;          /* the caller's memory to give back by `release` */
    clw_release_fn release; /* may be NULL */
    void *release_argument;
    int alignment;   /* of the first byte, a power of two up to 16 */
    size_t capacity; /* of `memory` that is the pool's to keep; else 0 */
    atomic_int lent; /* the caller knows `memory`, and may use it when we no longer do */
    struct pool_link links[POOL_ORDERS];
};

/* One reference. DEVICE_MEMORY, MEMORY, OVERFLOW if the device has no buffer that large. */
clw_status buffer_new(struct device *device, size_t bytes, struct buffer **out, clw_error *error);
/* Over the caller's memory: shared where the device can, else copied in. Takes nothing on failure.
 */
clw_status buffer_wrap(struct device *device, void *data, size_t bytes, struct buffer **out,
                       clw_error *error);
/* Over a buffer of the caller's, which is retained. ARGUMENT if it is of another OpenCL context. */
clw_status buffer_adopt(struct device *device, cl_mem memory, struct buffer **out,
                        clw_error *error);
struct buffer *buffer_retain(struct buffer *buffer);
void buffer_release(struct buffer *buffer);
/* Gives pooled memory back to the driver until at most `keep` bytes are left. Returns how many
 * buffers that were. */
int buffers_trim(struct device *device, uint64_t keep);
/* Frees what is pooled, before the device ends. */
void buffers_finish(struct device *device);

/* Blocking copies; they come after all work that is queued. */
clw_status buffer_read(struct buffer *buffer, size_t offset, void *dst, size_t bytes,
                       clw_error *error);
clw_status buffer_write(struct buffer *buffer, size_t offset, const void *src, size_t bytes,
                        clw_error *error);

/* 1 if some byte of a is a byte of b; *distance is then what to add to an offset in b to get the
 * offset in a. */
int buffers_share(const struct buffer *a, const struct buffer *b, int64_t *distance);

#endif
