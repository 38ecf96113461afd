#include "runtime/base/index.h"

#include "runtime/base/memory.h"

enum { FIRST_SLOTS = 32 };

void index_init(struct hash_index *index, const clw_allocator *allocator)
{
    *index = (struct hash_index){.allocator = allocator};
}

void index_finish(struct hash_index *index)
{
    memory_free(index->allocator, index->slots);
}

static void put(struct hash_slot *slots, size_t nslots, uint64_t hash, int entry)
{
    size_t place = hash & (nslots - 1);
    while (slots[place].entry)
        place = (place + 1) & (nslots - 1);
    slots[place] = (struct hash_slot){hash, entry};
}

/* At most half of the slots are taken, so that a search ends. */
static int grow(struct hash_index *index)
{
    const size_t nslots = index->nslots ? 2 * index->nslots : FIRST_SLOTS;
    struct hash_slot *slots = memory_new(index->allocator, nslots, sizeof *slots);
    if (!slots)
        return 0;
    for (size_t i = 0; i < index->nslots; i++)
        if (index->slots[i].entry)
            put(slots, nslots, index->slots[i].hash, index->slots[i].entry);
    memory_free(index->allocator, index->slots);
    index->slots = slots;
    index->nslots = nslots;
    return 1;
}

int index_add(struct hash_index *index, uint64_t hash, int entry)
{
    if (2 * (index->count + 1) > index->nslots && !grow(index))
        return 0;
    put(index->slots, index->nslots, hash, entry + 1);
    index->count++;
    return 1;
}

int index_next(const struct hash_index *index, uint64_t hash, size_t *at)
{
    while (index->nslots) {
        const struct hash_slot *slot = &index->slots[(hash + (*at)++) & (index->nslots - 1)];
        if (!slot->entry)
            break;
        if (slot->hash == hash)
            return slot->entry - 1;
    }
    return -1;
}
