/* An allocator whose n-th call fails, and which counts what is not released. */
#ifndef TESTS_UNIT_FAILING_ALLOCATOR_H
#define TESTS_UNIT_FAILING_ALLOCATOR_H

#include <stdlib.h>

#include <clwise/clwise.h>

struct failing_allocator {
    clw_allocator allocator;
    int calls, fail_at; /* fail_at 0: never; counted from 1 */
    int alive;
};

static inline void *failing_allocate(size_t bytes, void *data)
{
    struct failing_allocator *failing = data;
    if (++failing->calls == failing->fail_at)
        return NULL;
    void *memory = malloc(bytes);
    failing->alive += memory != NULL;
    return memory;
}

static inline void failing_release(void *memory, void *data)
{
    struct failing_allocator *failing = data;
    failing->alive--;
    free(memory);
}

static inline void failing_init(struct failing_allocator *failing, int fail_at)
{
    *failing =
        (struct failing_allocator){{failing_allocate, failing_release, failing}, 0, fail_at, 0};
}

#endif
