#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/base/file.h"
#include "runtime/base/memory.h"
#include "runtime/cache/disk.h"
#include "runtime/cache/disk_entry.h"
#include "runtime/cache/disk_folder.h"

static clw_status fail_folder(clw_error *error, const char *path, const char *problem)
{
    return fail(error, CLW_ERROR_IO, "cache folder %s: %s", path, problem);
}

static clw_status fail_errno(clw_error *error, const char *path, int number)
{
    return number == ENOMEM ? fail_memory(error) : fail_folder(error, path, file_problem(number));
}

static int by_number(const void *left, const void *right)
{
    const struct folder_item *a = left, *b = right;
    return hash_compare(a->number, b->number);
}

/* Opens the folder and lists its entries by name; *folder is -1 if it is missing. */
static clw_status open_sorted(const char *path, const clw_allocator *allocator, int *folder,
                              struct folder_list *list, clw_error *error)
{
    const char *problem;
    *list = (struct folder_list){.allocator = allocator};
    *folder = folder_open(path, 0, &problem);
    if (*folder < 0)
        return problem ? fail_folder(error, path, problem) : CLW_OK;
    const int number = folder_list(*folder, allocator, list);
    if (number) {
        file_close(*folder);
        return fail_errno(error, path, number);
    }
    if (list->count)
        qsort(list->items, list->count, sizeof *list->items, by_number);
    return CLW_OK;
}

/* *problem NULL: the entry is good and under the name of its key, and *key, the caller's, is the
 * first line of that. Returns 0, or the errno if the entry may be good. */
static int examine(int folder, struct hash128 number, const char *name,
                   const clw_allocator *allocator, char **key, const char **problem)
{
    unsigned char *bytes;
    size_t count;
    const int error = folder_read(folder, name, allocator, &bytes, &count, problem);
    if (*problem)
        return error;
    struct entry entry;
    *problem = entry_decode(bytes, count, &entry);
    if (!*problem && !hash_equal(number, hash_bytes(entry.key, entry.key_length)))
        *problem = "wrong key text";
    if (!*problem) {
        const char *end = memchr(entry.key, '\n', entry.key_length);
        const size_t length = end ? (size_t)(end - entry.key) : entry.key_length;
        *key = memory_copy_text(allocator, entry.key, length);
    }
    memory_free(allocator, bytes);
    return *problem || *key ? 0 : ENOMEM;
}

clw_status disk_cache_visit(const char *path, clw_cache_fn visit, void *data,
                            const clw_allocator *allocator, clw_error *error)
{
    int folder;
    struct folder_list list;
    clw_status status = open_sorted(path, allocator, &folder, &list, error);
    if (status != CLW_OK || folder < 0)
        return status;
    for (size_t i = 0; i < list.count && status == CLW_OK; i++) {
        const struct folder_item *item = &list.items[i];
        char name[FOLDER_NAME_SIZE];
        folder_name(item->number, ENTRY_SUFFIX, name);
        char *key = NULL;
        const char *problem;
        const int number = examine(folder, item->number, name, allocator, &key, &problem);
        if (number)
            status = fail_errno(error, path, number);
        else if (problem != folder_no_entry)
            visit(data, &(clw_cache_entry){.file = name,
                                           .key = key ? key : "",
                                           .problem = problem,
                                           .bytes = item->bytes,
                                           .used = item->used});
        memory_free(allocator, key);
    }
    folder_list_finish(&list);
    file_close(folder);
    return status;
}

/* 1 if the entry was removed, 0 if it stays or is gone already, or minus an errno. */
static int purge_one(int folder, struct hash128 number, int only_bad,
                     const clw_allocator *allocator)
{
    char name[FOLDER_NAME_SIZE];
    folder_name(number, ENTRY_SUFFIX, name);
    if (only_bad) {
        char *key = NULL;
        const char *problem;
        const int unknown = examine(folder, number, name, allocator, &key, &problem);
        memory_free(allocator, key);
        if (unknown || !problem)
            return -unknown;
    }
    if (file_remove(folder, name) == 0)
        return 1;
    return errno == ENOENT ? 0 : -errno;
}

clw_status disk_cache_purge(const char *path, int only_bad, int *removed,
                            const clw_allocator *allocator, clw_error *error)
{
    int folder, count = 0, first_error = 0;
    struct folder_list list;
    const clw_status status = open_sorted(path, allocator, &folder, &list, error);
    if (status != CLW_OK)
        return status;
    if (folder >= 0) {
        count = folder_sweep(folder);
        for (size_t i = 0; i < list.count; i++) {
            const int result = purge_one(folder, list.items[i].number, only_bad, allocator);
            if (result > 0)
                count++;
            else if (result < 0 && !first_error)
                first_error = -result;
        }
        file_close(folder);
    }
    folder_list_finish(&list);
    if (first_error)
        return fail_errno(error, path, first_error);
    if (removed)
        *removed = count;
    return CLW_OK;
}
