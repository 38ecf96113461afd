/* The disk cache when nothing goes wrong: what is stored comes back, under its key only, the folder
 * is the right one, and limits hold. */
#include "runtime/base/hash.h"
#include "runtime/base/memory.h"
#include "tests/fault/scratch.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static char folder[SCRATCH_PATH];
static struct lines lines;

static int set_up(void **state)
{
    (void)state;
    memset(&lines, 0, sizeof lines);
    scratch_make(folder);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    scratch_remove(folder);
    return 0;
}

static struct disk_cache *open_cache(uint64_t limit)
{
    static struct log log;
    log = lines_log(&lines);
    struct disk_cache *cache = disk_cache_open(folder, limit, &log, NULL);
    assert_non_null(cache);
    return cache;
}

static void test_hash(void **state)
{
    (void)state;
    char hex[HASH_HEX_LENGTH + 1];
    hash_hex(hash_bytes("", 0), hex);
    /* XXH3_128bits of nothing, seed 0, as its specification gives it. */
    assert_string_equal(hex, "99aa06d3014798d86001c324468d497f");
    struct hash128 back;
    assert_true(hash_from_hex(hex, &back));
    assert_true(hash_equal(back, hash_bytes("", 0)));
    assert_false(hash_from_hex("99aa06d3014798d86001c324468d497", &back));
    assert_false(hash_from_hex("99AA06D3014798D86001C324468D497F", &back));
    unsigned char bytes[1000];
    for (size_t i = 0; i < sizeof bytes; i++)
        bytes[i] = (unsigned char)(i * 7);
    for (size_t cut = 0; cut <= sizeof bytes; cut++)
        assert_true(hash_equal(hash_bytes(bytes, sizeof bytes),
                               hash_two(bytes, cut, bytes + cut, sizeof bytes - cut)));
}

static void test_round_trip(void **state)
{
    (void)state;
    static unsigned char binary[3000000];
    struct tally tally = {0};
    const clw_allocator allocator = tally_allocator(&tally);
    struct disk_cache *cache = disk_cache_open(folder, 0, NULL, &allocator);
    const char *why;
    for (int i = 0; i < 40; i++) {
        struct sample sample;
        sample_fill(&sample, i, binary, i < 35 ? 1000 : sizeof binary);
        assert_int_equal(sample_load(cache, &sample, &allocator, &why), LOADED_NOTHING);
        assert_string_equal(why, "no entry");
        sample_store(cache, &sample);
        assert_int_equal(sample_load(cache, &sample, &allocator, &why), LOADED_RIGHT);
    }
    disk_cache_close(cache);
    cache = disk_cache_open(folder, 0, NULL, &allocator);
    for (int i = 0; i < 40; i++) {
        struct sample sample;
        sample_fill(&sample, i, binary, i < 35 ? 1000 : sizeof binary);
        assert_int_equal(sample_load(cache, &sample, &allocator, &why), LOADED_RIGHT);
    }
    disk_cache_close(cache);
    assert_int_equal(atomic_load(&tally.live), 0);
    assert_int_equal(scratch_count(folder, ".clwbin"), 40);
    assert_int_equal(scratch_count(folder, ""), 40);
}

static void test_replaces(void **state)
{
    (void)state;
    struct disk_cache *cache = open_cache(0);
    disk_cache_store(cache, "key", 3, "first", 5);
    disk_cache_store(cache, "key", 3, "second", 6);
    size_t length;
    const char *why;
    void *binary = disk_cache_load(cache, "key", 3, &length, &why);
    assert_non_null(binary);
    assert_int_equal(length, 6);
    assert_memory_equal(binary, "second", 6);
    free(binary);
    disk_cache_close(cache);
    assert_int_equal(scratch_count(folder, ""), 1);
}

static void test_no_cache(void **state)
{
    (void)state;
    size_t length;
    const char *why;
    const struct log log = lines_log(&lines);
    assert_null(disk_cache_open("", 0, &log, NULL));
    assert_int_equal(lines.count, 0);
    assert_null(disk_cache_load(NULL, "key", 3, &length, &why));
    assert_string_equal(why, "no disk cache");
    disk_cache_store(NULL, "key", 3, "binary", 6);
    disk_cache_close(NULL);
}

static void test_unstorable(void **state)
{
    (void)state;
    struct disk_cache *cache = open_cache(4000);
    char *large = memory_new(NULL, 1, 4000);
    disk_cache_store(cache, "empty", 5, large, 0);
    assert_int_equal(lines.count, 1);
    disk_cache_store(cache, "large", 5, large, 4000);
    disk_cache_store(cache, "huge", 4, large, SIZE_MAX);
    disk_cache_store(cache, large, SIZE_MAX, large, 10);
    free(large);
    disk_cache_close(cache);
    assert_int_equal(lines.count, 1);
    assert_int_equal(scratch_count(folder, ""), 0);
}

