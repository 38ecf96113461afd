/* Many processes and threads on one folder, and writers that are killed: no torn entry, no failure,
 * nothing left behind. */
#include "tests/fault/scratch.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum {
    PROCESSES = 8,
    KEYS = 1000,
    LARGEST = 6000,
    KILLS = 200,
    KILLED_KEYS = 20,
    KILLED_BYTES = 60000,
    THREADS = 64,
    THREAD_KEYS = 40,
    THREAD_CALLS = 100,
};

static char folder[SCRATCH_PATH];

static int set_up(void **state)
{
    (void)state;
    scratch_make(folder);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    scratch_remove(folder);
    return 0;
}

struct census {
    int good, bad;
};

static void count_entry(void *data, const clw_cache_entry *entry)
{
    struct census *census = data;
    entry->problem ? census->bad++ : census->good++;
}

static struct census take_census(void)
{
    struct census census = {0, 0};
    assert_int_equal(disk_cache_visit(folder, count_entry, &census, NULL, NULL), CLW_OK);
    return census;
}

/* Loads or stores every key, from a place of its own on, as a program does that meets each kernel
 * once. Returns how often something was wrong. */
static int meet_all_kernels(int process, uint64_t limit)
{
    static unsigned char binary[LARGEST];
    struct lines lines = {0};
    const struct log log = lines_log(&lines);
    struct disk_cache *cache = disk_cache_open(folder, limit, &log, NULL);
    int wrong = cache == NULL;
    for (int i = 0; i < KEYS; i++) {
        struct sample sample;
        const char *why;
        sample_fill(&sample, process % 2 ? i : KEYS - 1 - i, binary, LARGEST);
        const enum loaded first = sample_load(cache, &sample, NULL, &why);
        if (first == LOADED_NOTHING) {
            wrong += strcmp(why, "no entry") != 0;
            sample_store(cache, &sample);
            const enum loaded again = sample_load(cache, &sample, NULL, &why);
            wrong += again != LOADED_RIGHT && (limit == 0 || again == LOADED_WRONG);
        }
        wrong += first == LOADED_WRONG;
    }
    disk_cache_close(cache);
    if (wrong || lines.count)
        fprintf(stderr, "process %d: %d wrong, %d lines: %s\n", process, wrong, lines.count,
                lines.first);
    return wrong + lines.count;
}

static void race(uint64_t limit)
{
    pid_t children[PROCESSES];
    int ready[2];
    assert_int_equal(pipe(ready), 0);
    for (int i = 0; i < PROCESSES; i++) {
        children[i] = fork();
        assert_true(children[i] >= 0);
        if (children[i] == 0) {
            char byte;
            close(ready[1]);
            const ssize_t end = read(ready[0], &byte, 1);
            const int wrong = meet_all_kernels(i, limit);
            _exit(end == 0 && wrong == 0 ? 0 : 1);
        }
    }
    close(ready[0]);
    close(ready[1]);
    for (int i = 0; i < PROCESSES; i++) {
        int status = -1;
        assert_int_equal(waitpid(children[i], &status, 0), children[i]);
        assert_int_equal(status, 0);
    }
}

static void test_processes_on_a_cold_cache(void **state)
{
    (void)state;
    race(0);
    const struct census census = take_census();
    assert_int_equal(census.good, KEYS);
    assert_int_equal(census.bad, 0);
    assert_int_equal(scratch_count(folder, ""), KEYS);
}

static void test_processes_that_evict(void **state)
{
    (void)state;
    race(200000);
    assert_int_equal(take_census().bad, 0);
    assert_int_equal(scratch_count(folder, ".clwtmp"), 0);
    assert_true(scratch_count(folder, "") < KEYS / 4);
}

static unsigned char killed_binaries[KILLED_KEYS][KILLED_BYTES];
static struct sample killed_samples[KILLED_KEYS];

static void store_for_ever(uint64_t random)
{
    struct disk_cache *cache = disk_cache_open(folder, 0, NULL, NULL);
    for (;;)
        sample_store(cache, &killed_samples[random_next(&random) % KILLED_KEYS]);
}

static void kill_a_writer(uint64_t *random)
{
    const uint64_t salt = random_next(random);
    const pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0)
        store_for_ever(salt);
    const struct timespec delay = {0, (long)(random_next(random) % 6000000)};
    nanosleep(&delay, NULL);
    kill(child, SIGKILL);
    waitpid(child, NULL, 0);
}

static void assert_no_altered_kernel(struct disk_cache *cache)
{
    for (int i = 0; i < KILLED_KEYS; i++) {
        const char *why;
        const enum loaded loaded = sample_load(cache, &killed_samples[i], NULL, &why);
        assert_int_not_equal(loaded, LOADED_WRONG);
    }
}

