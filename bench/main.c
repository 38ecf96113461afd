/* clwise-bench: each work by every peer that can do it, verified, then timed in turns. */
#include "bench/bench.h"
#include "bench/process.h"

#include <getopt.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { ROUNDS = 15 };

static const struct peer *const peers[] = {
    &peer_clwise_call,      &peer_clwise_plan, &peer_opencl,
    &peer_opencl_streaming, &peer_c,           &peer_c_streaming,
#ifdef HAVE_GPUARRAY
    &peer_gpuarray,
#endif
};
enum { PEER_COUNT = sizeof peers / sizeof *peers };
enum { CALL, PLAN, OPENCL, OPENCL_STREAMING };

static const char usage[] =
    "usage: clwise-bench [--quick] [--device NAME] [--json FILE]\n"
    "Verifies and times clwise beside hand-written OpenCL, C with OpenMP and libgpuarray.\n"
    "  --quick        fewer works, shorter samples\n"
    "  --device NAME  as clwise takes it: gpu, cpu, P:D, or part of a name\n"
    "  --json FILE    also write every figure to FILE\n";

struct options {
    bool quick;
    const char *device, *json;
};

/* The result of one run over an output that held other values. */
static bool verify(const struct peer *peer, void *state, const struct operands *operands)
{
    const struct work *work = operands->work;
    const size_t bytes = work_elements(work) * clw_dtype_size(work->output);
    unsigned char *result = malloc(bytes);
    bool right = false;
    if (result) {
        memset(result, 0x5a, bytes);
        right = clw_array_write(operands->array_y, result, bytes, NULL) == CLW_OK &&
                clw_finish(operands->context, NULL) == CLW_OK && peer->run(state) &&
                peer->read(state, result) && memcmp(result, operands->expected, bytes) == 0;
    }
    free(result);
    return right;
}

/* Seconds of one run, from as many as fill `seconds`. One that does not count goes before: it finds
 * its data where the peer before left the cache. */
static double sample(const struct peer *peer, void *state, double seconds)
{
    size_t runs = 0;
    if (!peer->run(state))
        return NAN;
    const double begin = now();
    double end;
    do {
        if (!peer->run(state))
            return NAN;
        ++runs;
        end = now();
    } while (end - begin < seconds);
    return (end - begin) / (double)runs;
}

/* Opens and verifies the peers; states[i] is NULL for one that is absent. */
static bool open_peers(const struct operands *operands, void *states[PEER_COUNT])
{
    bool right = true;
    for (size_t i = 0; i < PEER_COUNT; ++i) {
        states[i] = peers[i]->open(operands);
        if (!states[i] && i > PLAN)
            continue;
        if (states[i] && verify(peers[i], states[i], operands))
            continue;
        fprintf(stderr, "clwise-bench: %s: %s: %s\n", operands->work->name, peers[i]->name,
                states[i] ? "wrong result" : "cannot do the work");
        if (states[i])
            peers[i]->close(states[i]);
        states[i] = NULL;
        right = false;
    }
    return right;
}

static void time_peers(void *const states[PEER_COUNT], double seconds, double result[PEER_COUNT])
{
    double samples[PEER_COUNT][ROUNDS];
    for (size_t round = 0; round < ROUNDS; ++round) {
        report_progress(round + 1, ROUNDS);
        for (size_t turn = 0; turn < PEER_COUNT; ++turn) {
            const size_t i = (turn + round) % PEER_COUNT;
            samples[i][round] = states[i] ? sample(peers[i], states[i], seconds) : NAN;
        }
    }
    for (size_t i = 0; i < PEER_COUNT; ++i)
        result[i] = median(samples[i], ROUNDS);
}

static void add_bars(struct report *report, const struct work *work,
                     const double seconds[PEER_COUNT])
{
    const double by_hand = fmin(seconds[OPENCL], seconds[OPENCL_STREAMING]);
    if (work == work_find("f32 multiply 16M"))
        report_bar(report, &(struct bar){"f32 multiply 16M, call / best hand-written OpenCL",
                                         seconds[CALL] / by_hand, 1.05, "x"});
    if (work == work_find("f32 multiply 4096"))
        report_bar(report, &(struct bar){"f32 multiply 4096, plan / raw enqueue and finish",
                                         seconds[PLAN] / seconds[OPENCL], 1.3, "x"});
}

static bool bench_work(struct report *report, clw_context *context, const struct work *work,
                       bool quick)
{
    struct operands operands;
    clw_error error;
    void *states[PEER_COUNT];
    double seconds[PEER_COUNT];
    if (!operands_init(&operands, work, context, &error)) {
        fprintf(stderr, "clwise-bench: %s: %s\n", work->name, error.message);
        return false;
    }
    const bool right = open_peers(&operands, states);
    time_peers(states, quick ? 0.0005 : 0.005, seconds);
    for (size_t i = 0; i < PEER_COUNT; ++i)
        if (states[i])
            peers[i]->close(states[i]);
    report_work(report, work, seconds);
    add_bars(report, work, seconds);
    operands_finish(&operands);
    return right;
}

static bool bench_works(struct report *report, clw_context *context, bool quick)
{
    bool right = true;
    for (size_t i = 0; i < work_count; ++i)
        if ((!quick || works[i].quick) && !bench_work(report, context, &works[i], quick))
            right = false;
    return right;
}

static bool parse(int argc, char **argv, struct options *options)
{
    static const struct option known[] = {{"quick", no_argument, NULL, 'q'},
                                          {"device", required_argument, NULL, 'd'},
                                          {"json", required_argument, NULL, 'j'},
                                          {"help", no_argument, NULL, 'h'},
                                          {0}};
    int option;
    while ((option = getopt_long(argc, argv, "h", known, NULL)) != -1) {
        if (option == 'q')
            options->quick = true;
        else if (option == 'd')
            options->device = optarg;
        else if (option == 'j')
            options->json = optarg;
        else if (option == 'h')
            exit(fputs(usage, stdout) == EOF);
        else
            return false;
    }
    return optind == argc;
}

/* OpenMP threads that spin for their next work would take the cores of the peers that are measured
 * after them. The runtime reads this variable before main, so the program starts anew. */
static void quiet_openmp(char **argv)
{
    if (!getenv("OMP_WAIT_POLICY") && setenv("OMP_WAIT_POLICY", "passive", 1) == 0)
        execv("/proc/self/exe", argv);
}

int main(int argc, char **argv)
{
    struct options options = {0};
    const char *names[PEER_COUNT];
    clw_config config;
    clw_context *context = NULL;
    clw_device_info device = {.struct_size = sizeof device};
    clw_error error;
    if (argc > 1 && strcmp(argv[1], "--child") == 0)
        return child_main(argc - 2, argv + 2);
    if (!parse(argc, argv, &options)) {
        fputs(usage, stderr);
        return 2;
    }
    quiet_openmp(argv);
    clw_config_init(&config);
    config.device = options.device;
    if (clw_context_create(&config, &context, &error) ||
        clw_context_device(context, &device, &error)) {
        fprintf(stderr, "clwise-bench: %s\n", error.message);
        clw_context_release(context);
        return 1;
    }
    for (size_t i = 0; i < PEER_COUNT; ++i)
        names[i] = peers[i]->name;
    struct report *report = report_create(&device, PEER_COUNT, names, options.json);
    bool right = report && bench_works(report, context, options.quick);
    clw_context_release(context);
    if (report) {
        measure_processes(report, &device, options.quick ? 5 : ROUNDS);
        right = report_finish(report) && right;
    }
    return right ? 0 : 1;
}