static const char key_text[] = "multiply|f32,f32>f32|r2|i32|a:s1 b:01 y:s1\n"
                               "kernel void multiply_f32(global float *y)\n{\n    y[0] = 1;\n}\n"
                               "-cl-std=CL1.2\nclwise 0.1.0\n"
                               "Portable Computing Language\nOpenCL 3.0 PoCL 3.1\n"
                               "pthread-znver3\nAuthenticAMD\n3.1+debian\nOpenCL C 1.2\n64\n";
enum { KEY_LENGTH = sizeof key_text - 1 };

enum edit { CHANGED, LEFT_OUT, DOUBLED, EDITS };

/* Copies the key text with one edit of the byte at `at`. */
static size_t edit_key(char *key, size_t at, enum edit edit)
{
    const size_t taken = edit == DOUBLED ? 0 : 1, put = edit == LEFT_OUT ? 0 : 1;
    memcpy(key, key_text, at);
    if (put)
        key[at] = edit == CHANGED ? (char)(key_text[at] ^ 1) : key_text[at];
    memcpy(key + at + put, key_text + at + taken, KEY_LENGTH - at - taken);
    return KEY_LENGTH - taken + put;
}

static void test_every_change_of_the_key_is_a_miss(void **state)
{
    (void)state;
    struct disk_cache *cache = open_cache(0);
    disk_cache_store(cache, key_text, KEY_LENGTH, "binary", 6);
    size_t length;
    const char *why;
    for (size_t at = 0; at < KEY_LENGTH; at++) {
        for (enum edit edit = 0; edit < EDITS; edit++) {
            char key[KEY_LENGTH + 1];
            assert_null(disk_cache_load(cache, key, edit_key(key, at, edit), &length, &why));
        }
    }
    void *binary = disk_cache_load(cache, key_text, KEY_LENGTH, &length, &why);
    assert_non_null(binary);
    free(binary);
    disk_cache_close(cache);
}

static void set_variable(const char *name, const char *value)
{
    if (value)
        setenv(name, value, 1);
    else
        unsetenv(name);
}

