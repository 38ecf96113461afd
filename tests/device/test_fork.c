/* After fork: a child is told so at once, may release what it has, and the parent goes on. */
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "tests/device/fixture.h"

static clw_error error;
static clw_context *context;
static clw_array *array, *wrapped;
static clw_op *expression;
static clw_plan *plan;
static float memory[4] = {1, 2, 3, 4};
static int releases;

/* ---- children; they use no cmocka ---- */

static const double AT_ONCE = 0.1;

/* Runs body in a child; returns its exit status, or -1 if it does not end in time. */
static int in_child(int (*body)(void), double seconds)
{
    const double until = fixture_seconds() + seconds;
    int status;
    fflush(NULL);
    const pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0)
        _exit(body());
    while (waitpid(child, &status, WNOHANG) == 0) {
        if (fixture_seconds() > until) {
            kill(child, SIGKILL);
            waitpid(child, &status, 0);
            return -1;
        }
        nanosleep(&(struct timespec){0, 200000}, NULL);
    }
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

/* 0, or the line of a call that is not refused at once. */
#define MUST_REFUSE(call)                                                                          \
    do {                                                                                           \
        const double start = fixture_seconds();                                                    \
        if ((call) != CLW_ERROR_FORKED || fixture_seconds() - start > AT_ONCE) {                   \
            fprintf(stderr, "%s: not refused at once: %s\n", #call, error.message);                \
            return 1;                                                                              \
        }                                                                                          \
    } while (0)

static int arrays_are_refused(void)
{
    clw_array *out = NULL;
    float host[4];
    const int64_t four = 4;
    MUST_REFUSE(clw_finish(context, &error));
    MUST_REFUSE(clw_array_empty(context, CLW_F32, 1, &four, &out, &error));
    MUST_REFUSE(clw_array_from_host(context, CLW_F32, 1, &four, NULL, memory, &out, &error));
    MUST_REFUSE(clw_array_wrap_host(context, CLW_F32, 1, &four, NULL, memory, sizeof memory, NULL,
                                    NULL, &out, &error));
    MUST_REFUSE(clw_array_view(array, 1, &four, NULL, 0, &out, &error));
    MUST_REFUSE(clw_array_read(array, host, sizeof host, &error));
    MUST_REFUSE(clw_array_write(array, host, sizeof host, &error));
    return out != NULL;
}

static int calls_are_refused(void)
{
    clw_array *out = NULL;
    clw_op *op = NULL;
    clw_plan *made = NULL;
    clw_dtype dtype;
    clw_device_info info = {.struct_size = sizeof info};
    const clw_operand in[2] = {CLW_ARRAY(array), CLW_ARRAY(array)};
    MUST_REFUSE(clw_context_device(context, &info, &error));
    MUST_REFUSE(clw_ops_load(context, "/", &error));
    MUST_REFUSE(clw_op_define(context, "", &op, &error));
    MUST_REFUSE(clw_op_from_expression(context, "a + b", &op, &error));
    MUST_REFUSE(clw_eval(context, "a + a", &out, &error, "a", array, NULL));
    MUST_REFUSE(clw_call(context, expression, in, 1, &out, 1, NULL, &error));
    MUST_REFUSE(clw_result_type(context, expression, in, 1, &dtype, 1, &error));
    MUST_REFUSE(clw_plan_create(context, expression, in, 1, &out, 1, NULL, &made, &error));
    MUST_REFUSE(clw_plan_execute(plan, in, &array, &error));
    return out || op || made;
}

/* Look-ups take no lock that a thread of the parent may hold. */
static int lookups_return(void)
{
    const double start = fixture_seconds();
    const int found = clw_op_find(context, "add") || clw_op_count(context) || clw_op_at(context, 0);
    return found || fixture_seconds() - start > AT_ONCE;
}

static int is_refused(void)
{
    clw_context *made = NULL;
    if (arrays_are_refused() || calls_are_refused() || lookups_return())
        return 1;
    MUST_REFUSE(clw_context_create(NULL, &made, &error));
    return made != NULL;
}

static void release_all(void)
{
    clw_plan_destroy(plan);
    clw_op_release(expression);
    clw_array_release(wrapped);
    clw_array_release(array);
    clw_context_release(context);
}

static int releases_at_once(void)
{
    const double start = fixture_seconds();
    if (is_refused())
        return 1;
    release_all();
    return releases != 1 || fixture_seconds() - start > 10 * AT_ONCE;
}

/* By way of exit handlers, the drivers' among them, with everything alive. */
static int exits(void)
{
    exit(0);
}

static int plans_without_a_device(void)
{
    clw_config config;
    clw_context *none = NULL;
    clw_array *x = NULL;
    clw_config_init(&config);
    config.device = "none";
    const int64_t three = 3;
    if (clw_context_create(&config, &none, NULL) ||
        clw_array_empty(none, CLW_F32, 1, &three, &x, NULL))
        return 1;
    clw_array_release(x);
    clw_context_release(none);
    return 0;
}

/* ---- tests ---- */

static void parent_works(void)
{
    float got[4];
    clw_array *sum = NULL;
    const clw_operand in = CLW_ARRAY(array);
    CHECK(clw_add(context, array, array, &sum, &error));
    CHECK(clw_plan_execute(plan, &in, &sum, &error));
    CHECK(clw_array_read(sum, got, sizeof got, &error));
    assert_memory_equal(got, ((float[]){2, 3, 4, 5}), sizeof got);
    clw_array_release(sum);
    assert_int_equal(releases, 0);
}

static void test_refused(void **state)
{
    (void)state;
    assert_int_equal(in_child(is_refused, 5), 0);
    parent_works();
    clw_array *y = NULL;
    CHECK(clw_add(context, array, array, &y, &error)); /* queued, not done */
    assert_int_equal(in_child(is_refused, 5), 0);
    clw_array_release(y);
    parent_works();
}

static void test_releases(void **state)
{
    (void)state;
    assert_int_equal(in_child(releases_at_once, 5), 0);
    parent_works();
    assert_int_equal(in_child(exits, 5), 0);
    parent_works();
    assert_int_equal(in_child(plans_without_a_device, 5), 0);
}

static atomic_int stop_thread;

/* Takes every lock of a context, again and again. */
static void *keep_busy(void *data)
{
    clw_status *status = data;
    for (int i = 0; !stop_thread && !*status; i++) {
        char text[64];
        clw_array *y = NULL;
        clw_op *op = NULL;
        snprintf(text, sizeof text, "a * %d.5", i % 3);
        *status = clw_op_from_expression(context, text, &op, NULL);
        clw_op_release(op);
        if (!*status)
            *status = clw_eval(context, text, &y, NULL, "a", array, NULL);
        clw_array_release(y);
    }
    return NULL;
}

static void test_fork_during_use(void **state)
{
    (void)state;
    pthread_t threads[2];
    clw_status status[2] = {CLW_OK, CLW_OK};
    stop_thread = 0;
    for (int i = 0; i < 2; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, keep_busy, &status[i]), 0);
    for (int i = 0; i < 60; i++)
        assert_int_equal(in_child(releases_at_once, 5), 0);
    stop_thread = 1;
    for (int i = 0; i < 2; i++) {
        pthread_join(threads[i], NULL);
        assert_int_equal(status[i], CLW_OK);
    }
    parent_works();
}

