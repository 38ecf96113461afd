#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "runtime/ops/builtin.h"
#include "runtime/ops/opfile.h"
#include "runtime/ops/registry.h"
#include "tests/unit/failing_allocator.h"

#include <cmocka.h>

/* A folder for one test, and the files that it was given. */
struct folder {
    char path[64];
    char files[8][128];
    int count;
};

static int make_folder(void **state)
{
    static struct folder folder;
    folder = (struct folder){.path = "/tmp/clwise-registry-XXXXXX"};
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

static void test_builtins(void **state)
{
    (void)state;
    struct registry registry;
    clw_error error = {CLW_OK, ""};
    registry_init(&registry, NULL);
    assert_null(registry_find(&registry, "multiply"));
    if (registry_add_builtins(&registry, &error))
        fail_msg("%s", error.message);
    int files = 0;
    for (const struct builtin_file *file = builtin_files; file->folder; file++) {
        assert_ptr_equal(builtin_find(file->folder, file->name), file);
        assert_int_equal(strlen(file->text), file->length);
        files += strcmp(file->folder, "ops") == 0;
    }
    assert_true(files > 0 && registry.count >= files);
    assert_null(builtin_find("ops", "absent.cl"));
    assert_null(builtin_find("lib", "multiply.cl"));
    for (int i = 0; i < registry.count; i++) {
        const struct clw_op *op = registry.ops[i];
        assert_true(i == 0 || strcmp(registry.ops[i - 1]->name, op->name) < 0);
        assert_ptr_equal(registry_find(&registry, op->name), op);
        for (int j = 0; j < op->naliases; j++)
            assert_ptr_equal(registry_find(&registry, op->aliases[j]), op);
        if (op->doc[0] == '\0')
            fail_msg("%s: no sentence about the op", op->name);
        for (int j = 0; j < op->nuses; j++) {
            char name[OP_NAME_SIZE + 8];
            snprintf(name, sizeof name, "%s.clh", op->uses[j].name);
            if (!builtin_find("lib", name))
                fail_msg("%s: no file lib/%s", op->name, name);
        }
    }
    assert_string_equal(registry_find(&registry, "multiply")->shared.file, "cl/ops/multiply.cl");
    assert_ptr_equal(registry_find(&registry, "mul"), registry_find(&registry, "multiply"));
    assert_null(registry_find(&registry, "multipl"));
    assert_null(registry_find(&registry, ""));
    registry_finish(&registry);
}

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
    char message[400];
    snprintf(message, sizeof message, "%s: the name 'b' is taken by %s", path, path);
    expect_failure(&registry, path, CLW_ERROR_ARGUMENT, message);
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
    char message[400], path[128];
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

/* Enough names that the table grows several times. */
static void test_growth(void **state)
{
    (void)state;
    struct registry registry;
    registry_init(&registry, NULL);
    for (int i = 0; i < 1000; i++) {
        char text[128];
        const int length =
            snprintf(text, sizeof text, "//! op f%d(x) -> y\n//! alias g%d\n" ROW, i * 7 % 1000, i);
        struct clw_op *ops[OPFILE_MAX_OPS];
        int count;
        clw_error error = {CLW_OK, ""};
        assert_int_equal(opfile_parse(NULL, "f", text, (size_t)length, ops, &count, &error), 0);
        assert_int_equal(registry_add(&registry, ops, count, &error), CLW_OK);
    }
    assert_int_equal(registry.count, 1000);
    for (int i = 0; i < 1000; i++) {
        char name[16];
        snprintf(name, sizeof name, "f%d", i);
        assert_string_equal(registry_find(&registry, name)->name, name);
        snprintf(name, sizeof name, "g%d", i);
        assert_non_null(registry_find(&registry, name));
        assert_true(i == 0 || strcmp(registry.ops[i - 1]->name, registry.ops[i]->name) < 0);
    }
    registry_finish(&registry);
}

static void add(struct registry *registry, const char *text)
{
    struct clw_op *ops[OPFILE_MAX_OPS];
    int count;
    clw_error error = {CLW_OK, ""};
    assert_int_equal(opfile_parse(NULL, "f", text, strlen(text), ops, &count, &error), CLW_OK);
    assert_int_equal(registry_add(registry, ops, count, &error), CLW_OK);
}

static void test_nearest(void **state)
{
    (void)state;
    struct registry registry;
    char words[64];
    registry_init(&registry, NULL);
    registry_nearest(&registry, "maximun", 3, words, sizeof words);
    assert_string_equal(words, "");
    add(&registry, "//! op maximum(x) -> y\n" ROW "//! op minimum(x) -> y\n//! alias amin\n" ROW);
    add(&registry,
        "//! op sin(x) -> y\n" ROW "//! op sinh(x) -> y\n" ROW "//! op asin(x) -> y\n" ROW);
    registry_nearest(&registry, "maximun", 3, words, sizeof words);
    assert_string_equal(words, "maximum");
    registry_nearest(&registry, "sinn", 8, words, sizeof words);
    assert_string_equal(words, "sin, sinh, asin");
    registry_nearest(&registry, "sinn", 1, words, sizeof words);
    assert_string_equal(words, "sin");
    registry_nearest(&registry, "sinn", 8, words, 10);
    assert_string_equal(words, "sin, sinh");
    registry_nearest(&registry, "sinn", 8, words, 3);
    assert_string_equal(words, "");
    registry_nearest(&registry, "quaternion", 3, words, sizeof words);
    assert_string_equal(words, "");
    registry_finish(&registry);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_builtins),
        cmocka_unit_test_setup_teardown(test_load_file, make_folder, remove_folder),
        cmocka_unit_test_setup_teardown(test_load_folder, make_folder, remove_folder),
        cmocka_unit_test_setup_teardown(test_load_all_or_none, make_folder, remove_folder),
        cmocka_unit_test_setup_teardown(test_load_problems, make_folder, remove_folder),
        cmocka_unit_test_setup_teardown(test_load_link, make_folder, remove_folder),
        cmocka_unit_test_setup_teardown(test_load_memory, make_folder, remove_folder),
        cmocka_unit_test(test_growth),
        cmocka_unit_test(test_nearest),
    };
    return cmocka_run_group_tests_name("registry", tests, NULL, NULL);
}
