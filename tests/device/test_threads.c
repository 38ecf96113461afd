/* Threads that share a context, its ops, plans and arrays. What a thread finds wrong it returns: it
 * uses no cmocka. */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/device/fixture.h"

enum { THREADS = 8, COUNT = 1000, JOBS = 96, ROUNDS = 4 };

static clw_context *context;
static clw_error error;
static struct tally tally;
static struct {
    atomic_int misses, lines, line_ends;
} heard;

static void hear(void *data, clw_log_level level, const char *line)
{
    (void)data;
    (void)level;
    heard.misses += strstr(line, "disk cache: miss") != NULL;
    heard.line_ends += strchr(line, '\n') != NULL;
    heard.lines++;
}

/* ---- running threads ---- */

typedef const char *(*thread_body)(int thread); /* NULL, or what is wrong */

static struct gang {
    thread_body body;
    pthread_barrier_t start;
} gang;

static void *run_body(void *data)
{
    const int *thread = data;
    pthread_barrier_wait(&gang.start);
    return (void *)(uintptr_t)gang.body(*thread);
}

static void run_threads(int count, thread_body body)
{
    enum { MOST = 16 };
    pthread_t threads[MOST];
    int numbers[MOST];
    void *wrong[MOST];
    assert_true(count <= MOST);
    gang.body = body;
    assert_int_equal(pthread_barrier_init(&gang.start, NULL, (unsigned)count), 0);
    for (int i = 0; i < count; i++) {
        numbers[i] = i;
        assert_int_equal(pthread_create(&threads[i], NULL, run_body, &numbers[i]), 0);
    }
    for (int i = 0; i < count; i++)
        pthread_join(threads[i], &wrong[i]);
    pthread_barrier_destroy(&gang.start);
    for (int i = 0; i < count; i++)
        if (wrong[i])
            fail_msg("thread %d: %s", i, (const char *)wrong[i]);
}

/* ---- mixed calls are bit-identical to those of one thread ---- */

static struct {
    clw_array *floats, *others, *integers, *view, *mask;
    clw_plan *plan;
} shared;

static unsigned char wanted[JOBS][4 * COUNT];

static clw_status call(const char *name, clw_operand a, clw_operand b, clw_array **out)
{
    const clw_operand in[2] = {a, b};
    return clw_call(context, clw_op_find(context, name), in, 2, out, 1, NULL, NULL);
}

static clw_status call_where(int job, clw_array **out)
{
    const clw_operand in[2] = {CLW_ARRAY(shared.floats), CLW_FLOAT(job)};
    clw_call_options options;
    clw_call_options_init(&options);
    options.where = shared.mask;
    const clw_status status =
        clw_array_from_host(context, CLW_F32, CLW_SHAPE(COUNT), NULL, wanted[0], out, NULL);
    return status
               ? status
               : clw_call(context, clw_op_find(context, "subtract"), in, 2, out, 1, &options, NULL);
}

static clw_status execute_plan(int job, clw_array **out)
{
    const clw_operand in[2] = {CLW_ARRAY(job & 1 ? shared.floats : shared.others),
                               CLW_FLOAT(0.25 * job)};
    const clw_status status = clw_array_empty(context, CLW_F32, CLW_SHAPE(COUNT), out, NULL);
    return status ? status : clw_plan_execute(shared.plan, in, out, NULL);
}

static clw_status evaluate(int job, clw_array **out)
{
    static const char *const texts[] = {"(a - b) * 2.5", "where(m, a, b * b)", "maximum(a, b) / 3"};
    if (job % 3 == 1)
        return clw_eval(context, texts[1], out, NULL, "a", shared.floats, "b", shared.others, "m",
                        shared.mask, NULL);
    return clw_eval(context, texts[job % 3], out, NULL, "a", shared.floats, "b", shared.others,
                    NULL);
}

static clw_status in_place(int job, clw_array **out)
{
    clw_status status = call("add", CLW_ARRAY(shared.view), CLW_INT(job), out);
    for (int i = 0; !status && i < 3; i++)
        status = call("multiply", CLW_ARRAY(*out), CLW_FLOAT(1.5), out);
    return status;
}

static clw_status do_job(int job, clw_array **out)
{
    const clw_operand a = CLW_ARRAY(shared.floats), b = CLW_ARRAY(shared.others);
    switch (job % 6) {
    case 0:
        return call(job & 8 ? "add" : "multiply", a, b, out);
    case 1:
        return call("bitwise_xor", CLW_ARRAY(shared.integers), CLW_INT(job), out);
    case 2:
        return call_where(job, out);
    case 3:
        return execute_plan(job, out);
    case 4:
        return evaluate(job, out);
    default:
        return in_place(job, out);
    }
}

