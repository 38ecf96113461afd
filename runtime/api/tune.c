/* Measuring the device: when a call first asks for what is not known, or when it is asked for. */
#include <stdlib.h>
#include <string.h>

#include "runtime/api/objects.h"
#include "runtime/base/clock.h"
#include "runtime/base/memory.h"
#include "runtime/device/crossover.h"

/* ---- kept beside the kernels ---- */

static void key_of(const struct device *device, struct text *key)
{
    text_init(key, device->allocator);
    text_add(key, "profile|1\n");
    for (int i = 0; i < TIERS; i++)
        if (device->tiers[i].id)
            text_addf(key, "%sunits %d\n", device->tiers[i].identity, device->tiers[i].units);
}

static void load(clw_context *context)
{
    struct text key;
    size_t length;
    const char *why;
    key_of(&context->device, &key);
    char *words =
        key.failed ? NULL : disk_cache_load(context->disk, key.data, key.length, &length, &why);
    if (words)
        profile_read(&context->device.profile, words, length);
    memory_free(context->allocator, words);
    text_finish(&key);
}

/* A crossover that was measured in passing, perhaps beside other programs, is for this context. */
static void store(clw_context *context)
{
    struct text key, words;
    struct profile kept = {{0}};
    if (!context->disk)
        return;
    for (int i = 0; i < PROFILE_FACTS; i++)
        if (profile_knows(&context->device.profile, (enum profile_fact)i) &&
            !(i == PROFILE_CROSSOVER && context->crossover_is_own))
            profile_set(&kept, (enum profile_fact)i,
                        profile_get(&context->device.profile, (enum profile_fact)i));
    key_of(&context->device, &key);
    text_init(&words, context->allocator);
    profile_words(&kept, &words);
    if (!key.failed && !words.failed && words.length)
        disk_cache_store(context->disk, key.data, key.length, words.data, words.length);
    text_finish(&words);
    text_finish(&key);
}

static void measure_crossover(clw_context *context)
{
    struct device *device = &context->device;
    if (!device->tiers[TIER_SMALL].id)
        return;
    profile_set(&device->profile, PROFILE_CROSSOVER, (int64_t)(crossover_measure(device) * 1e9));
}

void tune_start(clw_context *context)
{
    if (context->disk)
        load(context);
    context->crossover_is_own = !profile_knows(&context->device.profile, PROFILE_CROSSOVER);
    if (context->crossover_is_own)
        measure_crossover(context);
}

/* ---- experiments ---- */

enum {
    ROUNDS = 9,
    TELLING = 1, /* of the rounds, sorted: other programs only slow them down */
    MOST_VALUES = 3,
    RUN_LENGTH = 1 << 16,
    TILED_SIDE = 2048,
    LEAST_TILED = 8 << 20, /* bytes of a call's arrays for which the shape of tiles matters */
    TIMES = 16, /* that the source is copied, where the target is more than the last cache holds */
    UNCACHED = 4, /* last caches: the bytes of that copy, from which on stores may go past them */
    USUAL_CACHE = 32 << 20,
    LEAST_CACHE = 4 << 20,
    MOST_CACHE = 64 << 20
};
/* What another value than the first must save, and what a run may take. */
static const double worth = 0.93, most_seconds = 0.1;

/* The same copy, as values of a fact have it; the first is taken unless another is worth it. */
struct experiment {
    enum profile_fact fact;
    int count;
    int64_t values[MOST_VALUES];
    int64_t shape[2], from[2]; /* of u32; steps of the source, in elements */
    int64_t elements;          /* of the source's memory */
};

struct trial {
    struct plan plan;
    struct kernel_entry *entry;
    double seconds[ROUNDS];
};

/* Bytes of the last cache. */
static int64_t cache_bytes(const struct device *device)
{
    cl_ulong bytes = 0;
    clGetDeviceInfo(device->tiers[TIER_LARGE].id, CL_DEVICE_GLOBAL_MEM_CACHE_SIZE, sizeof bytes,
                    &bytes, NULL);
    return bytes == 0            ? USUAL_CACHE
           : bytes < LEAST_CACHE ? LEAST_CACHE
           : bytes > MOST_CACHE  ? MOST_CACHE
                                 : (int64_t)bytes;
}

