/* Surroundings that do not help: folders that cannot be written to, no home, few descriptors. Calls
 * work, or say what is wrong. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/device/fixture.h"

static clw_error error;
static char folder[FIXTURE_PATH];

/* ---- the child ---- */

static void print_line(void *data, clw_log_level level, const char *line)
{
    (void)data;
    if (level != CLW_LOG_DEBUG)
        printf("log: %s\n", line);
}

static int works(clw_context *context)
{
    const float elements[2] = {3, 4};
    float got[2] = {0};
    clw_array *x = NULL, *y = NULL;
    const int failed =
        clw_array_from_host(context, CLW_F32, CLW_SHAPE(2), NULL, elements, &x, &error) ||
        clw_eval(context, "x * x + 1", &y, &error, "x", x, NULL) ||
        clw_array_read(y, got, sizeof got, &error);
    clw_array_release(y);
    clw_array_release(x);
    return !failed && got[0] == 10 && got[1] == 17;
}

/* Nobody, so that permissions count; a process of root may write anywhere. */
static int become_nobody(void)
{
    return geteuid() == 0 && (setgid(65534) || setuid(65534));
}

static int spend_descriptors(void)
{
    const struct rlimit limit = {64, 64};
    if (setrlimit(RLIMIT_NOFILE, &limit))
        return 1;
    while (open("/dev/null", O_RDONLY) >= 0)
        ;
    return 0;
}

static int child_main(const char *argument)
{
    clw_config config;
    clw_context *context = NULL;
    clw_config_init(&config);
    config.log = print_line;
    if (strcmp(argument, "nobody") == 0 && become_nobody())
        return 1;
    const clw_status status = clw_context_create(&config, &context, &error);
    if (status) {
        printf("%s: %s\n", clw_status_name(status), error.message);
        return context != NULL;
    }
    if (strcmp(argument, "descriptors") == 0 && (!works(context) || spend_descriptors()))
        return 2;
    printf("%s\n", works(context) ? "works" : error.message);
    clw_context_release(context);
    return 0;
}

/* ---- tests ---- */

static void run_child(const char *argument, const char *const *environment, char text[4096])
{
    const int status = fixture_child(argument, environment, 60, text, 4096);
    if (status)
        fail_msg("status %d, said:\n%s", status, text);
}

static int line_count(const char *text, const char *words)
{
    int count = 0;
    for (const char *at = text; (at = strstr(at, words)) != NULL; at++)
        count++;
    return count;
}

/* One line to the log, and no disk cache. */
static void test_cache_folder(void **state)
{
    (void)state;
    static const char *const folders[] = {"/dev/null/x", "/dev/null", "/proc/x"};
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
        char variable[256], text[4096];
        snprintf(variable, sizeof variable, "CLWISE_CACHE_DIR=%s", folders[i]);
        run_child("here", (const char *const[]){variable, NULL}, text);
        assert_non_null(strstr(text, "works\n"));
        assert_int_equal(line_count(text, "log: no disk cache in "), 1);
    }
}

static void test_no_home(void **state)
{
    (void)state;
    char text[4096], pocl[FIXTURE_PATH + 32];
    snprintf(pocl, sizeof pocl, "POCL_CACHE_DIR=%s", folder);
    run_child("here",
              (const char *const[]){"HOME", "XDG_CACHE_HOME", "CLWISE_CACHE_DIR", pocl, NULL},
              text);
    assert_non_null(strstr(text, "works\n"));
    assert_int_equal(line_count(text, "log: no disk cache: the environment names no folder for it"),
                     1);
}

/* Where a driver cannot do without a home, the error says what may help. */
static void works_or_hints(const char *text)
{
    if (!strstr(text, "works\n")) {
        assert_non_null(strstr(text, "DEVICE: "));
        assert_non_null(strstr(text, "; some drivers need a home folder that they can write to"));
    }
    print_message("%s", text);
}

static void test_home(void **state)
{
    (void)state;
    char text[4096], home[FIXTURE_PATH + 32];
    run_child("here",
              (const char *const[]){"HOME=/dev/null", "XDG_CACHE_HOME", "POCL_CACHE_DIR",
                                    "CLWISE_CACHE_DIR", NULL},
              text);
    works_or_hints(text);
    assert_int_equal(chmod(folder, 0555), 0);
    snprintf(home, sizeof home, "HOME=%s", folder);
    run_child(
        "nobody",
        (const char *const[]){home, "XDG_CACHE_HOME", "POCL_CACHE_DIR", "CLWISE_CACHE_DIR", NULL},
        text);
    works_or_hints(text);
    assert_int_equal(chmod(folder, 0700), 0);
}

/* What is in memory needs no descriptor. */
static void test_no_descriptors(void **state)
{
    (void)state;
    char text[4096];
    run_child("descriptors", NULL, text);
    assert_non_null(strstr(text, "works\n"));
}

static int start(void **state)
{
    (void)state;
    fixture_folder(folder);
    return 0;
}

static int stop(void **state)
{
    (void)state;
    fixture_remove(folder);
    return 0;
}

int main(int argc, char **argv)
{
    if (argc > 1)
        return child_main(argv[1]);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cache_folder),
        cmocka_unit_test(test_no_home),
        cmocka_unit_test(test_home),
        cmocka_unit_test(test_no_descriptors),
    };
    return cmocka_run_group_tests(tests, start, stop);
}
