/* Device memory that is used again: its sizes, and its order on the queue. */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/device/fixture.h"

static clw_error error;
static struct tally tally;
static clw_context *context;

/* ---- sizes ---- */

static void test_sizes(void **state)
{
    (void)state;
    const uint64_t before = fixture_memory(context).in_use;
    for (int64_t bytes = 1; bytes < 40000000; bytes += 1 + bytes / 7) {
        clw_array *array = fixture_bytes(context, bytes);
        const uint64_t used = fixture_memory(context).in_use - before;
        const uint64_t most = (uint64_t)(bytes + bytes / 8 + 64);
        if (used < (uint64_t)bytes || used > most)
            fail_msg("%lld bytes use %llu", (long long)bytes, (unsigned long long)used);
        clw_array_release(array);
        CHECK(clw_context_trim(context, 0, &error));
    }
    assert_true(fixture_memory(context).in_use == before);
}

static void test_reuse(void **state)
{
    (void)state;
    CHECK(clw_context_trim(context, 0, &error));
    const clw_memory_stats before = fixture_memory(context);
    clw_array_release(fixture_bytes(context, 1000000));
    const clw_memory_stats released = fixture_memory(context);
    assert_true(released.in_use == before.in_use);
    assert_true(released.pooled >= 1000000 && released.misses == before.misses + 1);
    clw_array *array = fixture_bytes(context, 999000); /* of the same class */
    const clw_memory_stats reused = fixture_memory(context);
    assert_true(reused.pooled == 0 && reused.hits == before.hits + 1);
    assert_true(reused.in_use == before.in_use + released.pooled);
    assert_true(reused.peak >= reused.in_use);
    clw_array *other = fixture_bytes(context, 999000);
    assert_true(fixture_memory(context).misses == released.misses + 1);
    clw_array_release(array);
    clw_array_release(other);
}

/* No memory at all: nothing to pool. */
static void test_empty(void **state)
{
    (void)state;
    const clw_memory_stats before = fixture_memory(context);
    clw_array_release(fixture_bytes(context, 0));
    const clw_memory_stats after = fixture_memory(context);
    assert_memory_equal(&before, &after, sizeof before);
}

/* A view holds the memory. */
static void test_views(void **state)
{
    (void)state;
    const float numbers[4] = {1, 2, 3, 4}, others[4] = {5, 6, 7, 8};
    float got[2];
    clw_array *view = NULL, *array = fixture_vector(context, CLW_F32, 4, numbers);
    CHECK(clw_array_view(array, CLW_SHAPE(2), NULL, 8, &view, &error));
    clw_array_release(array);
    clw_array *other = fixture_vector(context, CLW_F32, 4, others);
    CHECK(clw_array_read(view, got, sizeof got, &error));
    assert_memory_equal(got, numbers + 2, sizeof got);
    clw_array_release(other);
    clw_array_release(view);
}

/* ---- the order of work ---- */

enum { LARGE = 1 << 20, LINKS = 24 };

static clw_array *ramp(int64_t count)
{
    float *numbers = malloc((size_t)count * sizeof *numbers);
    assert_non_null(numbers);
    for (int64_t i = 0; i < count; i++)
        numbers[i] = (float)(i % 1000);
    clw_array *array = fixture_vector(context, CLW_F32, count, numbers);
    free(numbers);
    return array;
}

static const char *check_ramp(const clw_array *array, int64_t count, float by, float plus)
{
    const size_t bytes = (size_t)count * sizeof(float);
    const char *wrong = NULL;
    float *got = malloc(bytes);
    if (!got || clw_array_read(array, got, bytes, NULL))
        wrong = "no result";
    for (int64_t i = 0; !wrong && i < count; i++)
        if (got[i] != (float)(i % 1000) * by + plus)
            wrong = "a result is wrong";
    free(got);
    return wrong;
}

static clw_array *apply(const char *op, const clw_array *array, float number)
{
    const clw_operand in[2] = {CLW_ARRAY(array), CLW_FLOAT((double)number)};
    clw_array *out = NULL;
    const clw_status status =
        clw_call(context, clw_op_find(context, op), in, 2, &out, 1, NULL, NULL);
    return status ? NULL : out;
}

