#include "runtime/cache/disk_folder.h"

#include <errno.h>
#include <limits.h>
#include <signal.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "runtime/base/file.h"
#include "runtime/base/memory.h"
#include "runtime/cache/disk_entry.h"

_Static_assert(sizeof ENTRY_SUFFIX == sizeof TEMPORARY_SUFFIX, "names share one size");

enum { STALE_SECONDS = 3600 };

const char folder_no_entry[] = "no entry";

void folder_name(struct hash128 number, const char *suffix, char name[FOLDER_NAME_SIZE])
{
    hash_hex(number, name);
    memcpy(name + HASH_HEX_LENGTH, suffix, sizeof ENTRY_SUFFIX);
}

int folder_parse_name(const char *name, const char *suffix, struct hash128 *number)
{
    return hash_from_hex(name, number) && strcmp(name + HASH_HEX_LENGTH, suffix) == 0;
}

static const char *folder_check(int folder)
{
    struct stat facts;
    if (file_stat(folder, &facts) < 0)
        return file_problem(errno);
    if (facts.st_uid != geteuid())
        return "the folder belongs to another user";
    if (facts.st_mode & (S_IWGRP | S_IWOTH))
        return "other users may write to the folder";
    return NULL;
}

int folder_open(const char *path, int make, const char **problem)
{
    *problem = NULL;
    int folder = file_open_folder(path);
    if (folder < 0 && errno == ENOENT) {
        if (!make)
            return -1;
        if (file_make_folder(path) == 0)
            folder = file_open_folder(path);
    }
    if (folder < 0) {
        *problem = file_problem(errno);
        return -1;
    }
    *problem = folder_check(folder);
    if (*problem) {
        file_close(folder);
        return -1;
    }
    return folder;
}

struct hash128 folder_temporary(uint32_t serial, uint64_t salt)
{
    return (struct hash128){.low = salt, .high = (uint64_t)getpid() << 32 | serial};
}

/* Where processes of several hosts or containers share a folder, one that lives may look dead. It
 * then finds its file gone, and its binary is not stored: no harm done. */
static int writer_lives(struct hash128 number)
{
    const uint64_t process = number.high >> 32;
    return process != 0 && process <= INT_MAX && (kill((pid_t)process, 0) == 0 || errno != ESRCH);
}

struct sweep {
    int folder, removed;
    time_t now;
};

static void sweep_one(void *data, const char *name)
{
    struct sweep *sweep = data;
    struct hash128 number;
    if (!folder_parse_name(name, TEMPORARY_SUFFIX, &number))
        return;
    struct stat facts;
    const int stale = !writer_lives(number) || (file_stat_at(sweep->folder, name, &facts) == 0 &&
                                                sweep->now - facts.st_mtim.tv_sec > STALE_SECONDS);
    if (stale && file_remove(sweep->folder, name) == 0)
        sweep->removed++;
}

int folder_sweep(int folder)
{
    struct sweep sweep = {.folder = folder, .now = time(NULL)};
    file_each(folder, sweep_one, &sweep);
    return sweep.removed;
}

static const char *entry_check(const struct stat *facts)
{
    if (!S_ISREG(facts->st_mode))
        return "not a plain file";
    if (facts->st_uid != geteuid())
        return "foreign owner";
    /* It has none at all if another process replaced it after it was opened. */
    if (facts->st_nlink > 1)
        return "several hard links";
    if (facts->st_mode & (S_IRWXG | S_IRWXO))
        return "open to other users";
    if (facts->st_size < 0 || facts->st_size > ENTRY_LIMIT)
        return "wrong length";
    return NULL;
}

/* What is wrong with a file because a call on it failed: 0, or the errno if it may be good. */
static int blame(int error, const char **problem)
{
    *problem = error == ENOENT ? folder_no_entry : file_problem(error);
    return error == ENOMEM || error == EMFILE || error == ENFILE ? error : 0;
}

static int read_opened(int file, const clw_allocator *allocator, unsigned char **bytes,
                       size_t *count, const char **problem)
{
    struct stat facts;
    if (file_stat(file, &facts) < 0)
        return blame(errno, problem);
    *problem = entry_check(&facts);
    if (*problem)
        return 0;
    const size_t size = (size_t)facts.st_size;
    *bytes = memory_new(allocator, size, 1);
    if (!*bytes)
        return blame(ENOMEM, problem);
    int error = 0;
    if (file_read(file, *bytes, size, count) < 0)
        error = blame(errno, problem);
    else if (*count != size)
        *problem = "wrong length";
    if (*problem)
        memory_free(allocator, *bytes);
    return error;
}

int folder_read(int folder, const char *name, const clw_allocator *allocator, unsigned char **bytes,
                size_t *count, const char **problem)
{
    const int file = file_open(folder, name);
    if (file < 0)
        return blame(errno, problem);
    const int error = read_opened(file, allocator, bytes, count, problem);
    file_close(file);
    return error;
}

struct listing {
    int folder, error;
    struct folder_list *list;
    size_t capacity;
};

static int reserve_item(struct listing *listing)
{
    struct folder_list *list = listing->list;
    if (list->count < listing->capacity)
        return 1;
    const size_t capacity = listing->capacity ? 2 * listing->capacity : 64;
    const size_t size = sizeof *list->items;
    struct folder_item *items =
        memory_grow(list->allocator, list->items, list->count * size, capacity * size);
    if (!items)
        return 0;
    list->items = items;
    listing->capacity = capacity;
    return 1;
}

static void list_one(void *data, const char *name)
{
    struct listing *listing = data;
    struct folder_item item;
    struct stat facts;
    if (listing->error || !folder_parse_name(name, ENTRY_SUFFIX, &item.number) ||
        file_stat_at(listing->folder, name, &facts) < 0)
        return;
    if (!reserve_item(listing)) {
        listing->error = ENOMEM;
        return;
    }
    item.bytes = facts.st_size > 0 ? (uint64_t)facts.st_size : 0;
    item.used = facts.st_mtim.tv_sec;
    item.used_nanoseconds = facts.st_mtim.tv_nsec;
    listing->list->items[listing->list->count++] = item;
    listing->list->bytes += item.bytes;
}

int folder_list(int folder, const clw_allocator *allocator, struct folder_list *list)
{
    *list = (struct folder_list){.allocator = allocator};
    struct listing listing = {.folder = folder, .list = list};
    if (file_each(folder, list_one, &listing) < 0)
        listing.error = errno;
    if (listing.error)
        folder_list_finish(list);
    return listing.error;
}

void folder_list_finish(struct folder_list *list)
{
    memory_free(list->allocator, list->items);
    *list = (struct folder_list){.allocator = list->allocator};
}
