/* The measurements that a child process makes. */
#include "bench/child.h"
#include "bench/process.h"

#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const struct work *child_work(void)
{
    return work_find("f32 multiply 4096");
}

void child_without_cache(void)
{
    setenv("POCL_KERNEL_CACHE", "0", 1);
    setenv("MESA_SHADER_CACHE_DISABLE", "1", 1);
}

static bool open_context(const struct place *place, const clw_allocator *allocator,
                         clw_context **context, clw_error *error)
{
    clw_config config;
    clw_config_init(&config);
    config.device = place->device;
    config.cache_dir = place->folder;
    config.allocator = allocator;
    return clw_context_create(&config, context, error) == CLW_OK;
}

/* A context and inputs; what comes then is timed. */
static bool prepare(const struct place *place, clw_context **context, clw_array *arrays[3],
                    clw_error *error)
{
    static float a[4096], b[4096];
    const int64_t shape[1] = {(int64_t)child_work()->elements};
    return open_context(place, NULL, context, error) &&
           !clw_array_from_host(*context, CLW_F32, 1, shape, NULL, a, &arrays[0], error) &&
           !clw_array_from_host(*context, CLW_F32, 1, shape, NULL, b, &arrays[1], error);
}

static bool call_and_read(clw_context *context, clw_array *arrays[3], clw_error *error)
{
    static float y[4096];
    return !clw_call(context, clw_op_find(context, "multiply"),
                     (clw_operand[]){CLW_ARRAY(arrays[0]), CLW_ARRAY(arrays[1])}, 2, &arrays[2], 1,
                     NULL, error) &&
           !clw_array_read(arrays[2], y, sizeof y, error);
}

/* Seconds since `begin`, or, if that is 0, since the context was there. */
static bool time_first(const struct place *place, double begin, double *value, clw_error *error)
{
    clw_context *context = NULL;
    clw_array *arrays[3] = {NULL};
    bool done = prepare(place, &context, arrays, error);
    if (begin == 0)
        begin = now();
    done = done && call_and_read(context, arrays, error);
    *value = now() - begin;
    for (size_t i = 0; i < 3; ++i)
        clw_array_release(arrays[i]);
    clw_context_release(context);
    return done;
}

/* From nothing to a result in host memory. */
static bool first_clwise(const struct place *place, double *value, clw_error *error)
{
    return time_first(place, place->begin, value, error);
}

/* The call alone, with no cache of clwise or of PoCL. */
static bool cold_clwise(const struct place *place, double *value, clw_error *error)
{
    const struct place without_cache = {place->begin, place->device, ""};
    child_without_cache();
    return time_first(&without_cache, 0, value, error);
}

/* The median time of a call that computes much and moves little: what threads of a device gain. The
 * device is measured by each process: what is kept is of another number of threads. */
static bool compute(const struct place *place, double *value, clw_error *error)
{
    enum { RUNS = 5, ELEMENTS = 1 << 22 };
    const struct place without_cache = {place->begin, place->device, ""};
    const int64_t shape[1] = {ELEMENTS};
    double samples[RUNS];
    clw_context *context = NULL;
    clw_array *a = NULL, *y = NULL;
    float *memory = calloc(ELEMENTS, sizeof *memory);
    bool done = memory && open_context(&without_cache, NULL, &context, error) &&
                !clw_array_from_host(context, CLW_F32, 1, shape, NULL, memory, &a, error);
    for (int i = -1; done && i < RUNS; ++i) {
        const double begin = now();
        done = !clw_eval(context, "lgamma(a + 3) * tan(a) + digamma(a + 2)", &y, error, "a", a,
                         NULL) &&
               !clw_finish(context, error);
        samples[i < 0 ? 0 : i] = now() - begin;
    }
    if (done)
        *value = median(samples, RUNS);
    clw_array_release(a);
    clw_array_release(y);
    clw_context_release(context);
    free(memory);
    return done;
}

struct counter {
    atomic_size_t allocations;
};

static void *count_allocate(size_t bytes, void *data)
{
    struct counter *counter = data;
    atomic_fetch_add(&counter->allocations, 1);
    return malloc(bytes);
}

