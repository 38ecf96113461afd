/* Every call of the system that the disk cache makes fails in turn, with each errno that users have
 * met, once and for ever; and so does every allocation. Nothing crashes, leaks or comes out
 * altered, and the next use works.
 *
 * The calls are taken over by the linker (--wrap), under both names that they have in glibc. */
#include "tests/fault/scratch.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* X(call, whether a signal may interrupt it) */
#define CALL_LIST(X)                                                                               \
    X(OPENAT, 1)                                                                                   \
    X(MKDIR, 0)                                                                                    \
    X(FDOPENDIR, 0)                                                                                \
    X(READDIR, 0)                                                                                  \
    X(FSTAT, 1)                                                                                    \
    X(FSTATAT, 1)                                                                                  \
    X(READ, 1)                                                                                     \
    X(WRITE, 1)                                                                                    \
    X(FSYNC, 1)                                                                                    \
    X(CLOSE, 1)                                                                                    \
    X(RENAMEAT, 1)                                                                                 \
    X(UNLINKAT, 1)                                                                                 \
    X(UTIMENSAT, 1)

enum call {
#define CALL_MEMBER(name, interruptible) CALL_##name,
    CALL_LIST(CALL_MEMBER) CALLS
};
static const struct {
    const char *name;
    int interruptible;
} calls[] = {
#define CALL_ROW(name, interruptible) {#name, interruptible},
    CALL_LIST(CALL_ROW)};

enum { HALF = -1 }; /* instead of an errno: half of the bytes are read or written */

static struct {
    enum call call;
    long at; /* the call of this number fails */
    int for_ever, error;
    int armed, hits;
    long count;
} fault;

static int strikes(enum call call)
{
    if (!fault.armed || call != fault.call)
        return 0;
    fault.count++;
    if (fault.count != fault.at && !(fault.for_ever && fault.count > fault.at))
        return 0;
    fault.hits++;
    errno = fault.error;
    return 1;
}

#define TAKE_OVER(type, name, call, failed, parameters, arguments)                                 \
    type __real_##name parameters;                                                                 \
    type __wrap_##name parameters;                                                                 \
    type __wrap_##name parameters                                                                  \
    {                                                                                              \
        return strikes(call) ? (failed) : __real_##name arguments;                                 \
    }

TAKE_OVER(int, mkdir, CALL_MKDIR, -1, (const char *path, mode_t mode), (path, mode))
TAKE_OVER(DIR *, fdopendir, CALL_FDOPENDIR, NULL, (int file), (file))
TAKE_OVER(struct dirent *, readdir, CALL_READDIR, NULL, (DIR * stream), (stream))
TAKE_OVER(struct dirent *, readdir64, CALL_READDIR, NULL, (DIR * stream), (stream))
TAKE_OVER(int, fstat, CALL_FSTAT, -1, (int file, struct stat *facts), (file, facts))
TAKE_OVER(int, fstat64, CALL_FSTAT, -1, (int file, struct stat *facts), (file, facts))
TAKE_OVER(int, fstatat, CALL_FSTATAT, -1, (int at, const char *name, struct stat *facts, int flags),
          (at, name, facts, flags))
TAKE_OVER(int, fstatat64, CALL_FSTATAT, -1,
          (int at, const char *name, struct stat *facts, int flags), (at, name, facts, flags))
TAKE_OVER(int, fsync, CALL_FSYNC, -1, (int file), (file))
TAKE_OVER(int, renameat, CALL_RENAMEAT, -1, (int at, const char *from, int to_at, const char *to),
          (at, from, to_at, to))
TAKE_OVER(int, unlinkat, CALL_UNLINKAT, -1, (int at, const char *name, int flags),
          (at, name, flags))
TAKE_OVER(int, utimensat, CALL_UTIMENSAT, -1,
          (int at, const char *name, const struct timespec *times, int flags),
          (at, name, times, flags))

#define TAKE_OVER_OPEN(name)                                                                       \
    int __real_##name(int at, const char *path, int flags, ...);                                   \
    int __wrap_##name(int at, const char *path, int flags, ...);                                   \
    int __wrap_##name(int at, const char *path, int flags, ...)                                    \
    {                                                                                              \
        va_list arguments;                                                                         \
        va_start(arguments, flags);                                                                \
        const mode_t mode = flags & O_CREAT ? va_arg(arguments, mode_t) : 0;                       \
        va_end(arguments);                                                                         \
        return strikes(CALL_OPENAT) ? -1 : __real_##name(at, path, flags, mode);                   \
    }

TAKE_OVER_OPEN(openat)
TAKE_OVER_OPEN(openat64)

int __real_close(int file);
int __wrap_close(int file);
int __wrap_close(int file)
{
    const int result = __real_close(file);
    return strikes(CALL_CLOSE) ? -1 : result;
}

