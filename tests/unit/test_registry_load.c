/* Op files and folders of them, good and bad, read into a registry. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "runtime/ops/registry.h"
#include "tests/temporary.h"
#include "tests/unit/failing_allocator.h"

#include <cmocka.h>

/* A folder for one test, and the files that it was given. */
struct folder {
    char path[200];
    char files[8][256];
    int count;
};

static int make_folder(void **state)
{
    static struct folder folder;
    folder.count = 0;
    temporary_name(folder.path, sizeof folder.path);
    *state = &folder;
    return mkdtemp(folder.path) ? 0 : -1;
}

static int remove_folder(void **state)
{
    struct folder *folder = *state;
    while (folder->count > 0)
        remove(folder->files[--folder->count]);
    return rmdir(folder->path);
}

static const char *put(struct folder *folder, const char *name, const char *text)
{
    char *path = folder->files[folder->count++];
    const int length = snprintf(NULL, 0, "%s/%s", folder->path, name);
    assert_in_range(length, 1, sizeof folder->files[0] - 1);
    strcpy(path, folder->path);
    strcat(strcat(path, "/"), name);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    assert_int_equal(fclose(file), 0);
    return path;
}

static void expect_failure(struct registry *registry, const char *path, clw_status status,
                           const char *message)
{
    clw_error error = {CLW_OK, ""};
    const int count = registry->count, slots = registry->slot_count;
    assert_int_equal(registry_load(registry, path, &error), status);
    assert_string_equal(error.message, message);
    assert_int_equal(registry->count, count);
    assert_int_equal(registry->slot_count, slots);
}

#define ROW "//! loop T -> T for float\n"

static void test_load_file(void **state)
{
    struct registry registry;
    registry_init(&registry, NULL);
    clw_error error = {CLW_OK, ""};
    const char *path =
        put(*state, "two.cl", "//! op b(x) -> y\n//! alias beta\n" ROW "//! op a(x) -> y\n" ROW);
    assert_int_equal(registry_load(&registry, path, &error), CLW_OK);
    assert_int_equal(registry.count, 2);
    assert_string_equal(registry.ops[0]->name, "a");
    assert_string_equal(registry_find(&registry, "beta")->name, "b");
    assert_string_equal(registry_find(&registry, "b")->shared.file, path);
    registry_finish(&registry);
}

static void load(struct registry *registry, const char *path)
{
    clw_error error = {CLW_OK, ""};
    if (registry_load(registry, path, &error))
        fail_msg("%s", error.message);
}

/* A file that is loaded again, by whatever name, replaces its ops; the old ones stay as they are.
 */
static void test_load_again(void **state)
{
    struct folder *folder = *state;
    struct registry registry;
    char again[420], message[600];
    registry_init(&registry, NULL);
    const char *one = put(folder, "one.cl", "//! op a(x) -> y\n" ROW "//! op b(x) -> y\n" ROW);
    load(&registry, one);
    const struct clw_op *old = registry_find(&registry, "a");
    folder->count--;
    put(folder, "one.cl", "//! op a(x, z) -> y\n//! alias c\n//! loop T T -> T for float\n");
    snprintf(again, sizeof again, "%s/../%s/./one.cl", folder->path,
             strrchr(folder->path, '/') + 1);
    load(&registry, again);
    assert_int_equal(registry_find(&registry, "a")->nin, 2);
    assert_ptr_equal(registry_find(&registry, "c"), registry_find(&registry, "a"));
    assert_null(registry_find(&registry, "b"));
    assert_int_equal(registry.count, 1);
    assert_int_equal(old->nin, 1);
    assert_string_equal(old->name, "a");
    /* One that is wrong leaves the ops as they were. */
    folder->count--;
    put(folder, "one.cl", "//! op a(x) -> y\n");
    snprintf(message, sizeof message, "%s:1: a has no 'loop' row", one);
    expect_failure(&registry, one, CLW_ERROR_SYNTAX, message);
    /* The same name in another file is an error that names both. */
    const char *two = put(folder, "two.cl", "//! op c(x) -> y\n" ROW);
    snprintf(message, sizeof message, "%s: the name 'c' is taken by %s", two, again);
    expect_failure(&registry, two, CLW_ERROR_ARGUMENT, message);
    assert_int_equal(registry_find(&registry, "a")->nin, 2);
    registry_finish(&registry);
}

