/* Plans that are kept: what is found is what was kept, in threads and beyond the bound, too. */
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/api/plan_cache.h"
#include "tests/unit/random_stream.h"

#include <cmocka.h>

static atomic_int allocations, fail_at; /* the allocation of that number fails; 0: none */

static void *allocate(size_t bytes, void *data)
{
    (void)data;
    return atomic_fetch_add(&allocations, 1) + 1 == fail_at ? NULL : malloc(bytes);
}

static void release(void *memory, void *data)
{
    (void)data;
    free(memory);
}

static const clw_allocator allocator = {allocate, release, NULL};
static struct plan_cache *cache;

static int start(void **state)
{
    (void)state;
    atomic_store(&allocations, 0);
    atomic_store(&fail_at, 0);
    cache = calloc(1, sizeof *cache);
    if (!cache)
        return 1;
    cache->allocator = &allocator;
    return 0;
}

static int stop(void **state)
{
    (void)state;
    plan_cache_finish(cache);
    free(cache);
    return 0;
}

static void fill_key(struct request_key *key, uint64_t number)
{
    key->count = 1 + (int)(number % 40);
    for (int i = 0; i < key->count; i++)
        key->words[i] = mix_bits(number);
    key->hash = mix_bits(number) | 1;
}

/* 1 if it was there; what is there must be the number's. */
static int find(uint64_t number, int *wrong)
{
    struct request_key key;
    struct plan_hold hold;
    fill_key(&key, number);
    if (!plan_cache_find(cache, &key, &hold))
        return 0;
    const struct kept_plan *kept = hold.kept;
    *wrong += kept->plan.elements != (int64_t)number || kept->plan.kernel_rank != (int)number ||
              atomic_load(&kept->kernels.of[TIER_LARGE]) !=
                  (struct kernel_entry *)(uintptr_t)(number + 1);
    plan_cache_leave(&hold);
    return 1;
}

static void keep(uint64_t number)
{
    static _Thread_local struct plan plan;
    struct request_key key;
    fill_key(&key, number);
    plan.elements = (int64_t)number;
    plan.kernel_rank = (int)number;
    struct plan_kernels known = {{NULL}};
    atomic_store(&known.of[TIER_LARGE], (struct kernel_entry *)(uintptr_t)(number + 1));
    plan_cache_keep(cache, &key, &plan, &known);
}

static void test_kept_the_second_time(void **state)
{
    (void)state;
    int wrong = 0;
    for (uint64_t number = 1; number <= 100; number++) {
        assert_false(find(number, &wrong));
        keep(number);
        assert_false(find(number, &wrong));
        keep(number);
        assert_true(find(number, &wrong));
        keep(number); /* it is there */
        assert_true(find(number, &wrong));
    }
    assert_int_equal(wrong, 0);
}

/* Keys are compared, not only their hashes. */
static void test_equal_hashes(void **state)
{
    (void)state;
    struct request_key one, other;
    struct plan_hold hold;
    static struct plan plan;
    const struct plan_kernels none = {{NULL}};
    fill_key(&one, 7);
    other = one;
    other.words[one.count - 1]++;
    for (int i = 0; i < 2; i++)
        plan_cache_keep(cache, &one, &plan, &none);
    assert_true(plan_cache_find(cache, &one, &hold));
    plan_cache_leave(&hold);
    assert_false(plan_cache_find(cache, &other, &hold));
    other = one;
    other.count--;
    assert_false(plan_cache_find(cache, &other, &hold));
}

enum { MOST = PLAN_CACHE_SETS * PLAN_CACHE_SLOTS };

static void test_bound(void **state)
{
    (void)state;
    int wrong = 0, found = 0;
    for (uint64_t number = 1; number <= 8 * MOST; number++)
        for (int i = 0; i < 2; i++)
            keep(number);
    assert_true(allocations <= MOST + PLAN_CACHE_SETS);
    for (uint64_t number = 1; number <= 8 * MOST; number++)
        found += find(number, &wrong);
    assert_int_equal(wrong, 0);
    assert_true(found <= MOST && found > MOST / 2);
}

/* What is used stays while others come and go. */
static void test_second_chance(void **state)
{
    (void)state;
    int wrong = 0, found = 0;
    for (int i = 0; i < 2; i++)
        keep(1);
    for (uint64_t number = 2; number < 20000; number++) {
        for (int i = 0; i < 2; i++)
            keep(number);
        found += find(1, &wrong);
        keep(1);
    }
    assert_int_equal(wrong, 0);
    assert_true(found > 19900);
}

/* A plan that is in use is not replaced. */
static void test_held(void **state)
{
    (void)state;
    struct request_key key;
    struct plan_hold hold;
    for (int i = 0; i < 2; i++)
        keep(5);
    fill_key(&key, 5);
    assert_true(plan_cache_find(cache, &key, &hold));
    for (uint64_t number = 6; number <= 8 * MOST; number++)
        for (int i = 0; i < 2; i++)
            keep(number);
    assert_true(request_keys_equal(&hold.kept->key, &key));
    assert_int_equal(hold.kept->plan.elements, 5);
    plan_cache_leave(&hold);
}

static void test_no_memory(void **state)
{
    (void)state;
    int wrong = 0;
    for (int n = 1; n <= 3; n++) {
        stop(NULL);
        start(NULL);
        fail_at = n;
        for (int i = 0; i < 4; i++)
            keep(3);
        assert_true(find(3, &wrong));
    }
    assert_int_equal(wrong, 0);
}

enum { THREADS = 16, ROUNDS = 20000 };

static void *churn(void *data)
{
    struct random_stream stream = {*(const uint64_t *)data};
    int wrong = 0;
    for (int i = 0; i < ROUNDS; i++) {
        /* Some often, so that threads meet; others so many that they are replaced. */
        const uint64_t number = (uint64_t)(one_in(&stream, 2) ? random_between(&stream, 1, 8)
                                                              : random_between(&stream, 1, 6000));
        if (!find(number, &wrong))
            keep(number);
    }
    return (void *)(uintptr_t)wrong;
}

static void test_threads(void **state)
{
    (void)state;
    pthread_t threads[THREADS];
    uint64_t seeds[THREADS];
    int wrong = 0;
    for (int i = 0; i < THREADS; i++) {
        seeds[i] = mix_bits((uint64_t)i + 1);
        assert_int_equal(pthread_create(&threads[i], NULL, churn, &seeds[i]), 0);
    }
    for (int i = 0; i < THREADS; i++) {
        void *result;
        pthread_join(threads[i], &result);
        wrong += result != NULL;
    }
    assert_int_equal(wrong, 0);
    int found = 0;
    for (uint64_t number = 1; number <= 6000; number++)
        found += find(number, &wrong);
    assert_true(found > MOST / 2 && wrong == 0);
    for (int i = 0; i < 4; i++) /* no slot is left locked: any key can be kept */
        keep(777777);
    assert_true(find(777777, &wrong));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_kept_the_second_time, start, stop),
        cmocka_unit_test_setup_teardown(test_equal_hashes, start, stop),
        cmocka_unit_test_setup_teardown(test_bound, start, stop),
        cmocka_unit_test_setup_teardown(test_second_chance, start, stop),
        cmocka_unit_test_setup_teardown(test_held, start, stop),
        cmocka_unit_test_setup_teardown(test_no_memory, start, stop),
        cmocka_unit_test_setup_teardown(test_threads, start, stop),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