ssize_t __real_read(int file, void *bytes, size_t count);
ssize_t __wrap_read(int file, void *bytes, size_t count);
ssize_t __wrap_read(int file, void *bytes, size_t count)
{
    if (!strikes(CALL_READ))
        return __real_read(file, bytes, count);
    return fault.error == HALF ? __real_read(file, bytes, (count + 1) / 2) : -1;
}

ssize_t __real_write(int file, const void *bytes, size_t count);
ssize_t __wrap_write(int file, const void *bytes, size_t count);
ssize_t __wrap_write(int file, const void *bytes, size_t count)
{
    if (!strikes(CALL_WRITE))
        return __real_write(file, bytes, count);
    return fault.error == HALF ? __real_write(file, bytes, (count + 1) / 2) : -1;
}

enum { SAMPLES = 4, BINARY = 1000, LIMIT = 4000 }; /* the limit leaves three of the four */

static char scratch[SCRATCH_PATH], folder[SCRATCH_PATH];
static unsigned char binaries[SAMPLES][BINARY];
static struct sample samples[SAMPLES];

static int set_up(void **state)
{
    (void)state;
    scratch_make(scratch);
    scratch_join(folder, scratch, "parent/cache");
    for (int i = 0; i < SAMPLES; i++) {
        sample_fill(&samples[i], i, binaries[i], BINARY);
        samples[i].binary_length = BINARY;
    }
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    scratch_remove(scratch);
    return 0;
}

struct outcome {
    int right, wrong, lines, good, bad, removed, emptied;
    int lost;   /* entries that purging the bad ones removed */
    int unseen; /* a folder that could not be listed was said to be */
    clw_status visited, purged_bad, purged;
};

static void count_entry(void *data, const clw_cache_entry *entry)
{
    struct outcome *outcome = data;
    entry->problem ? outcome->bad++ : outcome->good++;
}

/* A damaged entry, and what a writer left that no longer lives. */
static void plant(void)
{
    fault.armed = 0;
    char path[SCRATCH_PATH];
    scratch_join(path, folder, "0123456789abcdef0123456789abcdef.clwbin");
    scratch_write(path, "bad", 3);
    scratch_join(path, folder, "ffffffff000000000123456789abcdef.clwtmp");
    scratch_write(path, "torn", 4);
    fault.armed = 1;
}

static int count_entries(void)
{
    fault.armed = 0;
    const int count = scratch_count(folder, ".clwbin");
    fault.armed = 1;
    return count;
}

/* All that a program and the command line do with a cache. */
static struct outcome use_cache(const clw_allocator *allocator)
{
    struct outcome outcome = {0};
    struct lines lines = {0};
    const struct log log = lines_log(&lines);
    fault.armed = 1;
    struct disk_cache *cache = disk_cache_open(folder, LIMIT, &log, allocator);
    for (int i = 0; i < SAMPLES; i++)
        sample_store(cache, &samples[i]);
    for (int i = 0; i < SAMPLES; i++) {
        const char *why;
        const enum loaded loaded = sample_load(cache, &samples[i], allocator, &why);
        outcome.right += loaded == LOADED_RIGHT;
        outcome.wrong += loaded == LOADED_WRONG;
    }
    disk_cache_close(cache);
    plant();
    const int hits = fault.hits;
    outcome.visited = disk_cache_visit(folder, count_entry, &outcome, allocator, NULL);
    outcome.unseen = fault.hits > hits && outcome.visited == CLW_OK &&
                     (fault.call == CALL_FDOPENDIR || fault.call == CALL_READDIR);
    const int before = count_entries();
    outcome.purged_bad = disk_cache_purge(folder, 1, &outcome.removed, allocator, NULL);
    outcome.lost = before - count_entries();
    outcome.purged = disk_cache_purge(folder, 0, &outcome.emptied, allocator, NULL);
    fault.armed = 0;
    outcome.lines = lines.count;
    return outcome;
}

static const struct outcome perfect = {
    .right = 3, .good = 3, .bad = 1, .removed = 2, .emptied = 3, .lost = 1};

static void assert_status(clw_status status)
{
    assert_true(status == CLW_OK || status == CLW_ERROR_IO || status == CLW_ERROR_MEMORY);
}

static void assert_acceptable(const struct outcome *outcome)
{
    assert_int_equal(outcome->wrong, 0);
    assert_in_range(outcome->lines, 0, 1);
    assert_in_range(outcome->bad, 0, 4);
    assert_false(outcome->unseen);
    assert_status(outcome->visited);
    assert_status(outcome->purged_bad);
    assert_status(outcome->purged);
    if (outcome->purged_bad != CLW_OK)
        assert_int_equal(outcome->removed, 0);
}

static int own_temporaries(void)
{
    const int all = scratch_count(folder, ".clwtmp");
    char path[SCRATCH_PATH];
    scratch_join(path, folder, "ffffffff000000000123456789abcdef.clwtmp");
    return all - (access(path, F_OK) == 0);
}

