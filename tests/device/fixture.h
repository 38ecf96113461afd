/* What the tests on a device share: contexts, arrays, an allocator that counts and fails, children.
 */
#ifndef TESTS_DEVICE_FIXTURE_H
#define TESTS_DEVICE_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <clwise/clwise.h>

/* ---- checks ---- */

/* The test fails with the library's words unless the call succeeds; `error` is the file's. */
#define CHECK(call) fixture_check((call), &error, #call, __FILE__, __LINE__)
/* The test fails unless the call fails with this status. */
#define REFUSED(wanted, call) fixture_refused((wanted), (call), &error, #call, __FILE__, __LINE__)

void fixture_check(clw_status status, const clw_error *error, const char *call, const char *file,
                   int line);
void fixture_refused(clw_status wanted, clw_status status, const clw_error *error, const char *call,
                     const char *file, int line);
/* The test fails unless the message has the words in it. */
void fixture_says(const clw_error *error, const char *words);

/* ---- an allocator that counts and fails ---- */

struct tally {
    clw_allocator allocator;
    atomic_long calls, alive; /* allocations asked for; memory not released */
    atomic_long fail_at;      /* the call of this number fails; 0: none */
    atomic_llong bytes, peak; /* of memory not released */
};

void tally_init(struct tally *tally);
/* From now on the n-th allocation fails; 0: none. */
void tally_fail(struct tally *tally, long n);
/* 1 if the failure that was asked for has happened. */
int tally_has_failed(const struct tally *tally);

/* ---- contexts and arrays ---- */

/* On the device of $CLWISE_DEVICE; the test fails if there is none. `info` may be NULL. */
clw_context *fixture_context(const clw_allocator *allocator, clw_device_info *info);
/* The same, without a pool: sizes are exact, and memory that is alive is in use. */
clw_context *fixture_bare_context(const clw_allocator *allocator, clw_device_info *info);
/* 1 if the device cannot compute in the dtype. */
int fixture_lacks(const clw_device_info *info, clw_dtype dtype);

/* One dimension, from `count` elements at `data`. */
clw_array *fixture_vector(clw_context *context, clw_dtype dtype, int64_t count, const void *data);
/* Bytes of any value. */
clw_array *fixture_bytes(clw_context *context, int64_t count);
clw_memory_stats fixture_memory(clw_context *context);
const clw_op *fixture_op(clw_context *context, const char *name);

/* ---- randomness ---- */

/* $CLWISE_SEED or the time, printed. */
uint64_t fixture_seed(void);
uint64_t fixture_random(uint64_t *state);
void fixture_random_bytes(uint64_t *state, void *bytes, size_t count);

/* ---- files and children ---- */

enum { FIXTURE_PATH = 512 };

/* A new empty folder. */
void fixture_folder(char path[FIXTURE_PATH]);
void fixture_remove(const char *path);
void fixture_write(const char *folder, const char *name, const char *text);
/* Loads the text of an op file, from a file of that name. */
void fixture_load(clw_context *context, const char *name, const char *text);
/* Descriptors that this process has open. */
int fixture_descriptors(void);

/* Runs this program again as `PROGRAM argument` with "NAME=value" (set) or "NAME" (unset) up to a
 * NULL; its output goes to text. Returns its exit status; 1000 + signal if it was killed; 2000 if
 * it did not end within the time. */
int fixture_child(const char *argument, const char *const *environment, double seconds, char *text,
                  size_t bytes);
double fixture_seconds(void);

#endif