static void test_killed_writers(void **state)
{
    (void)state;
    uint64_t random = random_seed("disk cache killed writers");
    int torn = 0;
    for (int i = 0; i < KILLED_KEYS; i++)
        sample_fill(&killed_samples[i], i, killed_binaries[i], KILLED_BYTES);
    for (int i = 0; i < KILLS; i++) {
        kill_a_writer(&random);
        torn += scratch_count(folder, ".clwtmp");
        struct disk_cache *cache = disk_cache_open(folder, 0, NULL, NULL);
        assert_non_null(cache);
        assert_int_equal(scratch_count(folder, ".clwtmp"), 0);
        if (i % 20 == 0 || i == KILLS - 1)
            assert_no_altered_kernel(cache);
        assert_int_equal(take_census().bad, 0);
        disk_cache_close(cache);
    }
    printf("%d of %d writers were killed in the middle of an entry\n", torn, KILLS);
    assert_true(torn > 0);
}

struct worker {
    pthread_t thread;
    struct disk_cache *cache;
    int number, right, wrong;
};

static void *work(void *data)
{
    struct worker *worker = data;
    uint64_t random = (uint64_t)worker->number;
    for (int i = 0; i < THREAD_CALLS; i++) {
        unsigned char binary[LARGEST];
        struct sample sample;
        const char *why;
        sample_fill(&sample, (int)(random_next(&random) % THREAD_KEYS), binary, LARGEST);
        const enum loaded loaded = sample_load(worker->cache, &sample, NULL, &why);
        if (loaded == LOADED_NOTHING || random_next(&random) % 8 == 0)
            sample_store(worker->cache, &sample);
        worker->right += loaded == LOADED_RIGHT;
        worker->wrong += loaded == LOADED_WRONG;
    }
    return NULL;
}

/* The limit is so low that entries are removed all the time. */
static void test_threads(void **state)
{
    (void)state;
    static struct worker workers[THREADS];
    struct lines lines = {0};
    const struct log log = lines_log(&lines);
    struct disk_cache *cache = disk_cache_open(folder, THREAD_KEYS * LARGEST / 4, &log, NULL);
    for (int i = 0; i < THREADS; i++) {
        workers[i] = (struct worker){.cache = cache, .number = i};
        assert_int_equal(pthread_create(&workers[i].thread, NULL, work, &workers[i]), 0);
    }
    int right = 0;
    for (int i = 0; i < THREADS; i++) {
        pthread_join(workers[i].thread, NULL);
        assert_int_equal(workers[i].wrong, 0);
        right += workers[i].right;
    }
    assert_true(right > 0);
    disk_cache_close(cache);
    assert_int_equal(lines.count, 0);
    assert_int_equal(take_census().bad, 0);
    assert_int_equal(scratch_count(folder, ".clwtmp"), 0);
}

struct vandal {
    const char *file;
    atomic_int stop;
};

/* Writes into the entry while others read it. */
static void *vandalise(void *data)
{
    struct vandal *vandal = data;
    uint64_t random = 1;
    unsigned char whole[LARGEST + 200];
    const size_t count = scratch_read(vandal->file, whole, sizeof whole);
    while (!atomic_load(&vandal->stop)) {
        const int file = open(vandal->file, O_WRONLY | O_CLOEXEC);
        const off_t at = (off_t)(random_next(&random) % count);
        const unsigned char byte = (unsigned char)random_next(&random);
        if (pwrite(file, &byte, 1, at) < 0 || pwrite(file, &whole[at], 1, at) < 0)
            atomic_store(&vandal->stop, 2);
        close(file);
    }
    return NULL;
}

static void test_bytes_that_change_while_read(void **state)
{
    (void)state;
    unsigned char binary[LARGEST];
    struct sample sample;
    sample_fill(&sample, 1, binary, LARGEST);
    struct disk_cache *cache = disk_cache_open(folder, 0, NULL, NULL);
    sample_store(cache, &sample);
    char file[SCRATCH_PATH];
    scratch_only(file, folder, ".clwbin");
    struct vandal vandal = {.file = file};
    pthread_t thread;
    assert_int_equal(pthread_create(&thread, NULL, vandalise, &vandal), 0);
    int count[3] = {0};
    for (int i = 0; i < 5000 || (i < 500000 && !count[LOADED_NOTHING]); i++) {
        const char *why;
        count[sample_load(cache, &sample, NULL, &why)]++;
    }
    const int failed = atomic_exchange(&vandal.stop, 1);
    pthread_join(thread, NULL);
    assert_int_equal(failed, 0);
    assert_int_equal(count[LOADED_WRONG], 0);
    assert_true(count[LOADED_NOTHING] > 0);
    disk_cache_close(cache);
}

#define CASE(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(test_processes_on_a_cold_cache),
        CASE(test_processes_that_evict),
        CASE(test_killed_writers),
        CASE(test_threads),
        CASE(test_bytes_that_change_while_read),
    };
    return cmocka_run_group_tests_name("disk cache, races", tests, NULL, NULL);
}
