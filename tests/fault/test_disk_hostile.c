/* Folders and files that are not what the disk cache made, or not safe to use: each is a miss, and
 * nothing that is not the cache's own is touched. */
#include "runtime/base/file.h"
#include "tests/fault/scratch.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { NOBODY = 65534 };

static char scratch[SCRATCH_PATH], folder[SCRATCH_PATH], entry[SCRATCH_PATH];
static char elsewhere[SCRATCH_PATH];

static void store(void)
{
    struct disk_cache *cache = disk_cache_open(folder, 0, NULL, NULL);
    assert_non_null(cache);
    disk_cache_store(cache, "key", 3, "binary", 6);
    disk_cache_close(cache);
}

/* NULL if the entry was loaded, which must be whole then; else why not. */
static const char *load(void)
{
    struct disk_cache *cache = disk_cache_open(folder, 0, NULL, NULL);
    assert_non_null(cache);
    size_t length;
    const char *why;
    void *binary = disk_cache_load(cache, "key", 3, &length, &why);
    disk_cache_close(cache);
    if (!binary)
        return why;
    assert_int_equal(length, 6);
    assert_memory_equal(binary, "binary", 6);
    free(binary);
    return NULL;
}

static int set_up(void **state)
{
    (void)state;
    scratch_make(scratch);
    scratch_join(folder, scratch, "cache");
    scratch_join(elsewhere, scratch, "elsewhere");
    store();
    scratch_only(entry, folder, ".clwbin");
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    scratch_remove(scratch);
    return 0;
}

static void assert_replaced(const char *problem)
{
    assert_string_equal(load(), problem);
    store();
    assert_null(load());
    struct stat facts;
    assert_int_equal(lstat(entry, &facts), 0);
    assert_true(S_ISREG(facts.st_mode));
    assert_int_equal(facts.st_nlink, 1);
}

static void test_entry_is_a_link(void **state)
{
    (void)state;
    assert_int_equal(rename(entry, elsewhere), 0);
    assert_int_equal(symlink(elsewhere, entry), 0);
    unsigned char before[200], after[200];
    const size_t count = scratch_read(elsewhere, before, sizeof before);
    assert_replaced("a link, or too many links");
    assert_int_equal(scratch_read(elsewhere, after, sizeof after), count);
    assert_memory_equal(before, after, count);
}

static void test_entry_has_two_names(void **state)
{
    (void)state;
    assert_int_equal(link(entry, elsewhere), 0);
    assert_replaced("several hard links");
}

static void test_entry_is_a_pipe(void **state)
{
    (void)state;
    assert_int_equal(unlink(entry), 0);
    assert_int_equal(mkfifo(entry, 0600), 0);
    assert_replaced("not a plain file");
}

static void test_entry_is_a_folder(void **state)
{
    (void)state;
    assert_int_equal(unlink(entry), 0);
    assert_int_equal(mkdir(entry, 0700), 0);
    assert_string_equal(load(), "not a plain file");
    store();
    assert_string_equal(load(), "not a plain file");
    assert_int_equal(scratch_count(folder, ""), 1);
}

static void test_entry_is_open_to_others(void **state)
{
    (void)state;
    static const mode_t modes[] = {0604, 0640, 0620, 0602, 0644, 0666, 0601};
    for (size_t i = 0; i < sizeof modes / sizeof *modes; i++) {
        assert_int_equal(chmod(entry, modes[i]), 0);
        assert_replaced("open to other users");
    }
}

static void test_entry_is_huge(void **state)
{
    (void)state;
    assert_int_equal(truncate(entry, (off_t)1 << 40), 0);
    assert_replaced("wrong length");
    assert_int_equal(truncate(entry, 0), 0);
    assert_replaced("wrong length");
}

static void note_problem(void *data, const clw_cache_entry *found)
{
    *(const char **)data = found->problem;
}

