#include "bench/memory.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

void *memory_pages(size_t bytes)
{
    const size_t huge = (size_t)1 << 21;
    const size_t rounded = (bytes / huge + 1) * huge;
    void *memory = aligned_alloc(huge, rounded);
    if (memory) {
        madvise(memory, rounded, MADV_HUGEPAGE);
        memset(memory, 0, rounded);
    }
    return memory;
}
