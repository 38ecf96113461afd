/* Every allocation of the library fails in turn: the right status, nothing leaked, outputs as they
 * were, and the next call works. */
#include <stdio.h>

#include "tests/device/fixture.h"

static clw_error error;
static struct tally tally;
static clw_context *context;
static char folder[FIXTURE_PATH], cache[FIXTURE_PATH];

/* What a scenario works with and makes. */
static struct {
    int round;
    clw_array *input, *strided, *output, *array;
    clw_op *subject, *op;
    clw_plan *plan;
    clw_context *context;
    float host[64];
} it;

static void let_go(void)
{
    clw_array_release(it.array);
    clw_op_release(it.op);
    clw_plan_destroy(it.plan);
    clw_context_release(it.context);
    it.array = NULL;
    it.op = NULL;
    it.plan = NULL;
    it.context = NULL;
}

static clw_config config_of(const char *cache_dir)
{
    clw_config config;
    clw_config_init(&config);
    config.allocator = &tally.allocator;
    config.cache_dir = cache_dir;
    return config;
}

static clw_status make_context(void)
{
    const clw_config config = config_of(cache);
    return clw_context_create(&config, &it.context, &error);
}

static clw_status make_empty(void)
{
    return clw_array_empty(context, CLW_F32, CLW_SHAPE(8, 8), &it.array, &error);
}

static clw_status make_from_host(void)
{
    return clw_array_from_host(context, CLW_F32, CLW_SHAPE(4, 4), (int64_t[]){-4, -32},
                               it.host + 63, &it.array, &error);
}

/* In a new context: the device is asked once whether it shares memory. */
static void prepare_wrap(void)
{
    clw_context_release(context);
    const clw_config config = config_of("");
    CHECK(clw_context_create(&config, &context, &error));
}

static clw_status make_wrapped(void)
{
    const clw_status status = clw_array_wrap_host(context, CLW_F32, CLW_SHAPE(64), NULL, it.host,
                                                  sizeof it.host, NULL, NULL, &it.array, &error);
    return status;
}

static clw_status make_view(void)
{
    return clw_array_view(it.input, CLW_SHAPE(32), (int64_t[]){8}, 4, &it.array, &error);
}

static clw_status read_strided(void)
{
    float got[32];
    return clw_array_read(it.strided, got, sizeof got, &error);
}

static clw_status write_strided(void)
{
    return clw_array_write(it.strided, it.host, 32 * sizeof *it.host, &error);
}

/* The second number tells texts apart whose kernels are the same source. */
static const char *op_text(int number, int edition)
{
    static char text[256];
    snprintf(text, sizeof text,
             "//! op memory_%d(a) -> y\n//! loop T -> T for float\n//! param by : T = 2\n"
             "//! alias memory_alias_%d\n//! doc times %d\n//! ulp f32 1\n"
             "static inline R memory_%d(T a, T by)\n{\n    return a * by;\n}\n",
             number, number, edition, number);
    return text;
}

static clw_status define(void)
{
    return clw_op_define(context, op_text(it.round, 0), &it.op, &error);
}

static clw_status parse(void)
{
    return clw_op_from_expression(context, "where(a < 3, sqrt(b * 2.5) + a, isclose(a, b, rtol=1))",
                                  &it.op, &error);
}

static void write_ops(void)
{
    fixture_write(folder, "memory.cl", op_text(it.round, 0));
}

static clw_status load(void)
{
    return clw_ops_load(context, folder, &error);
}

/* Another op of the same body: the context does not know its kernel; the driver's own cache does,
 * in time. */
static void new_subject(void)
{
    clw_op_release(it.subject);
    it.subject = NULL;
    CHECK(clw_op_define(context, op_text(0, it.round), &it.subject, &error));
}

/* As above, and the disk cache does not know it either. */
static void new_subject_and_cache(void)
{
    new_subject();
    CHECK(clw_cache_purge(cache, 0, NULL, &error));
}

static clw_status call_new(void)
{
    const clw_operand in = CLW_ARRAY(it.input);
    return clw_call(context, it.subject, &in, 1, &it.array, 1, NULL, &error);
}

static clw_status plan_new(void)
{
    const clw_operand in = CLW_ARRAY(it.input);
    const clw_param by = {"by", {CLW_SCALAR_INT, {3}}};
    clw_call_options options;
    clw_call_options_init(&options);
    options.params = &by;
    options.nparams = 1;
    return clw_plan_create(context, it.subject, &in, 1, &it.output, 1, &options, &it.plan, &error);
}

static clw_status call_overlapping(void)
{
    clw_array *back = NULL;
    clw_status status =
        clw_array_view(it.output, CLW_SHAPE(64), (int64_t[]){-4}, 252, &back, &error);
    if (!status)
        status = clw_add(context, back, it.input, &it.output, &error);
    clw_array_release(back);
    return status;
}