static struct experiment experiment_of(const struct device *device, enum profile_fact fact)
{
    const int64_t cache = cache_bytes(device);
    const struct experiment experiments[PROFILE_FACTS] = {
        [PROFILE_STREAMED] = {PROFILE_STREAMED,
                              2,
                              {UNCACHED * cache, PROFILE_NEVER},
                              {TIMES, cache / 32},
                              {0, 1},
                              cache / 32},
        [PROFILE_RUN] = {PROFILE_RUN, 3, {8192, 2048, 32768}, {1, RUN_LENGTH}, {0, 1}, RUN_LENGTH},
        [PROFILE_TILE] = {PROFILE_TILE,
                          3,
                          {512, 256, 1024},
                          {TILED_SIDE, TILED_SIDE},
                          {1, TILED_SIDE},
                          TILED_SIDE * TILED_SIDE},
    };
    return experiments[fact];
}

static clw_status prepare(clw_context *context, const clw_array *from, clw_array *to,
                          struct trial *trial, clw_error *error)
{
    const clw_operand in = CLW_ARRAY(from);
    clw_call_options options;
    clw_kernel_origin origin;
    clw_call_options_init(&options);
    const clw_status status =
        plan_call(context, context->move, &in, &to, &options, &trial->plan, error);
    return status ? status
                  : kernels_get(&context->kernels, &trial->plan, TIER_LARGE, &trial->entry, &origin,
                                error);
}

/* Seconds of one run; below 0: it failed. */
static double run_once(clw_context *context, const struct trial *trial, const clw_array *from,
                       const clw_array *to, clw_error *error)
{
    const struct launch_array arrays[] = {{from->buffer, from->offset}, {to->buffer, to->offset}};
    int too_late;
    const double start = clock_seconds();
    clw_status status =
        launch_entry(&context->kernels, trial->entry, &trial->plan, arrays, NULL, &too_late, error);
    if (!status)
        status = device_wait(&context->device, error);
    const double seconds = clock_seconds() - start;
    kernels_launched(&context->kernels, trial->entry);
    return status ? -1 : seconds;
}

