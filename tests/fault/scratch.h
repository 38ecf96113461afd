/* What tests of the disk cache share: a folder that goes away, an allocator that counts and fails,
 * a log that counts, and kernels with known keys and bytes. */
#ifndef CLWISE_TESTS_SCRATCH_H
#define CLWISE_TESTS_SCRATCH_H

#include <stdatomic.h>

#include "runtime/base/log.h"
#include "runtime/cache/disk.h"

enum { SCRATCH_PATH = 512 };

/* A new folder in /dev/shm, where thousands of fsync cost nothing; else in $TMPDIR or /tmp. */
void scratch_make(char path[SCRATCH_PATH]);
void scratch_remove(const char *path);
/* path/name */
void scratch_join(char joined[SCRATCH_PATH], const char *path, const char *name);
/* How many names in the folder end so; all with "". */
int scratch_count(const char *path, const char *ending);
/* The full path of the only name that ends so; the test fails unless there is just one. */
void scratch_only(char found[SCRATCH_PATH], const char *path, const char *ending);
size_t scratch_read(const char *file, unsigned char *bytes, size_t capacity);
/* 0, or -1 */
int scratch_write(const char *file, const void *bytes, size_t count);
int scratch_open_descriptors(void);

/* $CLWISE_SEED or the time; printed. */
uint64_t random_seed(const char *test);
uint64_t random_next(uint64_t *state);

struct tally {
    atomic_long live, calls;
    long fail_at; /* the call of this number fails; 0: none */
};
clw_allocator tally_allocator(struct tally *tally);

struct lines {
    atomic_int count;
    char first[256];
};
struct log lines_log(struct lines *lines);

/* Kernel `number` of the tests: a key of two lines, and up to `largest` bytes. */
struct sample {
    char key[128];
    size_t key_length, binary_length;
    unsigned char *binary; /* of the caller, `largest` bytes */
};
void sample_fill(struct sample *sample, int number, unsigned char *binary, size_t largest);
void sample_store(struct disk_cache *cache, const struct sample *sample);
enum loaded { LOADED_NOTHING, LOADED_RIGHT, LOADED_WRONG };
enum loaded sample_load(struct disk_cache *cache, const struct sample *sample,
                        const clw_allocator *allocator, const char **why);

#endif
