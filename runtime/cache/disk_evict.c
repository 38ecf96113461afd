#include "runtime/cache/disk_evict.h"

#include <errno.h>
#include <stdlib.h>

#include "runtime/base/file.h"
#include "runtime/cache/disk_folder.h"

/* Down to nine tenths, so that not every store has to remove something. */
static uint64_t reduced(uint64_t limit)
{
    return limit - limit / 10;
}

/* A process lists again after it has stored a sixteenth of the limit: so many processes that never
 * hear of each other may exceed it by so many sixteenths. */
static long long share(uint64_t limit, uint64_t used)
{
    const uint64_t left = used < limit ? limit - used : 0;
    return (long long)(left < limit / 16 ? left : limit / 16);
}

void room_init(struct room *room, uint64_t limit)
{
    room->limit = limit;
    atomic_init(&room->bytes, 0);
    atomic_init(&room->entries, 0);
    atomic_flag_clear(&room->busy);
}

int room_fits(const struct room *room, size_t bytes)
{
    return bytes <= reduced(room->limit);
}

static int by_last_use(const void *left, const void *right)
{
    const struct folder_item *a = left, *b = right;
    if (a->used != b->used)
        return a->used < b->used ? -1 : 1;
    if (a->used_nanoseconds != b->used_nanoseconds)
        return a->used_nanoseconds < b->used_nanoseconds ? -1 : 1;
    return hash_compare(a->number, b->number);
}

static void evict(int folder, uint64_t limit, struct folder_list *list)
{
    if (list->bytes <= limit && list->count <= ROOM_MAX_ENTRIES)
        return;
    qsort(list->items, list->count, sizeof *list->items, by_last_use);
    size_t left = list->count;
    for (size_t i = 0; i < list->count; i++) {
        if (list->bytes <= reduced(limit) && left <= reduced(ROOM_MAX_ENTRIES))
            break;
        char name[FOLDER_NAME_SIZE];
        folder_name(list->items[i].number, ENTRY_SUFFIX, name);
        /* Gone already if another process evicts too. */
        if (file_remove(folder, name) < 0 && errno != ENOENT)
            continue;
        list->bytes -= list->items[i].bytes;
        left--;
    }
    list->count = left;
}

static void measure(struct room *room, int folder, const clw_allocator *allocator)
{
    struct folder_list list;
    if (folder_list(folder, allocator, &list) != 0)
        return;
    evict(folder, room->limit, &list);
    atomic_store(&room->bytes, share(room->limit, list.bytes));
    atomic_store(&room->entries, share(ROOM_MAX_ENTRIES, list.count));
    folder_list_finish(&list);
}

void room_take(struct room *room, size_t bytes, int folder, const clw_allocator *allocator)
{
    const long long taken = (long long)bytes;
    const long long bytes_left = atomic_fetch_sub(&room->bytes, taken) - taken;
    const long long entries_left = atomic_fetch_sub(&room->entries, 1) - 1;
    const int enough = bytes_left >= 0 && entries_left >= 0;
    if (enough || atomic_flag_test_and_set(&room->busy))
        return;
    measure(room, folder, allocator);
    atomic_flag_clear(&room->busy);
}
