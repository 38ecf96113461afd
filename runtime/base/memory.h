/* The library's own memory, through the context's allocator. */
#ifndef CLWISE_BASE_MEMORY_H
#define CLWISE_BASE_MEMORY_H

#include <clwise/clwise.h>

/* All take NULL for malloc and free. memory_new returns zeroed memory; memory_free accepts NULL. */
void *memory_new(const clw_allocator *allocator, size_t count, size_t size);
void *memory_grow(const clw_allocator *allocator, void *memory, size_t old_bytes, size_t bytes);
/* Room for `needed` elements of `size` bytes and more to come: `memory` itself, or moved. *room is
 * how many it has room for. NULL if memory ran out; then nothing has changed. */
void *memory_reserve(const clw_allocator *allocator, void *memory, int *room, int needed,
                     size_t size);
void memory_free(const clw_allocator *allocator, void *memory);
char *memory_copy_text(const clw_allocator *allocator, const char *text, size_t length);

#endif
