/* Keeps the folder of the disk cache within its limits. */
#ifndef CLWISE_CACHE_DISK_EVICT_H
#define CLWISE_CACHE_DISK_EVICT_H

#include <stdatomic.h>

#include <clwise/clwise.h>

enum { ROOM_MAX_ENTRIES = 65536 };

/* What may be stored before the folder must be listed again. Other processes store too, so it is
 * never more than a small share of the limit. */
struct room {
    uint64_t limit;
    atomic_llong bytes, entries;
    atomic_flag busy; /* a thread is listing */
};

void room_init(struct room *room, uint64_t limit);
/* 0 if an entry of that size would push out all others. */
int room_fits(const struct room *room, size_t bytes);
/* Accounts for an entry that was stored. Once in a while that lists the folder, and if a limit is
 * exceeded removes the entries whose last use is longest ago. */
void room_take(struct room *room, size_t bytes, int folder, const clw_allocator *allocator);

#endif