/* Memory is released while the work that writes and reads it is still queued, and the next call,
 * or a copy from the host, takes it. */
static void test_queued_work(void **state)
{
    (void)state;
    clw_array *source = ramp(LARGE), *sums[LINKS];
    CHECK(clw_context_trim(context, 0, &error));
    const uint64_t hits = fixture_memory(context).hits;
    for (int i = 0; i < LINKS; i++) {
        clw_array *product = apply("multiply", source, (float)i);
        assert_non_null(product);
        sums[i] = apply("add", product, 0.5f);
        clw_array_release(product);
        if (i % 4 == 0)
            clw_array_release(ramp(LARGE));
    }
    assert_true(fixture_memory(context).hits > hits + LINKS / 2);
    for (int i = 0; i < LINKS; i++) {
        const char *wrong = check_ramp(sums[i], LARGE, (float)i, 0.5f);
        if (wrong)
            fail_msg("sum %d: %s", i, wrong);
        clw_array_release(sums[i]);
    }
    clw_array_release(source);
}

enum { THREADS = 64, ROUNDS = 40, SMALL = 3000 };

static void *churn(void *data)
{
    clw_array *const source = data;
    const char *wrong = NULL;
    for (int round = 0; !wrong && round < ROUNDS; round++) {
        clw_array *product = apply("multiply", source, (float)round);
        clw_array *sum = product ? apply("add", product, 2) : NULL;
        clw_array_release(product);
        if (round % 8 == 7 && clw_context_trim(context, 4096, NULL))
            wrong = "no trim";
        else
            wrong = sum ? check_ramp(sum, SMALL, (float)round, 2) : "a call failed";
        clw_array_release(sum);
    }
    return (void *)(uintptr_t)wrong;
}

static void test_threads(void **state)
{
    (void)state;
    pthread_t threads[THREADS];
    void *wrong[THREADS];
    clw_array *source = ramp(SMALL);
    const clw_memory_stats before = fixture_memory(context);
    for (int i = 0; i < THREADS; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, churn, source), 0);
    for (int i = 0; i < THREADS; i++)
        pthread_join(threads[i], &wrong[i]);
    for (int i = 0; i < THREADS; i++)
        if (wrong[i])
            fail_msg("thread %d: %s", i, (const char *)wrong[i]);
    const clw_memory_stats after = fixture_memory(context);
    assert_true(after.in_use == before.in_use);
    assert_true(after.hits + after.misses == before.hits + before.misses + 2 * THREADS * ROUNDS);
    clw_array_release(source);
}

/* What a split expression needs on the way comes from the pool, too. */
static void test_temporaries(void **state)
{
    (void)state;
    enum { TERMS = 200 };
    char text[TERMS * 32] = "a";
    for (int i = 1; i < TERMS; i++)
        snprintf(text + strlen(text), 32, " + (a - %d) * %d", i, i % 7);
    clw_array *a = ramp(SMALL), *out = NULL;
    CHECK(clw_context_trim(context, 0, &error));
    for (int i = 0; i < 2; i++) /* a new result, then a given one */
        CHECK(clw_eval(context, text, &out, &error, "a", a, NULL));
    const clw_memory_stats before = fixture_memory(context);
    CHECK(clw_eval(context, text, &out, &error, "a", a, NULL));
    const clw_memory_stats after = fixture_memory(context);
    assert_true(after.misses == before.misses && after.hits > before.hits);
    assert_true(after.in_use == before.in_use);
    clw_array_release(out);
    clw_array_release(a);
}

static int start(void **state)
{
    (void)state;
    tally_init(&tally);
    context = fixture_context(&tally.allocator, NULL);
    return 0;
}

static int stop(void **state)
{
    (void)state;
    clw_context_release(context);
    return tally.alive != 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sizes),       cmocka_unit_test(test_reuse),
        cmocka_unit_test(test_empty),       cmocka_unit_test(test_views),
        cmocka_unit_test(test_queued_work), cmocka_unit_test(test_threads),
        cmocka_unit_test(test_temporaries),
    };
    return cmocka_run_group_tests(tests, start, stop);
}