/* In a process that has not used OpenCL yet. */
static int child_main(void)
{
    const pid_t child = fork();
    if (child == 0) {
        clw_context *own = NULL;
        clw_array *x = NULL, *y = NULL;
        float got[4];
        const int64_t four = 4;
        const int failed = clw_context_create(NULL, &own, &error) ||
                           clw_array_from_host(own, CLW_F32, 1, &four, NULL, memory, &x, &error) ||
                           clw_add(own, x, x, &y, &error) ||
                           clw_array_read(y, got, sizeof got, &error);
        clw_array_release(y);
        clw_array_release(x);
        clw_context_release(own);
        return failed || got[3] != 8;
    }
    int status;
    return waitpid(child, &status, 0) != child || status != 0;
}

static void test_fork_before_use(void **state)
{
    (void)state;
    char text[256];
    assert_int_equal(fixture_child("fork before use", NULL, 60, text, sizeof text), 0);
}

static void note_release(void *data, void *argument)
{
    (void)data;
    ++*(int *)argument;
}

static int start(void **state)
{
    (void)state;
    context = fixture_context(NULL, NULL);
    array = fixture_vector(context, CLW_F32, 4, memory);
    CHECK(clw_array_wrap_host(context, CLW_F32, CLW_SHAPE(4), NULL, memory, sizeof memory,
                              note_release, &releases, &wrapped, &error));
    CHECK(clw_op_from_expression(context, "a + 1", &expression, &error));
    const clw_operand in = CLW_ARRAY(array);
    clw_array *out = NULL;
    CHECK(clw_plan_create(context, expression, &in, 1, &out, 1, NULL, &plan, &error));
    return 0;
}

static int stop(void **state)
{
    (void)state;
    release_all();
    return releases != 1;
}

int main(int argc, char **argv)
{
    (void)argv;
    if (argc > 1)
        return child_main();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_refused),
        cmocka_unit_test(test_releases),
        cmocka_unit_test(test_fork_during_use),
        cmocka_unit_test(test_fork_before_use),
    };
    return cmocka_run_group_tests(tests, start, stop);
}
