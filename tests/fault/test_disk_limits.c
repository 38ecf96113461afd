/* The folder stays within its limits of bytes and entries, and the oldest use goes first. */
#include "runtime/cache/disk_evict.h"
#include "tests/fault/scratch.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

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

static void sum(void *data, const clw_cache_entry *entry)
{
    assert_null(entry->problem);
    *(uint64_t *)data += entry->bytes;
}

static uint64_t bytes_in_folder(void)
{
    uint64_t bytes = 0;
    assert_int_equal(disk_cache_visit(folder, sum, &bytes, NULL, NULL), CLW_OK);
    return bytes;
}

/* Puts the last use of every entry further into the past. */
static void age_all(int seconds)
{
    DIR *stream = opendir(folder);
    assert_non_null(stream);
    for (const struct dirent *item; (item = readdir(stream)) != NULL;) {
        struct stat facts;
        if (item->d_name[0] == '.' || fstatat(dirfd(stream), item->d_name, &facts, 0) < 0)
            continue;
        facts.st_mtim.tv_sec -= seconds;
        const struct timespec times[2] = {facts.st_atim, facts.st_mtim};
        assert_int_equal(utimensat(dirfd(stream), item->d_name, times, 0), 0);
    }
    closedir(stream);
}

static void store(struct disk_cache *cache, int number)
{
    static const char binary[900];
    char key[20];
    const int length = snprintf(key, sizeof key, "key %d", number);
    disk_cache_store(cache, key, (size_t)length, binary, sizeof binary);
}

static int is_there(struct disk_cache *cache, int number)
{
    char key[20];
    const int length = snprintf(key, sizeof key, "key %d", number);
    size_t bytes;
    const char *why;
    void *binary = disk_cache_load(cache, key, (size_t)length, &bytes, &why);
    free(binary);
    return binary != NULL;
}

static void test_oldest_use_goes_first(void **state)
{
    (void)state;
    struct disk_cache *cache = disk_cache_open(folder, 10000, NULL, NULL);
    for (int i = 0; i < 10; i++) {
        store(cache, i);
        age_all(10);
    }
    assert_int_equal(scratch_count(folder, ""), 10);
    assert_true(is_there(cache, 0));
    age_all(10);
    store(cache, 10);
    /* 11 entries of 953 or 954 bytes; nine fit nine tenths of the limit. */
    static const int left[] = {1, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1};
    for (int i = 0; i <= 10; i++)
        assert_int_equal(is_there(cache, i), left[i]);
    disk_cache_close(cache);
}

static void test_total_is_bounded(void **state)
{
    (void)state;
    const uint64_t limit = 50000;
    struct disk_cache *cache = disk_cache_open(folder, limit, NULL, NULL);
    for (int i = 0; i < 500; i++) {
        store(cache, i);
        if (i % 50 == 0)
            assert_true(bytes_in_folder() <= limit);
    }
    assert_true(bytes_in_folder() > limit / 2);
    assert_true(is_there(cache, 499));
    disk_cache_close(cache);
    cache = disk_cache_open(folder, 5000, NULL, NULL);
    store(cache, 500);
    assert_true(bytes_in_folder() <= 5000);
    assert_true(is_there(cache, 500));
    disk_cache_close(cache);
}

static void test_too_large_an_entry_pushes_nothing_out(void **state)
{
    (void)state;
    static const char binary[9900];
    struct disk_cache *cache = disk_cache_open(folder, 10000, NULL, NULL);
    store(cache, 1);
    disk_cache_store(cache, "large", 5, binary, 9100);
    disk_cache_store(cache, "large", 5, binary, sizeof binary);
    assert_true(is_there(cache, 1));
    assert_int_equal(scratch_count(folder, ""), 1);
    disk_cache_close(cache);
}

/* Each knows only what it stored itself since it last looked. */
static void test_two_caches_of_one_folder(void **state)
{
    (void)state;
    enum { CACHES = 8 };
    const uint64_t limit = 64000;
    struct disk_cache *caches[CACHES];
    for (int i = 0; i < CACHES; i++)
        caches[i] = disk_cache_open(folder, limit, NULL, NULL);
    for (int i = 0; i < 800; i++)
        store(caches[i % CACHES], i);
    assert_true(bytes_in_folder() <= limit + CACHES * (limit / 16));
    for (int i = 0; i < CACHES; i++)
        disk_cache_close(caches[i]);
}

/* The folder is listed once for many stores, not for each. */
static void test_few_listings(void **state)
{
    (void)state;
    struct tally tally = {0};
    const clw_allocator allocator = tally_allocator(&tally);
    struct disk_cache *cache = disk_cache_open(folder, 0, NULL, &allocator);
    const long before = atomic_load(&tally.calls);
    for (int i = 0; i < 1000; i++)
        store(cache, i);
    const long for_lists = atomic_load(&tally.calls) - before - 1000;
    assert_in_range(for_lists, 1, 5);
    disk_cache_close(cache);
    assert_int_equal(atomic_load(&tally.live), 0);
}

static void test_number_is_bounded(void **state)
{
    (void)state;
    const int descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    for (unsigned i = 0; i < ROOM_MAX_ENTRIES; i++) {
        char name[64];
        snprintf(name, sizeof name, "%032x.clwbin", i);
        const int file = openat(descriptor, name, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
        assert_true(file >= 0);
        close(file);
    }
    close(descriptor);
    age_all(100);
    struct disk_cache *cache = disk_cache_open(folder, 0, NULL, NULL);
    store(cache, 1);
    assert_true(is_there(cache, 1));
    disk_cache_close(cache);
    const int count = scratch_count(folder, "");
    assert_in_range(count, ROOM_MAX_ENTRIES / 10 * 9 - 1, ROOM_MAX_ENTRIES / 10 * 9 + 10);
}

#define CASE(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(test_oldest_use_goes_first),
        CASE(test_total_is_bounded),
        CASE(test_too_large_an_entry_pushes_nothing_out),
        CASE(test_two_caches_of_one_folder),
        CASE(test_few_listings),
        CASE(test_number_is_bounded),
    };
    return cmocka_run_group_tests_name("disk cache, limits", tests, NULL, NULL);
}