/* An op goes on calling the op that it was loaded with. */
static void test_load_called_again(void **state)
{
    struct folder *folder = *state;
    struct registry registry;
    registry_init(&registry, NULL);
    put(folder, "a.cl", "//! op a(x) -> y\n" ROW "//! call b\n");
    const char *b = put(folder, "b.cl", "//! op b(x) -> y\n" ROW);
    load(&registry, folder->path);
    const struct clw_op *a = registry_find(&registry, "a"), *old = registry_find(&registry, "b");
    load(&registry, b);
    assert_ptr_equal(registry_find(&registry, "a"), a);
    assert_ptr_not_equal(registry_find(&registry, "b"), old);
    assert_ptr_equal(a->calls[0].op, old);
    load(&registry, folder->path);
    assert_ptr_equal(registry_find(&registry, "a")->calls[0].op, registry_find(&registry, "b"));
    registry_finish(&registry);
}

/* A folder that is loaded again replaces the ops of files that are no longer there, too. */
static void test_load_folder_again(void **state)
{
    struct folder *folder = *state;
    struct registry registry;
    registry_init(&registry, NULL);
    put(folder, "one.cl", "//! op a(x) -> y\n" ROW);
    const char *two = put(folder, "two.cl", "//! op b(x) -> y\n" ROW);
    load(&registry, folder->path);
    remove(two);
    put(folder, "three.cl", "//! op c(x) -> y\n//! alias b\n" ROW);
    load(&registry, folder->path);
    assert_int_equal(registry.count, 2);
    assert_string_equal(registry_find(&registry, "b")->name, "c");
    registry_finish(&registry);
}

static void test_load_folder(void **state)
{
    struct folder *folder = *state;
    struct registry registry;
    registry_init(&registry, NULL);
    char message[400];
    snprintf(message, sizeof message, "no file *.cl in folder '%s'", folder->path);
    expect_failure(&registry, folder->path, CLW_ERROR_IO, message);
    put(folder, "b.cl", "//! op b(x) -> y\n" ROW);
    put(folder, "a.cl", "//! op a(x) -> y\n" ROW);
    put(folder, "notes.txt", "//! nothing\n");
    put(folder, ".hidden.cl", "//! nothing\n");
    clw_error error = {CLW_OK, ""};
    assert_int_equal(registry_load(&registry, folder->path, &error), CLW_OK);
    assert_int_equal(registry.count, 2);
    registry_finish(&registry);
}

/* One bad file among good ones, or one name in two files: nothing is taken. */
static void test_load_all_or_none(void **state)
{
    struct folder *folder = *state;
    struct registry registry;
    registry_init(&registry, NULL);
    char message[600];
    const char *first = put(folder, "a.cl", "//! op a(x) -> y\n//! alias c\n" ROW);
    const char *second = put(folder, "b.cl", "//! op b(x) -> y\n" ROW "//! lop\n");
    snprintf(message, sizeof message, "%s:3: unknown directive 'lop'; did you mean 'op'?", second);
    expect_failure(&registry, folder->path, CLW_ERROR_SYNTAX, message);
    folder->count--;
    put(folder, "b.cl", "//! op b(x) -> y\n//! alias c\n" ROW);
    snprintf(message, sizeof message, "%s: the name 'c' is taken by %s", second, first);
    expect_failure(&registry, folder->path, CLW_ERROR_ARGUMENT, message);
    registry_finish(&registry);
}

