/* Verified binaries of kernels on disk, one file an entry, named by the hash of the key text.
 *
 * A damaged binary kills the process that gives it to a driver, so nothing comes out that is not,
 * byte for byte, what was stored under the very same key. Nothing here ever fails its caller: what
 * cannot be read is a miss, what cannot be written is not stored. Every function may be called from
 * any thread, and any number of processes may share a folder. */
#ifndef CLWISE_CACHE_DISK_H
#define CLWISE_CACHE_DISK_H

#include "runtime/base/log.h"

struct disk_cache;

/* The folder for a config's cache_dir: "" is none, another name is that, and NULL is
 * $CLWISE_CACHE_DIR (with the same meaning), else $XDG_CACHE_HOME/clwise, else $HOME/.cache/clwise.
 * Set-uid programs ignore the environment. 0, or -1 if there is none, or none that fits `bytes`. */
int disk_cache_path(const char *dir, char *path, size_t bytes);

/* Makes the folder where it is missing. `dir` as above; limit_bytes 0: 256 MiB. NULL, which is a
 * cache that has nothing, if there is no folder or, with one line to the log, if it is not fit for
 * use. Log and allocator are borrowed until the cache is closed. */
struct disk_cache *disk_cache_open(const char *dir, uint64_t limit_bytes, const struct log *log,
                                   const clw_allocator *allocator);
void disk_cache_close(struct disk_cache *cache);

/* The binary, the caller's, to be freed with the allocator; or NULL and *why, a few static words.
 * Counts as a use of the entry. */
void *disk_cache_load(struct disk_cache *cache, const char *key, size_t key_length,
                      size_t *binary_length, const char **why);
/* Stores the binary in place of what is there. What cannot be stored costs one line in the log,
 * however often it happens. */
void disk_cache_store(struct disk_cache *cache, const char *key, size_t key_length,
                      const void *binary, size_t binary_length);

/* For clw_cache_visit and clw_cache_purge. `path` is what disk_cache_path gave. A folder that is
 * missing has no entries. IO, MEMORY. */
clw_status disk_cache_visit(const char *path, clw_cache_fn visit, void *data,
                            const clw_allocator *allocator, clw_error *error);
clw_status disk_cache_purge(const char *path, int only_bad, int *removed,
                            const clw_allocator *allocator, clw_error *error);

#endif
