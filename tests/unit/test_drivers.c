/* PoCL's two drivers: which devices are one, and the environment, which is everybody's. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "runtime/device/drivers.h"

static void test_twins(void **state)
{
    (void)state;
    static const struct {
        const char *large, *small;
        int twins;
    } rows[] = {
        {"pthread-znver4-AMD EPYC", "basic-znver4-AMD EPYC", 1},
        {"cpu-haswell-Intel Core i7", "cpu-minimal-haswell-Intel Core i7", 1},
        {"basic-znver4-AMD EPYC", "pthread-znver4-AMD EPYC", 0},
        {"pthread-znver4-AMD EPYC", "pthread-znver4-AMD EPYC", 0},
        {"pthread-znver4-AMD EPYC", "basic-znver3-AMD EPYC", 0},
        {"pthread-znver4-AMD EPYC", "basic", 0},
        {"Tesla T4", "Tesla T4", 0},
        {"", "", 0},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_int_equal(drivers_are_twins(rows[i].large, rows[i].small), rows[i].twins);
}

static void test_environment(void **state)
{
    (void)state;
    unsetenv("POCL_DEVICES");
    assert_true(drivers_are_hidden());
    const int asked = drivers_ask_for_both();
    if (asked)
        assert_string_equal(getenv("POCL_DEVICES"), "basic pthread");
    drivers_restore(asked);
    assert_null(getenv("POCL_DEVICES"));
}

/* What the user says stays. */
static void test_named(void **state)
{
    (void)state;
    setenv("POCL_DEVICES", "pthread", 1);
    assert_false(drivers_are_hidden());
    assert_false(drivers_ask_for_both());
    drivers_restore(0);
    assert_string_equal(getenv("POCL_DEVICES"), "pthread");
    unsetenv("POCL_DEVICES");
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_twins),
                                       cmocka_unit_test(test_environment),
                                       cmocka_unit_test(test_named)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
