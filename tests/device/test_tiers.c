/* Calls on large and small parts of one array in turns, which a device may hand to two drivers:
 * each sees what those before it have written. */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/device/fixture.h"

enum { LARGE = 1 << 19, SMALL = 64, THREADS = 8, ROUNDS = 120 };

static clw_context *context;
static clw_error error;
static clw_array *one, *ones; /* 0-d, and of the large shape */

/* A large array and a view of some of its elements, with what they should hold. */
struct pair {
    clw_array *large, *small;
    int64_t *wanted;
    int first;
    uint64_t seed;
};

/* What a thread finds wrong it returns: it uses no cmocka. */
static const char *make_pair(struct pair *pair, uint64_t seed)
{
    pair->seed = seed;
    pair->first = (int)(fixture_random(&pair->seed) % (LARGE - SMALL));
    pair->wanted = calloc(LARGE, sizeof *pair->wanted);
    if (!pair->wanted)
        return "no memory";
    if (clw_array_from_host(context, CLW_I64, CLW_SHAPE(LARGE), NULL, pair->wanted, &pair->large,
                            NULL) ||
        clw_array_view(pair->large, CLW_SHAPE(SMALL), NULL, 8 * (int64_t)pair->first, &pair->small,
                       NULL))
        return "making arrays fails";
    return NULL;
}

static const char *add(clw_array *array, clw_array *number)
{
    clw_array *out = array;
    return clw_add(context, array, number, &out, NULL) ? "add fails" : NULL;
}

static const char *add_to_all(struct pair *pair)
{
    for (int i = 0; i < LARGE; i++)
        pair->wanted[i]++;
    return add(pair->large, fixture_random(&pair->seed) % 2 ? one : ones);
}

static const char *double_some(struct pair *pair)
{
    for (int i = 0; i < SMALL; i++)
        pair->wanted[pair->first + i] *= 2;
    return add(pair->small, pair->small);
}

static const char *read_some(struct pair *pair)
{
    int64_t values[SMALL];
    if (clw_array_read(pair->small, values, sizeof values, NULL))
        return "reading fails";
    return memcmp(values, pair->wanted + pair->first, sizeof values) ? "a small part is wrong"
                                                                     : NULL;
}

static const char *write_some(struct pair *pair)
{
    int64_t *values = pair->wanted + pair->first;
    for (int i = 0; i < SMALL; i++)
        values[i] = i;
    return clw_array_write(pair->small, values, SMALL * sizeof *values, NULL) ? "writing fails"
                                                                              : NULL;
}

static const char *read_all(struct pair *pair)
{
    int64_t *values = malloc(LARGE * sizeof *values);
    const char *wrong = values ? NULL : "no memory";
    if (values && clw_array_read(pair->large, values, LARGE * sizeof *values, NULL))
        wrong = "reading fails";
    if (!wrong && memcmp(values, pair->wanted, LARGE * sizeof *values) != 0)
        wrong = "the whole is wrong";
    free(values);
    return wrong;
}

static const char *finish(struct pair *pair)
{
    (void)pair;
    return clw_finish(context, NULL) ? "clw_finish fails" : NULL;
}

static const char *mix(struct pair *pair)
{
    static const char *(*const steps[])(struct pair * pair) = {
        add_to_all, double_some, double_some, double_some, read_some, write_some, finish};
    const char *wrong = NULL;
    for (int i = 0; !wrong && i < ROUNDS; i++)
        wrong = steps[fixture_random(&pair->seed) % (sizeof steps / sizeof *steps)](pair);
    return wrong ? wrong : read_all(pair);
}

static const char *make_and_mix(uint64_t seed)
{
    struct pair pair = {0};
    const char *wrong = make_pair(&pair, seed);
    if (!wrong)
        wrong = mix(&pair);
    clw_array_release(pair.small);
    clw_array_release(pair.large);
    free(pair.wanted);
    return wrong;
}

static void *run_thread(void *data)
{
    const uint64_t *seed = data;
    return (void *)(uintptr_t)make_and_mix(*seed);
}

static void test_one_thread(void **state)
{
    (void)state;
    const char *wrong = make_and_mix(fixture_seed());
    if (wrong)
        fail_msg("%s", wrong);
}

static void test_threads(void **state)
{
    (void)state;
    pthread_t threads[THREADS];
    uint64_t seeds[THREADS], seed = fixture_seed();
    void *wrong[THREADS];
    for (int i = 0; i < THREADS; i++) {
        seeds[i] = fixture_random(&seed);
        assert_int_equal(pthread_create(&threads[i], NULL, run_thread, &seeds[i]), 0);
    }
    for (int i = 0; i < THREADS; i++)
        pthread_join(threads[i], &wrong[i]);
    for (int i = 0; i < THREADS; i++)
        if (wrong[i])
            fail_msg("thread %d: %s", i, (const char *)wrong[i]);
}

/* Was the environment touched, it is put back. */
static void test_environment(void **state)
{
    (void)state;
    const char *named = getenv("POCL_DEVICES");
    clw_device_info info = {.struct_size = sizeof info};
    CHECK(clw_context_device(context, &info, &error));
    print_message("%s: %d tiers\n", info.device_name, info.tiers);
    if (!named && strstr(info.platform_version, "PoCL"))
        assert_int_equal(info.tiers, 2);
    if (named && !strchr(named, ' '))
        assert_int_equal(info.tiers, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_environment),
                                       cmocka_unit_test(test_one_thread),
                                       cmocka_unit_test(test_threads)};
    static const int64_t number = 1;
    context = fixture_context(NULL, NULL);
    if (clw_array_from_host(context, CLW_I64, 0, NULL, NULL, &number, &one, &error))
        return 1;
    int64_t *values = malloc(LARGE * sizeof *values);
    for (int i = 0; values && i < LARGE; i++)
        values[i] = 1;
    if (!values ||
        clw_array_from_host(context, CLW_I64, CLW_SHAPE(LARGE), NULL, values, &ones, &error))
        return 1;
    free(values);
    const int failed = cmocka_run_group_tests(tests, NULL, NULL);
    clw_array_release(one);
    clw_array_release(ones);
    clw_context_release(context);
    return failed;
}
