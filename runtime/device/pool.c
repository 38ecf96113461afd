#include "runtime/device/pool.h"

#include "runtime/device/buffer.h"

int pool_init(struct pool *pool)
{
    *pool = (struct pool){0};
    return pthread_mutex_init(&pool->lock, NULL) == 0;
}

void pool_finish(struct pool *pool)
{
    pthread_mutex_destroy(&pool->lock);
}

/* ---- sizes ---- */

/* The first of 1 to 16 and of 9 to 16 times 2, 4, 8, ... that is not less; *class counts them. */
static uint64_t round_units(uint64_t units, int *class)
{
    int octave = 0;
    uint64_t steps = units;
    while (steps > 2 * POOL_STEPS) {
        octave++;
        steps = ((units - 1) >> octave) + 1;
    }
    *class = octave * POOL_STEPS + (int)steps - 1;
    return steps << octave;
}

static uint64_t units_of(size_t bytes)
{
    return ((uint64_t)bytes - 1) / POOL_UNIT + 1;
}

size_t pool_capacity(const struct pool *pool, size_t bytes, uint64_t most)
{
    int class;
    const uint64_t units = round_units(units_of(bytes), &class);
    const uint64_t capacity = units > SIZE_MAX / POOL_UNIT ? SIZE_MAX : units * POOL_UNIT;
    return capacity > pool->limit || capacity > most ? bytes : (size_t)capacity;
}

static struct pool_list *list_of(struct pool *pool, size_t capacity)
{
    int class;
    round_units(units_of(capacity), &class);
    return &pool->by_size[class];
}

/* ---- lists ---- */

static void put_first(struct pool_list *list, struct buffer *buffer, enum pool_order order)
{
    buffer->links[order] = (struct pool_link){.after = list->first};
    if (list->first)
        list->first->links[order].before = buffer;
    else
        list->last = buffer;
    list->first = buffer;
}

static void take_out(struct pool_list *list, struct buffer *buffer, enum pool_order order)
{
    const struct pool_link *link = &buffer->links[order];
    *(link->before ? &link->before->links[order].after : &list->first) = link->after;
    *(link->after ? &link->after->links[order].before : &list->last) = link->before;
}

static void take_out_of_all(struct pool *pool, struct pool_list *by_size, struct buffer *buffer)
{
    take_out(by_size, buffer, POOL_BY_SIZE);
    take_out(&pool->by_age, buffer, POOL_BY_AGE);
    pool->stats.pooled -= buffer->capacity;
}

struct buffer *pool_next(const struct buffer *buffer)
{
    return buffer->links[POOL_BY_AGE].after;
}

/* The lock is held. */
static struct buffer *trim(struct pool *pool, uint64_t keep)
{
    struct buffer *out = NULL;
    while (pool->stats.pooled > keep) {
        struct buffer *oldest = pool->by_age.last;
        take_out_of_all(pool, list_of(pool, oldest->capacity), oldest);
        oldest->links[POOL_BY_AGE].after = out;
        out = oldest;
    }
    return out;
}

/* ---- use ---- */

/* Sizes that are not a class's own lie in its list, too: those are exact for large arrays. */
static struct buffer *first_that_fits(const struct pool_list *list, size_t capacity)
{
    return list->first && list->first->capacity == capacity ? list->first : NULL;
}

struct buffer *pool_take(struct pool *pool, size_t capacity)
{
    struct pool_list *list = list_of(pool, capacity);
    pthread_mutex_lock(&pool->lock);
    struct buffer *buffer = first_that_fits(list, capacity);
    if (buffer)
        take_out_of_all(pool, list, buffer);
    clw_memory_stats *stats = &pool->stats;
    stats->hits += buffer != NULL;
    stats->misses += buffer == NULL;
    stats->in_use += capacity;
    if (stats->in_use + stats->pooled > stats->peak)
        stats->peak = stats->in_use + stats->pooled;
    pthread_mutex_unlock(&pool->lock);
    return buffer;
}

struct buffer *pool_give(struct pool *pool, struct buffer *buffer)
{
    struct pool_list *list = list_of(pool, buffer->capacity);
    if (buffer->capacity > pool->limit) {
        pool_forget(pool, buffer->capacity);
        buffer->links[POOL_BY_AGE].after = NULL;
        return buffer;
    }
    pthread_mutex_lock(&pool->lock);
    put_first(list, buffer, POOL_BY_SIZE);
    put_first(&pool->by_age, buffer, POOL_BY_AGE);
    pool->stats.in_use -= buffer->capacity;
    pool->stats.pooled += buffer->capacity;
    struct buffer *out = trim(pool, pool->limit);
    pthread_mutex_unlock(&pool->lock);
    return out;
}

void pool_forget(struct pool *pool, size_t capacity)
{
    pthread_mutex_lock(&pool->lock);
    pool->stats.in_use -= capacity;
    pthread_mutex_unlock(&pool->lock);
}

void pool_count(struct pool *pool, clw_memory_stats *stats)
{
    pthread_mutex_lock(&pool->lock);
    *stats = pool->stats;
    pthread_mutex_unlock(&pool->lock);
}

struct buffer *pool_trim(struct pool *pool, uint64_t keep)
{
    pthread_mutex_lock(&pool->lock);
    struct buffer *out = trim(pool, keep);
    pthread_mutex_unlock(&pool->lock);
    return out;
}
