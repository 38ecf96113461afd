/* clwise-layouts: each work by every peer that has a part in its bars, verified, then timed in
 * turns. */
#include "bench/layouts/bars.h"
#include "bench/python.h"

#include <getopt.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PYTHON_LIBRARIES = PEER_COUNT - NUMPY };
_Static_assert((int)PEER_COUNT <= (int)MOST_PEERS, "peers_time has room for so many");

const struct peer *const peers[PEER_COUNT] = {
    [CLWISE] = &peer_clwise,
    [CLWISE_GIVEN] = &peer_clwise_given,
    [CLWISE_WHOLE] = &peer_clwise_whole,
    [CLWISE_COPY] = &peer_clwise_copy,
    [C_COPY] = &peer_c_copy,
    [C_BLOCKED] = &peer_c_blocked,
    [C_OTHER_ORDER] = &peer_c_other_order,
    [NUMPY] = &peer_numpy,
    [TORCH] = &peer_torch,
    [JAX] = &peer_jax,
};

static const char usage[] =
    "usage: clwise-layouts [--quick] [--device NAME] [--python FILE] [--json FILE] [WORK ...]\n"
    "Verifies and times broadcast, transposed and strided operands, mixed dtypes, masks and new\n"
    "outputs. WORK: part of the name of a work; only such are timed.\n"
    "  --quick        fewer works\n"
    "  --python FILE  with NumPy, PyTorch and JAX; bench/python-peers.sh installs and prints one;\n"
    "                 default $CLWISE_BENCH_PYTHON; without, they are absent\n"
    "  --device NAME  as clwise takes it: gpu, cpu, P:D, or part of a name\n"
    "  --json FILE    also write every figure to FILE\n";

struct options {
    bool quick;
    const char *device, *json, *python;
    char **names;
    int name_count;
};

static bool verify(const struct peer *peer, void *state, const struct operands *operands)
{
    const struct expected_result expected = {
        operands->context, operands->array_y, operands->expected,
        work_elements(operands->work) * clw_dtype_size(operands->work->out)};
    return peer_verify(peer, state, &expected);
}

static bool open_peers(const struct operands *operands, void *states[PEER_COUNT])
{
    bool right = true;
    for (size_t i = 0; i < PEER_COUNT; ++i) {
        states[i] = peers[i]->open(operands);
        if (!states[i] && i != CLWISE)
            continue;
        if (states[i] && (!peers[i]->read || verify(peers[i], states[i], operands)))
            continue;
        fprintf(stderr, "clwise-layouts: %s: %s: %s\n", operands->work->name, peers[i]->name,
                states[i] ? "wrong result" : "cannot do the work");
        if (states[i])
            peers[i]->close(states[i]);
        states[i] = NULL;
        right = false;
    }
    return right;
}

static bool bench_work(struct report *report, clw_context *context, const struct work *work,
                       bool quick)
{
    struct operands operands;
    struct figure figures[PEER_COUNT];
    void *states[PEER_COUNT];
    clw_error error;
    if (!operands_init(&operands, work, context, &error)) {
        fprintf(stderr, "clwise-layouts: %s: %s\n", work->name, error.message);
        return false;
    }
    const bool right = open_peers(&operands, states);
    peers_time(report, work->name, peers, states, PEER_COUNT, quick ? 0.0005 : 0.005, figures);
    report_work(report,
                &(struct report_row){work->name, work_elements(work), operands_bytes(&operands)},
                figures);
    report_bars(report, &operands, figures);
    operands_finish(&operands);
    return right;
}

static bool is_chosen(const struct options *options, const struct work *work)
{
    for (int i = 0; i < options->name_count; ++i)
        if (strstr(work->name, options->names[i]))
            return true;
    return options->name_count == 0 && (!options->quick || work->quick);
}

/* Each name is to be part of that of a work. */
static bool names_known(const struct options *options)
{
    for (int i = 0; i < options->name_count; ++i) {
        bool known = false;
        for (size_t work = 0; work < work_count; ++work)
            known = known || strstr(works[work].name, options->names[i]);
        if (!known) {
            fprintf(stderr, "clwise-layouts: no work has \"%s\" in its name; the first is \"%s\"\n",
                    options->names[i], works[0].name);
            return false;
        }
    }
    return true;
}

static struct report *start_report(const struct options *options, const clw_device_info *device)
{
    static const char *names[PEER_COUNT];
    static char facts[PYTHON_LIBRARIES][REASON_BYTES];
    struct library libraries[PYTHON_LIBRARIES];
    size_t chosen = 0;
    python_start(options->python, PYTHON_LAYOUTS, device->compute_units, facts, PYTHON_LIBRARIES);
    for (size_t i = 0; i < PEER_COUNT; ++i)
        names[i] = peers[i]->name;
    for (size_t i = 0; i < PYTHON_LIBRARIES; ++i)
        libraries[i] = (struct library){names[NUMPY + i], facts[i]};
    for (size_t i = 0; i < work_count; ++i)
        chosen += is_chosen(options, &works[i]);
    return report_create(&(struct report_start){"clwise-layouts", device, names, PEER_COUNT,
                                                libraries, PYTHON_LIBRARIES, chosen,
                                                options->json});
}

static bool bench(clw_context *context, const clw_device_info *device,
                  const struct options *options)
{
    struct report *report = start_report(options, device);
    bool right = report != NULL;
    for (size_t i = 0; report && i < work_count; ++i)
        if (is_chosen(options, &works[i]))
            right = bench_work(report, context, &works[i], options->quick) && right;
    python_stop();
    return report && report_finish(report) && right;
}

static bool parse(int argc, char **argv, struct options *options)
{
    static const struct option known[] = {
        {"quick", no_argument, NULL, 'q'},        {"python", required_argument, NULL, 'p'},
        {"device", required_argument, NULL, 'd'}, {"json", required_argument, NULL, 'j'},
        {"help", no_argument, NULL, 'h'},         {0}};
    int option;
    while ((option = getopt_long(argc, argv, "h", known, NULL)) != -1) {
        if (option == 'q')
            options->quick = true;
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
    options->names = argv + optind;
    options->name_count = argc - optind;
    return true;
}

int main(int argc, char **argv)
{
    struct options options = {.python = getenv("CLWISE_BENCH_PYTHON")};
    clw_config config;
    clw_context *context = NULL;
    clw_device_info device = {.struct_size = sizeof device};
    clw_error error;
    if (!parse(argc, argv, &options)) {
        fputs(usage, stderr);
        return 2;
    }
    if (!names_known(&options))
        return 2;
    quiet_openmp(argv);
    clw_config_init(&config);
    config.device = options.device;
    if (clw_context_create(&config, &context, &error) ||
        clw_context_device(context, &device, &error)) {
        fprintf(stderr, "clwise-layouts: %s\n", error.message);
        clw_context_release(context);
        return 1;
    }
    const bool right = bench(context, &device, &options);
    clw_context_release(context);
    return right ? 0 : 1;
}
