#include "runtime/base/memory.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static void *allocate(const clw_allocator *allocator, size_t bytes)
{
    if (bytes == 0)
        bytes = 1;
    return allocator ? allocator->allocate(bytes, allocator->data) : malloc(bytes);
}

void *memory_new(const clw_allocator *allocator, size_t count, size_t size)
{
    if (size && count > SIZE_MAX / size)
        return NULL;
    void *memory = allocate(allocator, count * size);
    if (memory)
        memset(memory, 0, count * size);
    return memory;
}

void *memory_grow(const clw_allocator *allocator, void *memory, size_t old_bytes, size_t bytes)
{
    void *grown = allocate(allocator, bytes);
    if (!grown)
        return NULL;
    if (memory)
        memcpy(grown, memory, old_bytes < bytes ? old_bytes : bytes);
    memory_free(allocator, memory);
    return grown;
}

void *memory_reserve(const clw_allocator *allocator, void *memory, int *room, int needed,
                     size_t size)
{
    if (needed <= *room)
        return memory;
    const int more = needed > 2 * *room ? needed : 2 * *room;
    void *grown = memory_grow(allocator, memory, (size_t)*room * size, (size_t)more * size);
    if (grown)
        *room = more;
    return grown;
}

void memory_free(const clw_allocator *allocator, void *memory)
{
    if (!memory)
        return;
    if (allocator)
        allocator->release(memory, allocator->data);
    else
        free(memory);
}

char *memory_copy_text(const clw_allocator *allocator, const char *text, size_t length)
{
    char *copy = memory_new(allocator, length + 1, 1);
    if (copy)
        memcpy(copy, text, length);
    return copy;
}