static void count_release(void *memory, void *data)
{
    (void)data;
    free(memory);
}

/* Calls of clwise's allocator in 1000 warm calls with a given output. */
static bool count_allocations(const struct place *place, double *value, clw_error *error)
{
    enum { WARM_UP = 100, CALLS = 1000 };
    struct counter counter = {0};
    const clw_allocator allocator = {count_allocate, count_release, &counter};
    struct operands operands;
    clw_context *context = NULL;
    size_t before = 0;
    bool done = open_context(place, &allocator, &context, error);
    if (!done || !operands_init(&operands, child_work(), context, error)) {
        clw_context_release(context);
        return false;
    }
    void *state = peer_clwise_call.open(&operands);
    done = state != NULL;
    for (int i = 0; done && i < WARM_UP + CALLS; ++i) {
        if (i == WARM_UP)
            before = atomic_load(&counter.allocations);
        done = peer_clwise_call.run(state);
    }
    *value = (double)(atomic_load(&counter.allocations) - before);
    if (state)
        peer_clwise_call.close(state);
    operands_finish(&operands);
    clw_context_release(context);
    return done;
}

/* A line of /proc/self/status, in KiB; 0 if it is not there. */
static double status_kib(const char *name)
{
    char line[256];
    double value = 0;
    FILE *file = fopen("/proc/self/status", "r");
    while (file && fgets(line, sizeof line, file))
        if (strncmp(line, name, strlen(name)) == 0)
            value = strtod(line + strlen(name), NULL);
    if (file)
        fclose(file);
    return value;
}

/* From here on VmHWM is the peak since now. */
static bool reset_peak(void)
{
    FILE *file = fopen("/proc/self/clear_refs", "w");
    const bool written = file && fputs("5", file) >= 0;
    return file && fclose(file) == 0 && written;
}

static bool run_once(const struct operands *operands)
{
    void *state = peer_clwise_call.open(operands);
    const bool done = state && peer_clwise_call.run(state);
    if (state)
        peer_clwise_call.close(state);
    return done;
}

/* MiB that the call takes beyond its arrays, which are there and touched before. A smaller
 * call goes first, large enough for the same driver, so that kernel and device are loaded, but
 * nothing as large is left over from it that the call could use again. */
static bool peak_memory(const struct place *place, double *value, clw_error *error)
{
    struct operands small, large;
    clw_context *context = NULL;
    if (!open_context(place, NULL, &context, error))
        return false;
    bool done =
        operands_init(&small, work_find("f32 multiply 1M"), context, error) && run_once(&small);
    done = done && operands_init(&large, work_find("f32 multiply 16M"), context, error);
    done = done && reset_peak();
    const double before = status_kib("VmRSS:");
    done = done && run_once(&large);
    *value = (status_kib("VmHWM:") - before) / 1024;
    /* The process ends here, and with it everything that it holds. */
    return done && before > 0;
}

int child_main(int argc, char **argv)
{
    static const struct {
        const char *name;
        bool (*measure)(const struct place *place, double *value, clw_error *error);
    } measurements[] = {
        {"first-clwise", first_clwise},
        {"first-opencl", child_first_opencl},
        {"cold-clwise", cold_clwise},
        {"cold-opencl", child_cold_opencl},
        {"compute", compute},
        {"store-opencl", child_store_opencl},
        {"allocations", count_allocations},
        {"memory", peak_memory},
    };
    clw_error error = {CLW_OK, "cannot be measured here"};
    double value = 0;
    const double begin = now();
    if (argc != 3)
        return 2;
    const struct place place = {begin, argv[1], argv[2]};
    for (size_t i = 0; i < sizeof measurements / sizeof *measurements; ++i)
        if (strcmp(measurements[i].name, argv[0]) == 0) {
            if (measurements[i].measure(&place, &value, &error)) {
                printf("%.9f\n", value);
                return 0;
            }
            fprintf(stderr, "clwise-bench: %s: %s\n", argv[0], error.message);
        }
    return 1;
}