static void test_load_problems(void **state)
{
    struct folder *folder = *state;
    struct registry registry;
    registry_init(&registry, NULL);
    char message[400], path[256];
    snprintf(path, sizeof path, "%s/absent.cl", folder->path);
    clw_error error = {CLW_OK, ""};
    assert_int_equal(registry_load(&registry, path, &error), CLW_ERROR_IO);
    snprintf(message, sizeof message, "cannot read '%s': ", path);
    assert_memory_equal(error.message, message, strlen(message));
    assert_int_equal(registry_load(&registry, "", &error), CLW_ERROR_IO);
    assert_int_equal(registry_load(&registry, "/dev/null", NULL), CLW_ERROR_IO);
    snprintf(path, sizeof path, "%s/pipe.cl", folder->path);
    assert_int_equal(mkfifo(path, 0600), 0);
    snprintf(message, sizeof message, "'%s' is no file", path);
    expect_failure(&registry, path, CLW_ERROR_IO, message);
    expect_failure(&registry, folder->path, CLW_ERROR_IO, message);
    remove(path);
    snprintf(path, sizeof path, "%s/inner.cl", folder->path);
    assert_int_equal(mkdir(path, 0700), 0);
    snprintf(message, sizeof message, "'%s' is no file", path);
    expect_failure(&registry, folder->path, CLW_ERROR_IO, message);
    rmdir(path);
    registry_finish(&registry);
}

/* Links that lead nowhere, or in a circle; a file of 100 MB; one that must not be read. */
static void test_load_bad_files(void **state)
{
    struct folder *folder = *state;
    struct registry registry;
    registry_init(&registry, NULL);
    char message[400];
    const char *good = put(folder, "good.cl", "//! op a(x) -> y\n" ROW);
    const char *bad = put(folder, "bad.cl", "");
    static const struct {
        const char *target, *problem;
    } links[] = {{"absent", "no such file or folder"}, {"bad.cl", "a link, or too many links"}};
    for (size_t i = 0; i < sizeof links / sizeof *links; i++) {
        assert_int_equal(remove(bad), 0);
        assert_int_equal(symlink(links[i].target, bad), 0);
        snprintf(message, sizeof message, "cannot read '%s': %s", bad, links[i].problem);
        expect_failure(&registry, folder->path, CLW_ERROR_IO, message);
    }
    assert_int_equal(remove(bad), 0);
    folder->count--;
    put(folder, "bad.cl", "//! op b(x) -> y\n" ROW);
    assert_int_equal(truncate(bad, 100 * 1000 * 1000), 0);
    snprintf(message, sizeof message, "%s:3: a NUL byte; op files are text", bad);
    expect_failure(&registry, folder->path, CLW_ERROR_SYNTAX, message);
    FILE *file = fopen(bad, "w");
    assert_non_null(file);
    for (int i = 0; i < 1000 * 1000; i++)
        assert_true(fputs(ROW "//! the op is too long to be true, and no line of it counts, ever\n",
                          file) >= 0);
    assert_int_equal(fclose(file), 0);
    snprintf(message, sizeof message, "%s:1: the file is longer than 1048576 bytes", bad);
    expect_failure(&registry, bad, CLW_ERROR_SYNTAX, message);
    const uid_t user = geteuid();
    assert_int_equal(chmod(bad, 0), 0);
    assert_int_equal(chmod(folder->path, 0755), 0);
    if (user == 0)
        assert_int_equal(seteuid(65534), 0);
    snprintf(message, sizeof message, "cannot read '%s': permission denied", bad);
    expect_failure(&registry, folder->path, CLW_ERROR_IO, message);
    assert_int_equal(seteuid(user), 0);
    assert_int_equal(remove(bad), 0);
    load(&registry, good);
    registry_finish(&registry);
}

