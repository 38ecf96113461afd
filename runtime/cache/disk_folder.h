/* The folder of the disk cache: which files in it are the cache's own, and how one is read. */
#ifndef CLWISE_CACHE_DISK_FOLDER_H
#define CLWISE_CACHE_DISK_FOLDER_H

#include <clwise/clwise.h>

#include "runtime/base/hash.h"

/* Entries and temporary files are called by 32 hexadecimal digits and one of these. Anything else
 * in the folder is not the cache's and is left alone. */
#define ENTRY_SUFFIX ".clwbin"
#define TEMPORARY_SUFFIX ".clwtmp"
enum { FOLDER_NAME_SIZE = HASH_HEX_LENGTH + sizeof ENTRY_SUFFIX };

void folder_name(struct hash128 number, const char *suffix, char name[FOLDER_NAME_SIZE]);
/* 0 if the name is not of that kind. */
int folder_parse_name(const char *name, const char *suffix, struct hash128 *number);

/* A descriptor of the folder if it is this user's and nobody else may write to it; else -1 and
 * *problem. With `make`, it is made where it is missing; without, -1 and a NULL problem then. */
int folder_open(const char *path, int make, const char **problem);

/* Number of a new temporary file of this process, the `serial`-th; `salt` sets apart processes of
 * one number on several hosts. */
struct hash128 folder_temporary(uint32_t serial, uint64_t salt);
/* Removes temporary files that no process will finish. Returns how many were removed. */
int folder_sweep(int folder);

/* The problem of an entry that is not there; to be compared as a pointer. */
extern const char folder_no_entry[];
/* Reads a file whole, if it is a plain one, this user's alone, and not too large for an entry.
 * *problem NULL: *bytes is the caller's; else a few static words. Returns 0, or the errno if it is
 * not the file's fault, which may be good: no memory or no descriptor is left. */
int folder_read(int folder, const char *name, const clw_allocator *allocator, unsigned char **bytes,
                size_t *count, const char **problem);

struct folder_item {
    struct hash128 number;
    uint64_t bytes;
    int64_t used, used_nanoseconds; /* since 1970 */
};

struct folder_list {
    const clw_allocator *allocator;
    struct folder_item *items;
    size_t count;
    uint64_t bytes; /* of all items */
};

/* The entries, in no order. 0, or the errno, and the list is empty. */
int folder_list(int folder, const clw_allocator *allocator, struct folder_list *list);
void folder_list_finish(struct folder_list *list);

#endif
