#include "runtime/cache/disk.h"

#include <errno.h>
#include <limits.h>
#include <stdatomic.h>
#include <string.h>
#include <time.h>

#include "runtime/base/file.h"
#include "runtime/base/memory.h"
#include "runtime/cache/disk_entry.h"
#include "runtime/cache/disk_evict.h"
#include "runtime/cache/disk_folder.h"

#define DEFAULT_LIMIT ((uint64_t)256 << 20)

struct disk_cache {
    int folder;
    const struct log *log;
    const clw_allocator *allocator;
    uint64_t salt;
    atomic_uint serial; /* of temporary files */
    atomic_flag complained;
    struct room room;
};

static uint64_t make_salt(const struct disk_cache *cache)
{
    struct timespec now = {0, 0};
    clock_gettime(CLOCK_REALTIME, &now);
    const uint64_t seeds[] = {(uint64_t)now.tv_sec, (uint64_t)now.tv_nsec, (uintptr_t)cache};
    return hash_bytes(seeds, sizeof seeds).low;
}

static struct disk_cache *open_at(const char *path, uint64_t limit, const clw_allocator *allocator,
                                  const char **problem)
{
    struct disk_cache *cache = memory_new(allocator, 1, sizeof *cache);
    if (!cache) {
        *problem = file_problem(ENOMEM);
        return NULL;
    }
    cache->folder = folder_open(path, 1, problem);
    if (cache->folder < 0) {
        memory_free(allocator, cache);
        return NULL;
    }
    cache->allocator = allocator;
    cache->salt = make_salt(cache);
    atomic_init(&cache->serial, 0);
    atomic_flag_clear(&cache->complained);
    room_init(&cache->room, limit ? limit : DEFAULT_LIMIT);
    return cache;
}

struct disk_cache *disk_cache_open(const char *dir, uint64_t limit_bytes, const struct log *log,
                                   const clw_allocator *allocator)
{
    char path[PATH_MAX];
    if (disk_cache_path(dir, path, sizeof path) < 0) {
        if (!dir || *dir)
            log_line(log, CLW_LOG_INFO, "no disk cache: the environment names no folder for it");
        return NULL;
    }
    const char *problem;
    struct disk_cache *cache = open_at(path, limit_bytes, allocator, &problem);
    if (!cache) {
        log_line(log, CLW_LOG_WARNING, "no disk cache in %s: %s", path, problem);
        return NULL;
    }
    cache->log = log;
    folder_sweep(cache->folder);
    return cache;
}

void disk_cache_close(struct disk_cache *cache)
{
    if (!cache)
        return;
    file_close(cache->folder);
    memory_free(cache->allocator, cache);
}

void *disk_cache_load(struct disk_cache *cache, const char *key, size_t key_length,
                      size_t *binary_length, const char **why)
{
    *why = "no disk cache";
    if (!cache)
        return NULL;
    char name[FOLDER_NAME_SIZE];
    folder_name(hash_bytes(key, key_length), ENTRY_SUFFIX, name);
    /* Never mapped: another process could alter a mapped file after it was verified. */
    unsigned char *bytes;
    size_t count;
    folder_read(cache->folder, name, cache->allocator, &bytes, &count, why);
    if (*why)
        return NULL;
    struct entry entry;
    *why = entry_decode(bytes, count, &entry);
    if (!*why && (entry.key_length != key_length || memcmp(entry.key, key, key_length) != 0))
        *why = "wrong key text";
    if (*why) {
        memory_free(cache->allocator, bytes);
        return NULL;
    }
    file_touch(cache->folder, name);
    *binary_length = entry.binary_length;
    return memmove(bytes, entry.binary, entry.binary_length);
}

static int create_temporary(struct disk_cache *cache, char name[FOLDER_NAME_SIZE])
{
    int file = -1;
    for (int tries = 0; file < 0 && tries < 8; tries++) {
        const uint32_t serial = atomic_fetch_add(&cache->serial, 1);
        folder_name(folder_temporary(serial, cache->salt), TEMPORARY_SUFFIX, name);
        file = file_create(cache->folder, name);
        if (file < 0 && errno != EEXIST)
            break;
    }
    return file;
}

/* 0, or the errno of what failed. */
static int write_file(struct disk_cache *cache, const char *name, const void *bytes, size_t count)
{
    char temporary[FOLDER_NAME_SIZE];
    const int file = create_temporary(cache, temporary);
    if (file < 0)
        return errno;
    /* The bytes must be on disk before the name is, or a crash leaves the name of an empty file.
     * The name itself need not be: without it there is a miss, and the kernel is built again. */
    int error = file_write(file, bytes, count) < 0 || file_sync(file) < 0 ? errno : 0;
    if (file_close(file) < 0 && !error)
        error = errno;
    if (!error && file_rename(cache->folder, temporary, name) < 0)
        error = errno;
    if (error)
        file_remove(cache->folder, temporary);
    return error;
}

/* NULL, or why it was not stored. */
static const char *try_store(struct disk_cache *cache, const struct entry *entry)
{
    const size_t count = entry_size(entry);
    if (!count || !room_fits(&cache->room, count))
        return "it is empty, or larger than the cache may hold";
    unsigned char *bytes = memory_new(cache->allocator, count, 1);
    if (!bytes)
        return file_problem(ENOMEM);
    entry_encode(entry, bytes);
    char name[FOLDER_NAME_SIZE];
    folder_name(hash_bytes(entry->key, entry->key_length), ENTRY_SUFFIX, name);
    const int error = write_file(cache, name, bytes, count);
    memory_free(cache->allocator, bytes);
    if (error)
        return file_problem(error);
    room_take(&cache->room, count, cache->folder, cache->allocator);
    return NULL;
}

void disk_cache_store(struct disk_cache *cache, const char *key, size_t key_length,
                      const void *binary, size_t binary_length)
{
    if (!cache)
        return;
    const struct entry entry = {key, key_length, binary, binary_length};
    const char *problem = try_store(cache, &entry);
    if (problem && !atomic_flag_test_and_set(&cache->complained))
        log_line(cache->log, CLW_LOG_WARNING, "the disk cache cannot store a kernel: %s", problem);
}
