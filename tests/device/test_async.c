/* Calls while their kernels are built by a thread: the bits of a context that waits, whatever
 * kernel they ran on; and a context that ends, or a process that forks, meanwhile. */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/device/fixture.h"

enum { SIDE = 60, COUNT = 4 * SIDE * SIDE, ROUNDS = 80, THREADS = 8 };

static clw_device_info info;
static clw_error error;
static uint64_t seed;

static atomic_int generic_runs;

static void count_lines(void *data, clw_log_level level, const char *line)
{
    (void)data;
    (void)level;
    if (strstr(line, "kernel for any layout"))
        atomic_fetch_add(&generic_runs, 1);
}

static clw_context *open_context(int async)
{
    clw_context *context;
    clw_config config;
    clw_config_init(&config);
    config.cache_dir = "";
    config.async_build = async;
    config.log = count_lines;
    CHECK(clw_context_create(&config, &context, &error));
    return context;
}

/* ---- the same bits ---- */

/* Strides of two operands and the output, in elements. */
struct layout {
    int64_t strides[3][3];
};

static int between(uint64_t *state, int low, int high)
{
    return low + (int)(fixture_random(state) % (uint64_t)(high - low + 1));
}

static struct layout make_layout(uint64_t *state)
{
    static const int64_t of_inputs[][3] = {
        {SIDE * 4, 4, 1},  {1, SIDE, SIDE * SIDE}, {0, 4, 1}, {SIDE * 4, 0, 0},
        {SIDE * 4, 4, -1}, {4, SIDE * 4, 1},       {0, 0, 0}, {2 * SIDE, 8, 2}};
    static const int64_t of_outputs[][3] = {
        {SIDE * 4, 4, 1}, {1, SIDE, SIDE * SIDE}, {4, SIDE * 4, 1}};
    struct layout layout;
    for (int k = 0; k < 2; k++)
        memcpy(layout.strides[k], of_inputs[between(state, 0, 7)], sizeof of_inputs[0]);
    memcpy(layout.strides[2], of_outputs[between(state, 0, 2)], sizeof of_outputs[0]);
    return layout;
}

/* The call's whole output memory; NULL or what failed. */
static const char *run(clw_context *context, const char *op, const struct layout *layout,
                       const float *numbers, float *got, clw_error *why)
{
    const int64_t shape[] = {SIDE, SIDE, 4}, count = 2 * COUNT;
    clw_array *bases[3] = {NULL}, *views[3] = {NULL};
    clw_status status = CLW_OK;
    for (int k = 0; !status && k < 3; k++) {
        int64_t strides[3];
        for (int d = 0; d < 3; d++)
            strides[d] = 4 * layout->strides[k][d];
        const int64_t begin = strides[2] < 0 ? 12 : 0;
        status = clw_array_from_host(context, CLW_F32, 1, &count, NULL, numbers, &bases[k], why);
        if (!status)
            status = clw_array_view(bases[k], 3, shape, strides, begin, &views[k], why);
    }
    const clw_operand in[] = {CLW_ARRAY(views[0]), CLW_ARRAY(views[1])};
    if (!status)
        status = clw_call(context, clw_op_find(context, op), in, 2, &views[2], 1, NULL, why);
    if (!status)
        status = clw_array_read(bases[2], got, 2 * COUNT * sizeof *got, why);
    for (int k = 0; k < 3; k++) {
        clw_array_release(views[k]);
        clw_array_release(bases[k]);
    }
    return status ? why->message : NULL;
}

static float *make_numbers(void)
{
    float *numbers = malloc(2 * COUNT * sizeof *numbers);
    assert_non_null(numbers);
    for (int i = 0; i < 2 * COUNT; i++)
        numbers[i] = (float)(int)(fixture_random(&seed) % 2000) * 0.37f - 300;
    return numbers;
}

static void test_same_bits(void **state)
{
    (void)state;
    clw_context *waits = open_context(0), *goes_on = open_context(1);
    float *numbers = make_numbers(), *wanted = malloc(2 * COUNT * sizeof *wanted),
          *got = malloc(2 * COUNT * sizeof *got);
    atomic_store(&generic_runs, 0);
    for (int round = 0; round < ROUNDS; round++) {
        const struct layout layout = make_layout(&seed);
        const char *why = run(waits, "subtract", &layout, numbers, wanted, &error);
        why = why ? why : run(goes_on, "subtract", &layout, numbers, got, &error);
        if (why)
            fail_msg("%s", why);
        assert_memory_equal(wanted, got, 2 * COUNT * sizeof *got);
    }
    printf("%d of %d calls ran on the kernel for any layout\n", atomic_load(&generic_runs), ROUNDS);
    if (info.is_cpu && info.tiers == 2)
        assert_true(atomic_load(&generic_runs) > 0);
    free(numbers);
    free(wanted);
    free(got);
    clw_context_release(waits);
    clw_context_release(goes_on);
}

/* ---- threads ---- */

struct shared {
    clw_context *context;
    const float *numbers;
};

static void *call_many(void *data)
{
    const struct shared *shared = data;
    uint64_t own = seed ^ (uint64_t)(uintptr_t)&own;
    clw_error why;
    float *got = malloc(2 * COUNT * sizeof *got);
    const char *failed = got ? NULL : "no memory";
    for (int i = 0; !failed && i < 10; i++) {
        const struct layout layout = make_layout(&own);
        if (run(shared->context, i % 2 ? "maximum" : "hypot", &layout, shared->numbers, got, &why))
            failed = "a call fails";
    }
    free(got);
    return (void *)(uintptr_t)failed;
}

/* The context ends while its thread builds. */
static void test_threads(void **state)
{
    (void)state;
    pthread_t threads[THREADS];
    struct shared shared = {open_context(1), make_numbers()};
    for (int i = 0; i < THREADS; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, call_many, &shared), 0);
    for (int i = 0; i < THREADS; i++) {
        void *failed;
        pthread_join(threads[i], &failed);
        if (failed)
            fail_msg("%s", (const char *)failed);
    }
    clw_context_release(shared.context);
    free((float *)(uintptr_t)shared.numbers);
}

/* A child has no such thread, and must not wait for it. */
static void test_fork(void **state)
{
    (void)state;
    clw_context *context = open_context(1);
    float *numbers = make_numbers(), *got = malloc(2 * COUNT * sizeof *got);
    for (int i = 0; i < 3; i++) {
        const struct layout layout = make_layout(&seed);
        assert_null(run(context, "subtract", &layout, numbers, got, &error));
    }
    int status = -1;
    const pid_t child = fork();
    if (child == 0) {
        clw_context_release(context);
        _exit(0);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
    clw_context_release(context);
    free(numbers);
    free(got);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_same_bits),
        cmocka_unit_test(test_threads),
        cmocka_unit_test(test_fork),
    };
    seed = fixture_seed();
    clw_context_release(fixture_context(NULL, &info));
    return cmocka_run_group_tests(tests, NULL, NULL);
}