static clw_status job_result(int job, unsigned char result[4 * COUNT])
{
    clw_array *out = NULL;
    clw_status status = do_job(job, &out);
    if (!status)
        status = clw_array_read(out, result, sizeof wanted[0], NULL);
    clw_array_release(out);
    return status;
}

static const char *mixed_calls(int thread)
{
    unsigned char got[4 * COUNT];
    for (int i = 0; i < ROUNDS * JOBS; i++) {
        const int job = (i * 37 + thread * 11) % JOBS;
        if (job_result(job, got))
            return "a call failed";
        if (memcmp(got, wanted[job], sizeof got) != 0)
            return "another result than of one thread";
    }
    return NULL;
}

static void make_shared(void)
{
    static float floats[2][2 * COUNT];
    static int32_t integers[COUNT];
    static unsigned char mask[COUNT];
    uint64_t seed = fixture_seed();
    for (int i = 0; i < 2 * COUNT; i++)
        for (int k = 0; k < 2; k++)
            floats[k][i] = (float)(int64_t)fixture_random(&seed) * 0x1p-60f;
    fixture_random_bytes(&seed, integers, sizeof integers);
    for (int i = 0; i < COUNT; i++)
        mask[i] = fixture_random(&seed) & 1;
    shared.floats = fixture_vector(context, CLW_F32, COUNT, floats[0]);
    shared.others = fixture_vector(context, CLW_F32, COUNT, floats[1]);
    shared.integers = fixture_vector(context, CLW_I32, COUNT, integers);
    shared.mask = fixture_vector(context, CLW_BOOL, COUNT, mask);
    clw_array *wide = fixture_vector(context, CLW_F32, 2 * COUNT, floats[1]), *y = NULL;
    CHECK(clw_array_view(wide, CLW_SHAPE(COUNT), (int64_t[]){8}, 4, &shared.view, &error));
    clw_array_release(wide);
    const clw_operand in[2] = {CLW_ARRAY(shared.floats), CLW_FLOAT(2)};
    CHECK(clw_plan_create(context, fixture_op(context, "multiply"), in, 2, &y, 1, NULL,
                          &shared.plan, &error));
}

static void test_mixed_calls(void **state)
{
    (void)state;
    make_shared();
    for (int job = 0; job < JOBS; job++)
        assert_int_equal(job_result(job, wanted[job]), CLW_OK);
    run_threads(THREADS, mixed_calls);
    clw_plan_destroy(shared.plan);
    clw_array *const all[] = {shared.floats, shared.others, shared.integers, shared.view,
                              shared.mask};
    for (int i = 0; i < 5; i++)
        clw_array_release(all[i]);
}

/* ---- one array, written by all ---- */

enum { STEPS = 100 };
static clw_array *counter;

static const char *count_up(int thread)
{
    (void)thread;
    for (int i = 0; i < STEPS; i++)
        if (call("add", CLW_ARRAY(counter), CLW_INT(1), &counter))
            return "a call failed";
    return NULL;
}

static void test_one_array(void **state)
{
    (void)state;
    static int32_t zeros[COUNT], got[COUNT];
    counter = fixture_vector(context, CLW_I32, COUNT, zeros);
    run_threads(THREADS, count_up);
    CHECK(clw_array_read(counter, got, sizeof got, &error));
    for (int i = 0; i < COUNT; i++)
        assert_int_equal(got[i], THREADS * STEPS);
    clw_array_release(counter);
}

/* ---- one new kernel ---- */

static clw_op *fresh;
static clw_array *input;

static const char *want_fresh(int thread)
{
    (void)thread;
    float got = 0;
    clw_array *y = NULL;
    const clw_operand in = CLW_ARRAY(input);
    const clw_status failed = clw_call(context, fresh, &in, 1, &y, 1, NULL, NULL) ||
                              clw_array_read(y, &got, sizeof got, NULL);
    clw_array_release(y);
    return failed ? "a call failed" : got != 6 ? "a wrong result" : NULL;
}

static const char *want_broken(int thread)
{
    (void)thread;
    clw_error own;
    clw_array *y = NULL;
    const clw_operand in = CLW_ARRAY(input);
    const clw_status status = clw_call(context, fresh, &in, 1, &y, 1, NULL, &own);
    return status != CLW_ERROR_BUILD || y         ? "no error"
           : !strstr(own.message, "no_such_name") ? "another message"
                                                  : NULL;
}

