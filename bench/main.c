/* clwise-bench: each work by every peer that can do it, verified, then timed in turns. */
#include "bench/bars.h"
#include "bench/crowd.h"
#include "bench/process.h"
#include "bench/python.h"

#include <getopt.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PYTHON_LIBRARIES = PEER_COUNT - NUMPY };
_Static_assert((int)PEER_COUNT <= (int)MOST_PEERS, "peers_time has room for so many");

const struct peer *const peers[PEER_COUNT] = {
    [CALL] = &peer_clwise_call,
    [PLAN] = &peer_clwise_plan,
    [EVAL] = &peer_clwise_eval,
    [OPENCL] = &peer_opencl,
    [OPENCL_STREAMING] = &peer_opencl_streaming,
    [PLAIN_C] = &peer_c,
    [ONE_C] = &peer_c_one,
    [C_STREAMING] = &peer_c_streaming,
    [GPUARRAY] = &peer_gpuarray,
    [NUMPY] = &peer_numpy,
    [TORCH] = &peer_torch,
    [NUMEXPR] = &peer_numexpr,
    [JAX] = &peer_jax,
    [PYOPENCL] = &peer_pyopencl,
};

static const char usage[] =
    "usage: clwise-bench [--quick] [--sizes] [--device NAME] [--python FILE] [--json FILE]\n"
    "Verifies and times clwise beside hand-written OpenCL, C with OpenMP, libgpuarray, and "
    "libraries\n"
    "of Python.\n"
    "  --quick        fewer works, shorter samples\n"
    "  --sizes        products of 64 to 64M elements, instead\n"
    "  --python FILE  with NumPy, numexpr, PyTorch, JAX and PyOpenCL; bench/python-peers.sh "
    "installs and\n"
    "                 prints one; default $CLWISE_BENCH_PYTHON; without, they are absent\n"
    "  --device NAME  as clwise takes it: gpu, cpu, P:D, or part of a name\n"
    "  --json FILE    also write every figure to FILE\n";

struct options {
    bool quick, sizes;
    const char *device, *json, *python;
};

static bool verify(const struct peer *peer, void *state, const struct operands *operands)
{
    const struct expected_result expected = {operands->context, operands->array_y,
                                             operands->expected, work_array_bytes(operands->work)};
    return peer_verify(peer, state, &expected);
}

static bool has_part(const struct work *work, size_t peer)
{
    return !(work->sizes & SIZE_GROWTH) || peer == PLAN || peer == PLAIN_C || peer == ONE_C ||
           peer == C_STREAMING;
}

/* Opens and verifies the peers; states[i] is NULL for one that is absent. */
static bool open_peers(const struct operands *operands, void *states[PEER_COUNT])
{
    bool right = true;
    for (size_t i = 0; i < PEER_COUNT; ++i) {
        states[i] = has_part(operands->work, i) ? peers[i]->open(operands) : NULL;
        if (!states[i] && (i > EVAL || !has_part(operands->work, i)))
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

static bool bench_work(struct report *report, clw_context *context, const struct work *work,
                       bool quick, struct figure figures[PEER_COUNT])
{
    struct operands operands;
    clw_error error;
    void *states[PEER_COUNT];
    if (!operands_init(&operands, work, context, &error)) {
        fprintf(stderr, "clwise-bench: %s: %s\n", work->name, error.message);
        return false;
    }
    const bool right = open_peers(&operands, states);
    peers_time(report, work->name, peers, states, PEER_COUNT, quick ? 0.0005 : 0.005, figures);
    const struct report_row row = {work->name, work->elements, 3 * (double)work_array_bytes(work)};
    report_work(report, &row, figures);
    report_bars(report, work, figures);
    operands_finish(&operands);
    return right;
}

static bool bench_sizes(struct report *report, clw_context *context, bool quick)
{
    struct figure figures[PEER_COUNT];
    const struct work *work;
    bool right = true;
    for (size_t i = 0; (work = work_of_size(i)) != NULL; ++i)
        right = bench_work(report, context, work, quick, figures) && right;
    return right;
}

static bool bench_works(struct report *report, clw_context *context, bool quick)
{
    struct figure figures[PEER_COUNT];
    struct growth growth = {0};
    const struct work *work;
    bool right = true;
    for (size_t i = 0; i < work_count; ++i)
        if ((!quick || works[i].quick) && !bench_work(report, context, &works[i], quick, figures))
            right = false;
    measure_crowd(report, context, quick ? 0.005 : 0.05);
    for (size_t i = 0; (work = work_of_growth(i, quick)) != NULL; ++i) {
        right = bench_work(report, context, work, quick, figures) && right;
        growth_add(&growth, work, figures);
    }
    growth_report(report, &growth);
    return right;
}

static bool parse(int argc, char **argv, struct options *options)
{
    static const struct option known[] = {{"quick", no_argument, NULL, 'q'},
                                          {"sizes", no_argument, NULL, 's'},
                                          {"python", required_argument, NULL, 'p'},
                                          {"device", required_argument, NULL, 'd'},
                                          {"json", required_argument, NULL, 'j'},
                                          {"help", no_argument, NULL, 'h'},
                                          {0}};
    int option;
    while ((option = getopt_long(argc, argv, "h", known, NULL)) != -1) {
        if (option == 'q')
            options->quick = true;
        else if (option == 's')
            options->sizes = true;
        else if (option == 'p')
            options->python = optarg;
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

static size_t count_works(const struct options *options)
{
    size_t count = 0;
    for (size_t i = 0; !options->sizes && i < work_count; ++i)
        count += !options->quick || works[i].quick;
    while (options->sizes && work_of_size(count))
        ++count;
    for (size_t i = 0; !options->sizes && work_of_growth(i, options->quick); ++i)
        ++count;
    return options->sizes ? count : count + CROWD_SIZES + PROCESS_ROWS;
}

static struct report *start_report(const struct options *options, const clw_device_info *device)
{
    static const char *names[PEER_COUNT];
    static char facts[PYTHON_LIBRARIES][REASON_BYTES];
    struct library libraries[PYTHON_LIBRARIES];
    python_start(options->python, PYTHON_PRODUCTS, device->compute_units, facts, PYTHON_LIBRARIES);
    for (size_t i = 0; i < PEER_COUNT; ++i)
        names[i] = peers[i]->name;
    for (size_t i = 0; i < PYTHON_LIBRARIES; ++i)
        libraries[i] = (struct library){names[NUMPY + i], facts[i]};
    return report_create(&(struct report_start){"clwise-bench", device, names, PEER_COUNT,
                                                libraries, PYTHON_LIBRARIES, count_works(options),
                                                options->json});
}

static bool bench(clw_context *context, const clw_device_info *device,
                  const struct options *options)
{
    struct report *report = start_report(options, device);
    if (!report)
        return false;
    bool right = (options->sizes ? bench_sizes : bench_works)(report, context, options->quick);
    python_stop();
    if (!options->sizes)
        measure_processes(report, device, options->quick ? 5 : ROUNDS);
    return report_finish(report) && right;
}

int main(int argc, char **argv)
{
    struct options options = {.python = getenv("CLWISE_BENCH_PYTHON")};
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
    const bool right = bench(context, &device, &options);
    clw_context_release(context);
    return right ? 0 : 1;
}
