#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "runtime/ops/builtin.h"
#include "runtime/ops/opfile.h"
#include "runtime/ops/registry.h"

#include <cmocka.h>

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

/* Enough names that the table grows several times. */
static void test_growth(void **state)
{
    (void)state;
    struct registry registry;
    registry_init(&registry, NULL);
    for (int i = 0; i < 1000; i++) {
        char text[128];
        const int length =
            snprintf(text, sizeof text, "//! op o%d(x) -> y\n//! alias g%d\n" ROW, i * 7 % 1000, i);
        struct clw_op *ops[OPFILE_MAX_OPS];
        int count;
        clw_error error = {CLW_OK, ""};
        assert_int_equal(opfile_parse(NULL, "f", text, (size_t)length, ops, &count, &error), 0);
        assert_int_equal(registry_add(&registry, ops, count, &error), CLW_OK);
    }
    assert_int_equal(registry.count, 1000);
    for (int i = 0; i < 1000; i++) {
        char name[16];
        snprintf(name, sizeof name, "o%d", i);
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
        cmocka_unit_test(test_growth),
        cmocka_unit_test(test_nearest),
    };
    return cmocka_run_group_tests_name("registry", tests, NULL, NULL);
}