static void start_again(void)
{
    char parent[SCRATCH_PATH];
    scratch_join(parent, scratch, "parent");
    scratch_remove(parent);
}

/* Returns 0 if there were fewer calls than fault.at. */
static int run_with_fault(void)
{
    struct tally tally = {0};
    const clw_allocator allocator = tally_allocator(&tally);
    const int descriptors = scratch_open_descriptors();
    start_again();
    fault.hits = 0;
    fault.count = 0;
    const struct outcome outcome = use_cache(&allocator);
    assert_acceptable(&outcome);
    if (!fault.hits || fault.error == EINTR || fault.error == HALF)
        assert_memory_equal(&outcome, &perfect, sizeof perfect);
    /* When descriptors or memory run out, an entry that could not be read may be good. */
    if (fault.error == EMFILE || fault.error == ENOMEM)
        assert_in_range(outcome.lost, 0, 1);
    assert_int_equal(atomic_load(&tally.live), 0);
    assert_int_equal(scratch_open_descriptors(), descriptors);
    if (fault.call != CALL_UNLINKAT)
        assert_int_equal(own_temporaries(), 0);
    const int hits = fault.hits;
    fault.at = 0;
    fault.for_ever = 0;
    disk_cache_purge(folder, 0, NULL, NULL, NULL);
    const struct outcome next = use_cache(&allocator);
    assert_memory_equal(&next, &perfect, sizeof perfect);
    return hits;
}

/* Returns how many calls there are. */
static long fail_each(enum call call, int error, int for_ever)
{
    for (long at = 1;; at++) {
        fault.call = call;
        fault.error = error;
        fault.for_ever = for_ever;
        fault.at = at;
        if (!run_with_fault())
            return at - 1;
    }
}

static void test_failed_store_leaves_nothing(void **state)
{
    (void)state;
    static const enum call in_store[] = {CALL_WRITE, CALL_FSYNC, CALL_CLOSE, CALL_RENAMEAT};
    start_again();
    for (size_t i = 0; i < sizeof in_store / sizeof *in_store; i++) {
        struct lines lines = {0};
        const struct log log = lines_log(&lines);
        struct disk_cache *cache = disk_cache_open(folder, 0, &log, NULL);
        fault.call = in_store[i];
        fault.error = EDQUOT;
        fault.count = 0;
        fault.at = 1;
        fault.armed = 1;
        sample_store(cache, &samples[0]);
        fault.armed = 0;
        disk_cache_close(cache);
        assert_int_equal(scratch_count(folder, ""), 0);
        assert_int_equal(lines.count, 1);
        assert_non_null(strstr(lines.first, "quota"));
    }
}

static void test_calls_fail(void **state)
{
    (void)state;
    static const int errors[] = {ENOSPC, EDQUOT, EROFS,  EACCES, EIO,
                                 EMFILE, ESTALE, ENOMEM, ENOENT};
    for (enum call call = 0; call < CALLS; call++) {
        long count = 0;
        for (size_t i = 0; i < sizeof errors / sizeof *errors; i++) {
            count = fail_each(call, errors[i], 0);
            fail_each(call, errors[i], 1);
        }
        printf("%s: %ld calls\n", calls[call].name, count);
        assert_true(count > 0);
    }
}

static void test_calls_are_interrupted(void **state)
{
    (void)state;
    for (enum call call = 0; call < CALLS; call++)
        if (calls[call].interruptible)
            assert_true(fail_each(call, EINTR, 0) > 0);
}

static void test_calls_do_half(void **state)
{
    (void)state;
    assert_true(fail_each(CALL_READ, HALF, 0) > 0);
    assert_true(fail_each(CALL_WRITE, HALF, 0) > 0);
    assert_true(fail_each(CALL_READ, HALF, 1) > 0);
    assert_true(fail_each(CALL_WRITE, HALF, 1) > 0);
}

static void test_allocations_fail(void **state)
{
    (void)state;
    fault.at = 0;
    for (long at = 1;; at++) {
        struct tally tally = {.fail_at = at};
        const clw_allocator allocator = tally_allocator(&tally);
        const int descriptors = scratch_open_descriptors();
        start_again();
        const struct outcome outcome = use_cache(&allocator);
        assert_acceptable(&outcome);
        assert_in_range(outcome.lost, 0, 1);
        assert_int_equal(atomic_load(&tally.live), 0);
        assert_int_equal(scratch_open_descriptors(), descriptors);
        assert_int_equal(own_temporaries(), 0);
        if (atomic_load(&tally.calls) < at) {
            assert_memory_equal(&outcome, &perfect, sizeof perfect);
            assert_true(at > 10);
            return;
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_failed_store_leaves_nothing),
        cmocka_unit_test(test_calls_fail),
        cmocka_unit_test(test_calls_are_interrupted),
        cmocka_unit_test(test_calls_do_half),
        cmocka_unit_test(test_allocations_fail),
    };
    return cmocka_run_group_tests_name("disk cache, faults", tests, set_up, tear_down);
}