static void test_path(void **state)
{
    (void)state;
    static const struct {
        const char *dir, *own, *xdg, *home, *path; /* path NULL: none */
    } cases[] = {
        {"/a/b", "/own", "/xdg", "/home/me", "/a/b"},
        {"/a/b//", NULL, NULL, NULL, "/a/b"},
        {"/a/b/./", NULL, NULL, NULL, "/a/b"},
        {"a", NULL, NULL, NULL, "a"},
        {"/", NULL, NULL, NULL, "/"},
        {"", "/own", "/xdg", "/home/me", NULL},
        {NULL, "/own", "/xdg", "/home/me", "/own"},
        {NULL, "", "/xdg", "/home/me", NULL},
        {NULL, NULL, "/xdg", "/home/me", "/xdg/clwise"},
        {NULL, NULL, "xdg", "/home/me", "/home/me/.cache/clwise"},
        {NULL, NULL, "", "/home/me", "/home/me/.cache/clwise"},
        {NULL, NULL, NULL, "/home/me", "/home/me/.cache/clwise"},
        {NULL, NULL, NULL, "home", NULL},
        {NULL, NULL, NULL, "", NULL},
        {NULL, NULL, "xdg", NULL, NULL},
        {NULL, NULL, NULL, NULL, NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        set_variable("CLWISE_CACHE_DIR", cases[i].own);
        set_variable("XDG_CACHE_HOME", cases[i].xdg);
        set_variable("HOME", cases[i].home);
        char path[64];
        const int result = disk_cache_path(cases[i].dir, path, sizeof path);
        assert_int_equal(result, cases[i].path ? 0 : -1);
        if (cases[i].path)
            assert_string_equal(path, cases[i].path);
    }
    char small[4];
    assert_int_equal(disk_cache_path("/abc", small, sizeof small), -1);
}

static void test_default_folder_is_made(void **state)
{
    (void)state;
    char home[SCRATCH_PATH], cache_path[SCRATCH_PATH];
    scratch_join(home, folder, "not/there/yet");
    scratch_join(cache_path, home, ".cache/clwise");
    set_variable("CLWISE_CACHE_DIR", NULL);
    set_variable("XDG_CACHE_HOME", NULL);
    set_variable("HOME", home);
    struct disk_cache *cache = disk_cache_open(NULL, 0, NULL, NULL);
    assert_non_null(cache);
    disk_cache_store(cache, "key", 3, "binary", 6);
    disk_cache_close(cache);
    struct stat facts;
    assert_int_equal(stat(cache_path, &facts), 0);
    assert_int_equal(facts.st_mode & 07777, 0700);
    assert_int_equal(stat(home, &facts), 0);
    assert_int_equal(facts.st_mode & 07777, 0700);
    char entry[SCRATCH_PATH];
    scratch_only(entry, cache_path, "");
    assert_int_equal(stat(entry, &facts), 0);
    assert_int_equal(facts.st_mode & 07777, 0600);
}

static void test_no_home(void **state)
{
    (void)state;
    set_variable("CLWISE_CACHE_DIR", NULL);
    set_variable("XDG_CACHE_HOME", NULL);
    set_variable("HOME", NULL);
    const struct log log = lines_log(&lines);
    assert_null(disk_cache_open(NULL, 0, &log, NULL));
    assert_int_equal(lines.count, 1);
}

static void test_process_state_is_kept(void **state)
{
    (void)state;
    char before[SCRATCH_PATH], after[SCRATCH_PATH];
    assert_non_null(getcwd(before, sizeof before));
    const mode_t old = umask(0);
    struct disk_cache *cache = open_cache(0);
    disk_cache_store(cache, "key", 3, "binary", 6);
    disk_cache_close(cache);
    assert_int_equal(umask(old), 0);
    assert_non_null(getcwd(after, sizeof after));
    assert_string_equal(before, after);
    char entry[SCRATCH_PATH];
    scratch_only(entry, folder, ".clwbin");
    struct stat facts;
    assert_int_equal(stat(entry, &facts), 0);
    assert_int_equal(facts.st_mode & 07777, 0600);
}

struct seen {
    int good, bad;
    uint64_t bytes;
    char previous[64], key[64], problem[64];
    int64_t used;
};

static void see(void *data, const clw_cache_entry *entry)
{
    struct seen *seen = data;
    assert_true(strcmp(seen->previous, entry->file) < 0);
    snprintf(seen->previous, sizeof seen->previous, "%s", entry->file);
    snprintf(entry->problem ? seen->problem : seen->key, sizeof seen->key, "%s",
             entry->problem ? entry->problem : entry->key);
    entry->problem ? seen->bad++ : seen->good++;
    if (entry->problem)
        assert_string_equal(entry->key, "");
    seen->bytes += entry->bytes;
    seen->used = entry->used;
}

static struct seen visit_all(void)
{
    struct seen seen = {0};
    assert_int_equal(disk_cache_visit(folder, see, &seen, NULL, NULL), CLW_OK);
    return seen;
}

static void test_visit_and_purge(void **state)
{
    (void)state;
    struct disk_cache *cache = open_cache(0);
    disk_cache_store(cache, "the plan key\nthe source", 23, "binary", 6);
    assert_string_equal(visit_all().key, "the plan key");
    unsigned char bytes[500];
    char entry[SCRATCH_PATH], stranger[SCRATCH_PATH];
    scratch_only(entry, folder, ".clwbin");
    const size_t count = scratch_read(entry, bytes, sizeof bytes);
    assert_int_equal(visit_all().bytes, count);
    const long long used = visit_all().used;
    struct timespec now; /* time() lags behind the times of files by up to a tick. */
    clock_gettime(CLOCK_REALTIME, &now);
    assert_in_range(now.tv_sec - used, 0, 60);
    for (int i = 0; i < 9; i++)
        disk_cache_store(cache, (const char *)bytes, 100 + (size_t)i, bytes, 100);
    disk_cache_close(cache);
    assert_int_equal(scratch_write(entry, bytes, count - 1), 0);
    scratch_join(stranger, folder, "0123456789abcdef0123456789abcdef.clwbin.orig");
    assert_int_equal(scratch_write(stranger, bytes, count), 0);
    const struct seen seen = visit_all();
    assert_int_equal(seen.good, 9);
    assert_int_equal(seen.bad, 1);
    assert_string_equal(seen.problem, "wrong length");

    int removed = -1;
    assert_int_equal(disk_cache_purge(folder, 1, &removed, NULL, NULL), CLW_OK);
    assert_int_equal(removed, 1);
    assert_int_equal(visit_all().good, 9);
    assert_int_equal(disk_cache_purge(folder, 0, &removed, NULL, NULL), CLW_OK);
    assert_int_equal(removed, 9);
    assert_int_equal(scratch_count(folder, ""), 1);
    assert_int_equal(disk_cache_purge(folder, 0, NULL, NULL, NULL), CLW_OK);
}

static void test_visit_of_a_missing_folder(void **state)
{
    (void)state;
    char missing[SCRATCH_PATH];
    scratch_join(missing, folder, "missing");
    struct seen seen = {0};
    int removed = -1;
    assert_int_equal(disk_cache_visit(missing, see, &seen, NULL, NULL), CLW_OK);
    assert_int_equal(disk_cache_purge(missing, 0, &removed, NULL, NULL), CLW_OK);
    assert_int_equal(seen.good + seen.bad, 0);
    assert_int_equal(removed, 0);
    assert_int_equal(access(missing, F_OK), -1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_hash),
        cmocka_unit_test_setup_teardown(test_round_trip, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_replaces, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_no_cache, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_unstorable, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_every_change_of_the_key_is_a_miss, set_up, tear_down),
        cmocka_unit_test(test_path),
        cmocka_unit_test_setup_teardown(test_default_folder_is_made, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_no_home, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_process_state_is_kept, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_visit_and_purge, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_visit_of_a_missing_folder, set_up, tear_down),
    };
    return cmocka_run_group_tests_name("disk cache", tests, NULL, NULL);
}