static void test_entry_under_a_wrong_name(void **state)
{
    (void)state;
    struct disk_cache *cache = disk_cache_open(folder, 0, NULL, NULL);
    assert_int_equal(rename(entry, elsewhere), 0);
    disk_cache_store(cache, "another", 7, "foreign", 7);
    disk_cache_close(cache);
    char other[SCRATCH_PATH];
    scratch_only(other, folder, ".clwbin");
    assert_int_equal(rename(other, entry), 0);
    const char *problem = NULL;
    assert_int_equal(disk_cache_visit(folder, note_problem, &problem, NULL, NULL), CLW_OK);
    assert_string_equal(problem, "wrong key text");
    assert_replaced("wrong key text");
}

static void test_new_file_replaces_nothing(void **state)
{
    (void)state;
    const int descriptor = file_open_folder(scratch);
    assert_true(descriptor >= 0);
    assert_int_equal(symlink(entry, elsewhere), 0);
    assert_int_equal(file_create(descriptor, "elsewhere"), -1);
    assert_int_equal(errno, EEXIST);
    assert_int_equal(file_create(descriptor, "cache"), -1);
    assert_int_equal(errno, EEXIST);
    file_close(descriptor);
    assert_null(load());
}

static void test_foreign_owner(void **state)
{
    (void)state;
    if (geteuid() != 0)
        skip();
    assert_int_equal(chown(entry, NOBODY, NOBODY), 0);
    assert_replaced("foreign owner");
    assert_int_equal(chown(folder, NOBODY, NOBODY), 0);
    struct lines lines = {0};
    const struct log log = lines_log(&lines);
    assert_null(disk_cache_open(folder, 0, &log, NULL));
    assert_int_equal(lines.count, 1);
    assert_non_null(strstr(lines.first, "belongs to another user"));
}

static void assert_unfit(const char *path, const char *problem)
{
    struct lines lines = {0};
    const struct log log = lines_log(&lines);
    assert_null(disk_cache_open(path, 0, &log, NULL));
    assert_int_equal(lines.count, 1);
    assert_non_null(strstr(lines.first, problem));
    clw_error error;
    int removed = -1;
    assert_int_equal(disk_cache_purge(path, 0, &removed, NULL, &error), CLW_ERROR_IO);
    assert_non_null(strstr(error.message, problem));
    assert_int_equal(removed, -1);
    assert_int_equal(scratch_count(folder, ".clwbin"), 1);
}

static void test_folder_is_unfit(void **state)
{
    (void)state;
    char link_path[SCRATCH_PATH], slash_path[SCRATCH_PATH], file_path[SCRATCH_PATH];
    scratch_join(link_path, scratch, "link");
    assert_int_equal(symlink(folder, link_path), 0);
    assert_unfit(link_path, "not a folder, or a link");
    scratch_join(slash_path, link_path, "");
    char resolved[SCRATCH_PATH];
    assert_int_equal(disk_cache_path(slash_path, resolved, sizeof resolved), 0);
    assert_unfit(resolved, "not a folder, or a link");
    scratch_join(file_path, scratch, "file");
    assert_int_equal(scratch_write(file_path, "", 0), 0);
    assert_unfit(file_path, "not a folder, or a link");
    static const mode_t modes[] = {0720, 0702, 0777, 01777};
    for (size_t i = 0; i < sizeof modes / sizeof *modes; i++) {
        assert_int_equal(chmod(folder, modes[i]), 0);
        assert_unfit(folder, "other users may write");
    }
    assert_int_equal(chmod(folder, 0755), 0);
    assert_null(load());
}

static void test_folder_cannot_be_made(void **state)
{
    (void)state;
    struct lines lines = {0};
    const struct log log = lines_log(&lines);
    char path[SCRATCH_PATH];
    scratch_join(path, entry, "below/a/file");
    assert_null(disk_cache_open(path, 0, &log, NULL));
    char *longest = calloc(1, PATH_MAX + 10);
    assert_non_null(longest);
    memset(longest, 'x', PATH_MAX + 5);
    assert_null(disk_cache_open(longest, 0, &log, NULL));
    memset(longest, '/', 10);
    longest[PATH_MAX - 5] = '\0';
    assert_null(disk_cache_open(longest, 0, &log, NULL));
    free(longest);
    assert_int_equal(lines.count, 3);
}

