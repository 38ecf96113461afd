/* Released device memory, kept for arrays to come: new pages are not touched anew. Memory may be
 * given to another array while queued work still uses it, since what comes after that on the queue
 * runs after it. */
#ifndef CLWISE_DEVICE_POOL_H
#define CLWISE_DEVICE_POOL_H

#include <pthread.h>
#include <stdint.h>

#include <clwise/clwise.h>

struct buffer;

enum {
    POOL_UNIT = 64,     /* bytes: a cache line, and what small sizes are multiples of */
    POOL_STEPS = 8,     /* sizes between a power of two and the next */
    POOL_CLASSES = 480, /* up to 2^64 bytes */
    POOL_SHARE = 4      /* the part of a device's memory that is kept unless a limit is given */
};

/* From the one that was released last to the one that was released first. */
struct pool_list {
    struct buffer *first, *last;
};

/* The lists that a buffer is in: of its size, and of all sizes. */
enum pool_order { POOL_BY_SIZE, POOL_BY_AGE, POOL_ORDERS };

struct pool_link {
    struct buffer *before, *after;
};

struct pool {
    pthread_mutex_t lock; /* never held while a driver works */
    uint64_t limit;       /* of stats.pooled */
    clw_memory_stats stats;
    struct pool_list by_age, by_size[POOL_CLASSES];
};

int pool_init(struct pool *pool); /* 0 if memory ran out */
void pool_finish(struct pool *pool);

/* How large memory for `bytes` bytes, at least one, is made: at most an eighth larger, or a unit,
 * so that it fits more arrays; exactly that large where it is too large to be kept. No larger than
 * `most`, which `bytes` is not. */
size_t pool_capacity(const struct pool *pool, size_t bytes, uint64_t most);
/* A buffer of the capacity, of which nobody else knows, or NULL: then the caller makes one, and
 * calls pool_forget if that fails. */
struct buffer *pool_take(struct pool *pool, size_t capacity);
/* Keeps the buffer. Returns those that are then too many, linked by pool_next. */
struct buffer *pool_give(struct pool *pool, struct buffer *buffer);
/* A buffer that was taken will not come back. */
void pool_forget(struct pool *pool, size_t capacity);
/* Takes buffers out, those that were released first, until at most `keep` bytes are pooled. */
struct buffer *pool_trim(struct pool *pool, uint64_t keep);
void pool_count(struct pool *pool, clw_memory_stats *stats);
/* Of buffers that are no longer in the pool. */
struct buffer *pool_next(const struct buffer *buffer);

#endif
