/* Finds entries of an array by a hash of what they hold. The array is the caller's. */
#ifndef CLWISE_BASE_INDEX_H
#define CLWISE_BASE_INDEX_H

#include <clwise/clwise.h>

struct hash_slot {
    uint64_t hash;
    int entry; /* counted from 1; 0: the slot is free */
};

struct hash_index {
    const clw_allocator *allocator;
    struct hash_slot *slots;
    size_t nslots; /* a power of two, or 0 */
    size_t count;
};

void index_init(struct hash_index *index, const clw_allocator *allocator);
void index_finish(struct hash_index *index);
/* 0 if memory ran out. */
int index_add(struct hash_index *index, uint64_t hash, int entry);
/* The next entry of this hash, -1 after the last; *at is 0 for the first. */
int index_next(const struct hash_index *index, uint64_t hash, size_t *at);

/* A hash with one more number in it. */
static inline uint64_t index_mix(uint64_t hash, uint64_t number)
{
    hash = (hash ^ number) * 0x9e3779b97f4a7c15u;
    return hash ^ hash >> 29;
}

#endif