static int compare_seconds(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static int64_t choose(const struct experiment *experiment, struct trial *trials)
{
    int best = 0;
    for (int i = 0; i < experiment->count; i++)
        qsort(trials[i].seconds, ROUNDS, sizeof *trials[i].seconds, compare_seconds);
    for (int i = 1; i < experiment->count; i++) {
        const double limit = trials[best].seconds[TELLING] * (best ? 1 : worth);
        if (trials[i].seconds[TELLING] < limit)
            best = i;
    }
    return experiment->values[best];
}

/* Rounds of all values in turn, after one that touches the memory, which may take longer than all
 * others. 0: one failed or took too long. */
static int time_trials(clw_context *context, const struct experiment *experiment,
                       struct trial *trials, const clw_array *from, const clw_array *to,
                       clw_error *error)
{
    for (int round = -1; round < ROUNDS; round++)
        for (int i = 0; i < experiment->count; i++) {
            profile_set(&context->device.profile, experiment->fact, experiment->values[i]);
            const double seconds = run_once(context, &trials[i], from, to, error);
            if (seconds < 0 || (round >= 0 && seconds > most_seconds))
                return 0;
            if (round >= 0)
                trials[i].seconds[round] = seconds;
        }
    return 1;
}

/* Between arrays that are there. */
static clw_status measure_on(clw_context *context, const struct experiment *experiment,
                             const clw_array *from, clw_array *to, clw_error *error)
{
    struct profile *profile = &context->device.profile;
    struct trial *trials = memory_new(context->allocator, MOST_VALUES, sizeof *trials);
    clw_status status = trials ? CLW_OK : fail_memory(error);
    for (int i = 0; !status && i < experiment->count; i++) {
        profile_set(profile, experiment->fact, experiment->values[i]);
        status = prepare(context, from, to, &trials[i], error);
    }
    int64_t value = experiment->values[0];
    if (!status && time_trials(context, experiment, trials, from, to, error))
        value = choose(experiment, trials);
    profile_set(profile, experiment->fact, value);
    memory_free(context->allocator, trials);
    return status;
}

static clw_status measure(clw_context *context, enum profile_fact fact, clw_error *error)
{
    const struct experiment experiment = experiment_of(&context->device, fact);
    const int64_t size = 4, strides[] = {size * experiment.from[0], size * experiment.from[1]};
    clw_array *base = NULL, *from = NULL, *to = NULL, *begin = NULL;
    clw_status status = array_new(context, CLW_U32, 1, &experiment.elements, &base, error);
    if (!status)
        status = array_new(context, CLW_U32, 2, experiment.shape, &to, error);
    if (!status)
        status = array_view(base, 2, experiment.shape, strides, 0, &from, error);
    if (!status)
        status = array_view(to, 1, &experiment.elements, &size, 0, &begin, error);
    if (!status)
        status = copy_elements(begin, base, error); /* memory that nobody has touched is nowhere */
    if (!status)
        status = measure_on(context, &experiment, from, to, error);
    clw_array_release(begin);
    clw_array_release(to);
    clw_array_release(from);
    clw_array_release(base);
    buffers_trim(&context->device, 0); /* nobody needs arrays of that size again */
    return status;
}

/* ---- when ---- */

/* What the call would have liked to know; PROFILE_FACTS: nothing. */
static enum profile_fact wanted(const clw_context *context, const struct plan *plan)
{
    enum profile_fact fact = PROFILE_FACTS;
    if (plan->elements > 0 && plan->skeleton == SKELETON_TILES)
        fact = PROFILE_TILE;
    else if (plan->elements > 0 && plan_has_runs(plan))
        fact = PROFILE_STREAMED;
    if (fact == PROFILE_FACTS || profile_knows(&context->device.profile, fact))
        return PROFILE_FACTS;
    const int64_t least =
        fact == PROFILE_TILE ? LEAST_TILED : UNCACHED * cache_bytes(&context->device);
    return plan_bytes(plan) < least ? PROFILE_FACTS : fact;
}

int tune_for(clw_context *context, const struct plan *plan)
{
    if (!context->disk || atomic_load(&context->device.lent))
        return 0;
    const enum profile_fact fact = wanted(context, plan);
    if (fact == PROFILE_FACTS || atomic_exchange(&context->tuning, 1))
        return 0;
    struct profile *profile = &context->device.profile;
    if (measure(context, fact, NULL) == CLW_OK)
        store(context);
    else
        profile_set(profile, fact, profile_get(profile, fact)); /* it is not tried again */
    atomic_store(&context->tuning, 0);
    return 1;
}

clw_status clw_context_tune(clw_context *context, clw_error *error)
{
    static const enum profile_fact facts[] = {PROFILE_STREAMED, PROFILE_RUN, PROFILE_TILE};
    if (!context)
        return fail(error, CLW_ERROR_ARGUMENT, "clw_context_tune: context is NULL");
    clw_status status = device_check(&context->device, error);
    if (!status)
        status = device_wait(&context->device, error);
    if (status)
        return api_status("clw_context_tune", status, error);
    atomic_store(&context->tuning, 1);
    context->crossover_is_own = 0;
    measure_crossover(context);
    const int has_loops = context->device.target.skeleton == SKELETON_RUNS;
    for (size_t i = 0; !status && has_loops && i < sizeof facts / sizeof *facts; i++)
        status = measure(context, facts[i], error);
    store(context);
    atomic_store(&context->tuning, 0);
    return api_status("clw_context_tune", status, error);
}

clw_status clw_context_profile(clw_context *context, clw_device_profile *out, clw_error *error)
{
    if (!context || !out || out->struct_size < sizeof out->struct_size)
        return fail(error, CLW_ERROR_ARGUMENT, "clw_context_profile: %s",
                    !context ? "context is NULL"
                    : !out   ? "profile is NULL"
                             : "profile.struct_size is not set");
    const struct profile *profile = &context->device.profile;
    int64_t facts[PROFILE_FACTS];
    for (int i = 0; i < PROFILE_FACTS; i++)
        facts[i] = profile_knows(profile, (enum profile_fact)i)
                       ? profile_get(profile, (enum profile_fact)i)
                       : 0;
    const clw_device_profile full = {.struct_size = out->struct_size,
                                     .crossover = (double)facts[PROFILE_CROSSOVER] * 1e-9,
                                     .streamed = facts[PROFILE_STREAMED],
                                     .run = facts[PROFILE_RUN],
                                     .tile = facts[PROFILE_TILE]};
    memcpy(out, &full, full.struct_size < sizeof full ? full.struct_size : sizeof full);
    return CLW_OK;
}
