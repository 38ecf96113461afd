/* The pool's lists, without memory in the buffers: against a plain model, and in threads. */
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/device/buffer.h"
#include "tests/unit/random_stream.h"

#include <cmocka.h>

enum { LIMIT = 1 << 20 };

static struct pool pool;

static struct buffer *take(size_t bytes)
{
    const size_t capacity = pool_capacity(&pool, bytes, UINT64_MAX);
    struct buffer *buffer = pool_take(&pool, capacity);
    if (!buffer)
        buffer = calloc(1, sizeof *buffer);
    if (buffer)
        buffer->capacity = capacity;
    return buffer;
}

/* Returns how many it was. */
static int drop(struct buffer *first)
{
    int count = 0;
    for (struct buffer *buffer = first, *next; buffer; buffer = next, count++) {
        next = pool_next(buffer);
        free(buffer);
    }
    return count;
}

static int start(void **state)
{
    (void)state;
    if (!pool_init(&pool))
        return 1;
    pool.limit = LIMIT;
    return 0;
}

static int stop(void **state)
{
    (void)state;
    clw_memory_stats stats;
    drop(pool_trim(&pool, 0));
    pool_count(&pool, &stats);
    pool_finish(&pool);
    return stats.in_use != 0 || stats.pooled != 0;
}

/* Up to 2^64 bytes: an eighth more at most, and a capacity is its own. */
static void test_capacities(void **state)
{
    (void)state;
    pool.limit = UINT64_MAX;
    for (int bit = 0; bit < 63; bit++)
        for (int part = -2; part <= 17; part++) {
            const uint64_t bytes =
                ((uint64_t)1 << bit) + (uint64_t)part * (((uint64_t)1 << bit) / 16);
            if (bytes == 0 || bytes > SIZE_MAX / 2)
                continue;
            const uint64_t capacity = pool_capacity(&pool, (size_t)bytes, UINT64_MAX);
            assert_true(capacity >= bytes);
            assert_true(capacity - bytes <= (bytes < 512 ? 63 : bytes / 8));
            assert_true(pool_capacity(&pool, (size_t)capacity, UINT64_MAX) == capacity);
            assert_true(pool_capacity(&pool, (size_t)bytes, bytes) == bytes);
        }
    assert_true(pool_capacity(&pool, SIZE_MAX, UINT64_MAX) == SIZE_MAX);
    drop(pool_give(&pool, take(SIZE_MAX)));
    assert_non_null(pool.by_age.first);
    pool.limit = LIMIT;
    assert_int_equal(drop(pool_trim(&pool, LIMIT)), 1);
    assert_true(pool_capacity(&pool, LIMIT + 1, UINT64_MAX) == LIMIT + 1);
}

/* The one that was released last is taken first; those that were released first are dropped. */
static void test_order(void **state)
{
    (void)state;
    struct buffer *buffers[16];
    for (int i = 0; i < 16; i++)
        buffers[i] = take(LIMIT / 8);
    for (int i = 0; i < 16; i++)
        assert_int_equal(drop(pool_give(&pool, buffers[i])), i >= 8);
    for (int i = 0; i < 8; i++)
        assert_ptr_equal(take(LIMIT / 8), buffers[15 - i]);
    for (int i = 8; i < 16; i++)
        assert_int_equal(drop(pool_give(&pool, buffers[i])), 0);
    struct buffer *other = take(LIMIT / 2);
    assert_int_equal(drop(pool_give(&pool, other)), 4);
    assert_ptr_equal(take(LIMIT / 2), other);
    for (int i = 15; i >= 12; i--)
        assert_ptr_equal(take(LIMIT / 8), buffers[i]);
    pool_forget(&pool, other->capacity);
    free(other);
    for (int i = 12; i < 16; i++) {
        pool_forget(&pool, buffers[i]->capacity);
        free(buffers[i]);
    }
}

enum { THREADS = 64, ROUNDS = 2000, HELD = 4 };

/* A buffer is of one thread: another that had it, too, would write beside this one. */
static void *churn(void *data)
{
    struct random_stream stream = {(uint64_t) * (const int64_t *)data};
    struct buffer *held[HELD] = {NULL};
    size_t wrong = 0;
    for (int round = 0; round < ROUNDS; round++) {
        const uint64_t random = random_bits(&stream);
        struct buffer **slot = &held[random % HELD];
        if (*slot) {
            wrong += (*slot)->origin != *(const int64_t *)data;
            drop(pool_give(&pool, *slot));
            *slot = NULL;
        } else {
            *slot = take(1 + (size_t)(random >> 32) % (LIMIT / 16));
            if (*slot)
                (*slot)->origin = *(const int64_t *)data;
        }
        if (round % 64 == 0)
            drop(pool_trim(&pool, LIMIT / 2));
    }
    for (int i = 0; i < HELD; i++)
        if (held[i])
            drop(pool_give(&pool, held[i]));
    return (void *)wrong;
}

static void test_threads(void **state)
{
    (void)state;
    pthread_t threads[THREADS];
    int64_t seeds[THREADS];
    clw_memory_stats before, after;
    pool_count(&pool, &before);
    for (int i = 0; i < THREADS; i++) {
        seeds[i] = i + 1;
        assert_int_equal(pthread_create(&threads[i], NULL, churn, &seeds[i]), 0);
    }
    for (int i = 0; i < THREADS; i++) {
        void *wrong;
        pthread_join(threads[i], &wrong);
        assert_null(wrong);
    }
    pool_count(&pool, &after);
    assert_true(after.in_use == before.in_use && after.pooled <= LIMIT);
    assert_true(after.hits > before.hits && after.misses > before.misses);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_capacities),
        cmocka_unit_test(test_order),
        cmocka_unit_test(test_threads),
    };
    return cmocka_run_group_tests(tests, start, stop);
}