static void define_fresh(const char *body)
{
    static int serial;
    char text[256];
    snprintf(text, sizeof text,
             "//! op threads_%d(a) -> y\n//! loop T -> T for float\n"
             "static inline R threads_%d(T a)\n{\n    return %s;\n}\n",
             serial, serial, body);
    serial++;
    CHECK(clw_op_define(context, text, &fresh, &error));
}

static void test_built_once(void **state)
{
    (void)state;
    const float two = 2;
    input = fixture_vector(context, CLW_F32, 1, &two);
    for (int i = 0; i < 4; i++) {
        define_fresh("a * 3");
        const int misses = heard.misses;
        run_threads(16, want_fresh);
        assert_int_equal(heard.misses - misses, 1);
        clw_op_release(fresh);
    }
    define_fresh("no_such_name");
    run_threads(4, want_broken);
    clw_op_release(fresh);
    clw_array_release(input);
}

/* ---- contexts that come and go ---- */

static const char *come_and_go(int thread)
{
    for (int i = 0; i < 3; i++) {
        clw_config config;
        clw_context *own = NULL;
        clw_array *x = NULL, *y = NULL;
        float two = 2, got = 0;
        clw_config_init(&config);
        config.log = hear;
        config.allocator = &tally.allocator;
        if (clw_context_create(&config, &own, NULL))
            return "no context";
        const int failed = clw_array_from_host(own, CLW_F32, 0, NULL, NULL, &two, &x, NULL) ||
                           clw_add(own, x, x, &y, NULL);
        if ((i + thread) % 2) /* in either order */
            clw_context_release(own);
        clw_array_release(x);
        const int wrong = failed || clw_array_read(y, &got, sizeof got, NULL) || got != 4;
        clw_array_release(y);
        if (!((i + thread) % 2))
            clw_context_release(own);
        if (wrong)
            return "a call failed";
    }
    return NULL;
}

static void test_contexts(void **state)
{
    (void)state;
    run_threads(THREADS, come_and_go);
}

/* ---- ops that are loaded while others look for them ---- */

static char folder[FIXTURE_PATH];

static const char *load_and_look(int thread)
{
    char name[64], file[2 * FIXTURE_PATH];
    clw_dtype dtype;
    const clw_operand in[2] = {CLW_INT(1), CLW_FLOAT(2)};
    for (int i = 0; i < 20; i++) {
        snprintf(name, sizeof name, "loaded_%d_%d", thread, i);
        snprintf(file, sizeof file, "%s/%s.cl", folder, name);
        if (clw_ops_load(context, file, NULL) || !clw_op_find(context, name))
            return "an op is lost";
        const clw_op *op = clw_op_at(context, i * 7 % clw_op_count(context));
        if (!op || clw_op_find(context, clw_op_name(op)) != op)
            return "the registry is torn";
        if (clw_result_type(context, clw_op_find(context, "add"), in, 2, &dtype, 1, NULL))
            return "an op cannot be used";
    }
    return NULL;
}

static void test_registry(void **state)
{
    (void)state;
    const int count = clw_op_count(context);
    fixture_folder(folder);
    for (int thread = 0; thread < THREADS; thread++)
        for (int i = 0; i < 20; i++) {
            char name[64], text[256];
            snprintf(name, sizeof name, "loaded_%d_%d.cl", thread, i);
            snprintf(text, sizeof text, "//! op loaded_%d_%d(a) -> y\n//! loop T -> T for float\n",
                     thread, i);
            fixture_write(folder, name, text);
        }
    run_threads(THREADS, load_and_look);
    assert_int_equal(clw_op_count(context), count + THREADS * 20);
    fixture_remove(folder);
}

static int start(void **state)
{
    (void)state;
    clw_config config;
    clw_config_init(&config);
    config.cache_dir = "";
    config.log = hear;
    tally_init(&tally);
    config.allocator = &tally.allocator;
    CHECK(clw_context_create(&config, &context, &error));
    return 0;
}

static int stop(void **state)
{
    (void)state;
    clw_context_release(context);
    return tally.alive != 0 || heard.line_ends != 0 || heard.lines == 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_mixed_calls), cmocka_unit_test(test_one_array),
        cmocka_unit_test(test_built_once),  cmocka_unit_test(test_contexts),
        cmocka_unit_test(test_registry),
    };
    return cmocka_run_group_tests(tests, start, stop);
}
