/* clwise-functions: each function by every peer that has it, timed in turns. */
#include "bench/functions/options.h"
#include "bench/functions/report.h"
#include "bench/timing.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_ROUNDS = 101 };

const struct peer *const peers[PEER_COUNT] = {
    [CLWISE] = &peer_clwise, [COPY] = &peer_copy,   [BUILTIN] = &peer_builtin,
    [NUMPY] = &peer_numpy,   [TORCH] = &peer_torch, [MEMCPY] = &peer_memcpy,
};

/* Seconds of one run, the mean of as many as fill a moment. A run of a few milliseconds that does
 * not count goes before: it finds its data where the peer before left the cache. */
static double sample(const struct peer *peer, void *state)
{
    double total = 0;
    size_t runs = 0;
    const double first = peer->run(state);
    if (first > 0.02)
        return first;
    do {
        total += peer->run(state);
        ++runs;
    } while (total < 0.001);
    return total / (double)runs;
}

static void time_peers(void *const states[PEER_COUNT], size_t rounds, struct row *row)
{
    double samples[PEER_COUNT][MAX_ROUNDS];
    for (size_t round = 0; round < rounds; ++round)
        for (size_t turn = 0; turn < PEER_COUNT; ++turn) {
            const size_t i = (turn + round) % PEER_COUNT;
            samples[i][round] = states[i] ? sample(peers[i], states[i]) : NAN;
        }
    for (size_t i = 0; i < PEER_COUNT; ++i) {
        row->seconds[i].median = median(samples[i], rounds);
        /* The median has sorted them. */
        row->seconds[i].least = isfinite(row->seconds[i].median) ? samples[i][0] : NAN;
    }
}

/* NULL states are absent peers. The first run of each is not timed. */
static void open_peers(const struct job *job, const char *op, void *states[PEER_COUNT])
{
    for (size_t i = 0; i < PEER_COUNT; ++i) {
        char reason[REASON_BYTES] = "";
        states[i] = peers[i]->open(job, reason);
        if (states[i] && !isfinite(peers[i]->run(states[i]))) {
            snprintf(reason, sizeof reason, "the run failed");
            peers[i]->close(states[i]);
            states[i] = NULL;
        }
        if (!states[i] && i == CLWISE && job->op)
            fprintf(stderr, "clwise-functions: %s %s: %s\n", op, clw_dtype_name(job->dtype),
                    reason);
    }
}

static bool bench_function(clw_context *context, const struct options *options, struct row *row)
{
    void *states[PEER_COUNT];
    clw_error error;
    struct job job = {
        .function = row->function,
        .context = context,
        .op = clw_op_find(context, row->op),
        .dtype = row->dtype,
        .elements = row->elements,
    };
    if (!job_init(&job, &error)) {
        fprintf(stderr, "clwise-functions: %s %s: %s\n", row->op, clw_dtype_name(row->dtype),
                error.message);
        return false;
    }
    open_peers(&job, row->op, states);
    time_peers(states, options->rounds, row);
    for (size_t i = 0; i < PEER_COUNT; ++i)
        if (states[i])
            peers[i]->close(states[i]);
    job_finish(&job);
    print_row(row);
    return true;
}

/* rows has room for each function in each dtype. */
static size_t bench_functions(clw_context *context, const struct options *options, struct row *rows)
{
    static const clw_dtype dtypes[] = {CLW_F32, CLW_F64, CLW_C64, CLW_C128};
    size_t count = 0;
    for (size_t i = 0; i < function_count; ++i) {
        const char *op = chosen_op(options, &functions[i]);
        for (size_t d = 0; op && d < sizeof dtypes / sizeof *dtypes; ++d) {
            if (!options->dtypes[dtypes[d]] || !function_has(&functions[i], dtypes[d]))
                continue;
            rows[count] = (struct row){
                .function = &functions[i],
                .op = op,
                .dtype = dtypes[d],
                .elements = options->elements,
            };
            if (bench_function(context, options, &rows[count]))
                ++count;
        }
    }
    return count;
}

int main(int argc, char **argv)
{
    struct options options;
    clw_config config;
    clw_context *context = NULL;
    clw_device_info device = {.struct_size = sizeof device};
    clw_error error;
    const char *reasons[PEER_COUNT] = {NULL};
    if (!parse_options(argc, argv, &options))
        return 2;
    if (options.rounds > MAX_ROUNDS)
        options.rounds = MAX_ROUNDS;
    clw_config_init(&config);
    config.device = options.device;
    if (clw_context_create(&config, &context, &error) ||
        clw_context_device(context, &device, &error) ||
        (options.ops && clw_ops_load(context, options.ops, &error))) {
        fprintf(stderr, "clwise-functions: %s\n", error.message);
        clw_context_release(context);
        return 1;
    }
    struct row *rows = calloc(function_count * CLW_DTYPE_COUNT, sizeof *rows);
    bool right = rows != NULL;
    if (right) {
        print_header(&device, options.elements, reasons);
        const size_t count = bench_functions(context, &options, rows);
        right = !options.json || write_json(options.json, &device, rows, count);
    }
    clw_context_release(context);
    free(rows);
    return right ? 0 : 1;
}