static void test_folder_vanishes(void **state)
{
    (void)state;
    struct lines lines = {0};
    const struct log log = lines_log(&lines);
    struct disk_cache *cache = disk_cache_open(folder, 0, &log, NULL);
    scratch_remove(folder);
    size_t length;
    const char *why;
    assert_null(disk_cache_load(cache, "key", 3, &length, &why));
    assert_string_equal(why, "no entry");
    for (int i = 0; i < 3; i++)
        disk_cache_store(cache, "key", 3, "binary", 6);
    assert_int_equal(lines.count, 1);
    disk_cache_close(cache);
}

static void add(const char *name, time_t age)
{
    char path[SCRATCH_PATH];
    scratch_join(path, folder, name);
    assert_int_equal(scratch_write(path, "torn", 4), 0);
    const struct timespec times[2] = {{.tv_sec = time(NULL) - age}, {.tv_sec = time(NULL) - age}};
    assert_int_equal(utimensat(AT_FDCWD, path, times, 0), 0);
}

static void test_stale_temporaries(void **state)
{
    (void)state;
    char mine[80], mine_old[80];
    snprintf(mine, sizeof mine, "%08x000000001234567890123456.clwtmp", (unsigned)getpid());
    snprintf(mine_old, sizeof mine_old, "%08x000000011234567890123456.clwtmp", (unsigned)getpid());
    const pid_t child = fork();
    if (child == 0)
        _exit(0);
    waitpid(child, NULL, 0);
    char dead[80];
    snprintf(dead, sizeof dead, "%08x000000001234567890123456.clwtmp", (unsigned)child);
    add(mine, 0);
    add(mine_old, 3700);
    add(dead, 0);
    add("ffffffff000000001234567890123456.clwtmp", 0);
    add("00000000000000001234567890123456.clwtmp", 0);
    add("somebody's.clwtmp", 99999);
    add("0123.clwbin", 99999);
    store();
    assert_int_equal(scratch_count(folder, ""), 4);
    char path[SCRATCH_PATH];
    scratch_join(path, folder, mine);
    assert_int_equal(access(path, F_OK), 0);
    assert_null(load());
}

/* A write beyond the limit of file sizes would end the process with SIGXFSZ. */
static void test_limit_of_file_size(void **state)
{
    (void)state;
    const pid_t child = fork();
    if (child == 0) {
        const struct rlimit limit = {50, 50};
        struct disk_cache *cache = disk_cache_open(folder, 0, NULL, NULL);
        setrlimit(RLIMIT_FSIZE, &limit);
        disk_cache_store(cache, "other", 5, "binary", 6);
        disk_cache_close(cache);
        _exit(scratch_count(folder, "") == 1 ? 0 : 1);
    }
    int status = -1;
    waitpid(child, &status, 0);
    assert_int_equal(status, 0);
}

#define CASE(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(test_entry_is_a_link),           CASE(test_entry_has_two_names),
        CASE(test_entry_is_a_pipe),           CASE(test_entry_is_a_folder),
        CASE(test_entry_is_open_to_others),   CASE(test_entry_is_huge),
        CASE(test_entry_under_a_wrong_name),  CASE(test_foreign_owner),
        CASE(test_new_file_replaces_nothing), CASE(test_folder_is_unfit),
        CASE(test_folder_cannot_be_made),     CASE(test_folder_vanishes),
        CASE(test_stale_temporaries),         CASE(test_limit_of_file_size),
    };
    return cmocka_run_group_tests_name("disk cache, hostile folders", tests, NULL, NULL);
}