/* A link to a file is what the user means. */
static void test_load_link(void **state)
{
    struct folder *folder = *state;
    struct registry registry;
    registry_init(&registry, NULL);
    const char *file = put(folder, "target", "//! op a(x) -> y\n" ROW);
    const char *link = put(folder, "link.cl", "");
    assert_int_equal(remove(link), 0);
    assert_int_equal(symlink(file, link), 0);
    clw_error error = {CLW_OK, ""};
    assert_int_equal(registry_load(&registry, folder->path, &error), CLW_OK);
    assert_int_equal(registry.count, 1);
    registry_finish(&registry);
}

/* Every allocation of a load fails in turn; the registry is then as it was. */
static void test_load_memory(void **state)
{
    struct folder *folder = *state;
    put(folder, "a.cl", "//! op a(x) -> y\n//! alias c\n" ROW);
    put(folder, "b.cl", "//! op b(x) -> y\n" ROW);
    for (int n = 1;; n++) {
        struct failing_allocator failing;
        struct registry registry;
        clw_error error = {CLW_OK, ""};
        failing_init(&failing, n);
        registry_init(&registry, &failing.allocator);
        const clw_status status = registry_load(&registry, folder->path, &error);
        assert_int_equal(status, failing.calls < n ? CLW_OK : CLW_ERROR_MEMORY);
        assert_int_equal(registry.count, failing.calls < n ? 2 : 0);
        failing.fail_at = 0;
        if (status) {
            assert_null(registry_find(&registry, "a"));
            assert_int_equal(registry_load(&registry, folder->path, &error), CLW_OK);
        }
        assert_non_null(registry_find(&registry, "c"));
        registry_finish(&registry);
        assert_int_equal(failing.alive, 0);
        if (!status) {
            assert_true(n > 20);
            return;
        }
    }
}

/* The same where the folder's ops are in the registry already: the old ones stay if it fails. */
static void test_load_again_memory(void **state)
{
    struct folder *folder = *state;
    put(folder, "a.cl",
        "//! op a(x) -> y\n//! alias c\n" ROW "//! call b\n#define A 1\nint f(T x);\n");
    put(folder, "b.cl", "//! op b(x) -> y\n" ROW);
    for (int n = 1;; n++) {
        struct failing_allocator failing;
        struct registry registry;
        clw_error error = {CLW_OK, ""};
        failing_init(&failing, 0);
        registry_init(&registry, &failing.allocator);
        load(&registry, folder->path);
        const struct clw_op *old = registry_find(&registry, "a");
        failing.calls = 0;
        failing.fail_at = n;
        const clw_status status = registry_load(&registry, folder->path, &error);
        assert_int_equal(status, failing.calls < n ? CLW_OK : CLW_ERROR_MEMORY);
        assert_int_equal(registry.count, 2);
        assert_true((registry_find(&registry, "c") == old) == (status != CLW_OK));
        assert_ptr_equal(registry_find(&registry, "a")->calls[0].op, registry_find(&registry, "b"));
        registry_finish(&registry);
        assert_int_equal(failing.alive, 0);
        if (!status)
            return;
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_load_file, make_folder, remove_folder),
        cmocka_unit_test_setup_teardown(test_load_folder, make_folder, remove_folder),
        cmocka_unit_test_setup_teardown(test_load_again, make_folder, remove_folder),
        cmocka_unit_test_setup_teardown(test_load_called_again, make_folder, remove_folder),
        cmocka_unit_test_setup_teardown(test_load_folder_again, make_folder, remove_folder),
        cmocka_unit_test_setup_teardown(test_load_bad_files, make_folder, remove_folder),
        cmocka_unit_test_setup_teardown(test_load_all_or_none, make_folder, remove_folder),
        cmocka_unit_test_setup_teardown(test_load_problems, make_folder, remove_folder),
        cmocka_unit_test_setup_teardown(test_load_link, make_folder, remove_folder),
        cmocka_unit_test_setup_teardown(test_load_memory, make_folder, remove_folder),
        cmocka_unit_test_setup_teardown(test_load_again_memory, make_folder, remove_folder),
    };
    return cmocka_run_group_tests_name("registry_load", tests, NULL, NULL);
}