static clw_status evaluate(void)
{
    char text[512];
    snprintf(text, sizeof text, "a * 2.25 + b%*s", it.round % 400, ""); /* another text, no other */
    return clw_eval(context, text, &it.array, &error, "a", it.input, "b", it.output, NULL);
}

static const struct scenario {
    const char *name;
    clw_status (*run)(void);
    void (*prepare)(void);
    const char *cache_dir;
} scenarios[] = {
    {"clw_context_create", make_context, NULL, ""},
    {"clw_array_empty", make_empty, NULL, ""},
    {"clw_array_from_host", make_from_host, NULL, ""},
    {"clw_array_wrap_host", make_wrapped, prepare_wrap, ""},
    {"clw_array_view", make_view, NULL, ""},
    {"clw_array_read", read_strided, NULL, ""},
    {"clw_array_write", write_strided, NULL, ""},
    {"clw_op_define", define, NULL, ""},
    {"clw_op_from_expression", parse, NULL, ""},
    {"clw_ops_load", load, write_ops, ""},
    {"clw_call, cold", call_new, new_subject, ""},
    {"clw_call, cold disk cache", call_new, new_subject_and_cache, cache},
    {"clw_call, warm disk cache", call_new, new_subject, cache},
    {"clw_call, overlapping", call_overlapping, NULL, ""},
    {"clw_plan_create", plan_new, new_subject, ""},
    {"clw_eval", evaluate, NULL, ""},
};

static void prepare(const struct scenario *scenario)
{
    it.round++;
    if (scenario->prepare)
        scenario->prepare();
}

/* Kernels and expressions that the context keeps for the next time are no leaks. */
static long kept_by_a_round(const struct scenario *scenario)
{
    prepare(scenario);
    const long alive = tally.alive;
    CHECK(scenario->run());
    let_go();
    return tally.alive - alive;
}

static void check_failure(const struct scenario *scenario, int n, clw_status status)
{
    if (status != CLW_ERROR_MEMORY || error.code != status)
        fail_msg("%s, allocation %d: %s: %s", scenario->name, n, clw_status_name(status),
                 error.message);
    if (it.array || it.op || it.plan || it.context)
        fail_msg("%s, allocation %d: an output is set", scenario->name, n);
}

/* The allocations of a scenario fail one after the other; returns how many there are. */
static int fail_each(const struct scenario *scenario)
{
    const long first = kept_by_a_round(scenario), next = kept_by_a_round(scenario);
    const long keeps = first > next ? first : next; /* the next replaces what the first loaded */
    for (int n = 1; n < 5000; n++) {
        prepare(scenario);
        const long alive = tally.alive;
        error = (clw_error){CLW_OK, ""};
        tally_fail(&tally, n);
        const clw_status status = scenario->run();
        const int failed = tally_has_failed(&tally);
        tally_fail(&tally, 0);
        if (status) {
            check_failure(scenario, n, status);
            CHECK(scenario->run());
        }
        let_go();
        if (tally.alive - alive > keeps)
            fail_msg("%s, allocation %d: leaked", scenario->name, n);
        if (!failed)
            return n - 1;
    }
    return -1;
}

static void start_scenario(const struct scenario *scenario)
{
    const clw_config config = config_of(scenario->cache_dir);
    CHECK(clw_context_create(&config, &context, &error));
    if (scenario->prepare == prepare_wrap)
        return;
    it.input = fixture_vector(context, CLW_F32, 64, it.host);
    it.output = fixture_vector(context, CLW_F32, 64, it.host);
    CHECK(clw_array_view(it.input, CLW_SHAPE(32), (int64_t[]){8}, 0, &it.strided, &error));
}

static void stop_scenario(void)
{
    clw_op_release(it.subject);
    clw_array_release(it.input);
    clw_array_release(it.output);
    clw_array_release(it.strided);
    it.subject = NULL;
    it.input = it.output = it.strided = NULL;
    clw_context_release(context);
    context = NULL;
    assert_int_equal(tally.alive, 0);
}

static void test_failing_allocations(void **state)
{
    (void)state;
    const int descriptors = fixture_descriptors();
    for (size_t i = 0; i < sizeof scenarios / sizeof *scenarios; i++) {
        const double start = fixture_seconds();
        start_scenario(&scenarios[i]);
        const int count = fail_each(&scenarios[i]);
        print_message("%-26s %4d allocations, %.1f s\n", scenarios[i].name, count,
                      fixture_seconds() - start);
        assert_true(count > 0);
        stop_scenario();
    }
    assert_true(fixture_descriptors() <= descriptors);
}

static int start(void **state)
{
    (void)state;
    tally_init(&tally);
    fixture_folder(folder);
    fixture_folder(cache);
    return 0;
}

static int stop(void **state)
{
    (void)state;
    fixture_remove(folder);
    fixture_remove(cache);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_failing_allocations)};
    return cmocka_run_group_tests(tests, start, stop);
}
