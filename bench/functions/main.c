/* clwise-functions: each function by every peer that has it, timed in turns. */
#include "bench/functions/bars.h"
#include "bench/functions/cold.h"
#include "bench/functions/options.h"
#include "bench/timing.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const struct peer *const peers[PEER_COUNT] = {
    [CLWISE] = &peer_clwise,  [COPY] = &peer_copy,   [BUILTIN] = &peer_builtin,
    [BY_HAND] = &peer_opencl, [NUMPY] = &peer_numpy, [TORCH] = &peer_torch,
    [MEMCPY] = &peer_memcpy,
};

/* Seconds of the fastest of the runs that fill a moment: other programs can only slow one down. A
 * short run that does not count goes before: it finds its data where the peer before left the
 * cache. */
static double sample(const struct peer *peer, void *state)
{
    const double moment = 0.008, first = peer->run(state);
    double total = 0, least = INFINITY;
    if (!(first < 2 * moment))
        return first;
    while (total < moment) {
        const double seconds = peer->run(state);
        if (!isfinite(seconds))
            return NAN;
        total += seconds;
        least = fmin(least, seconds);
    }
    return least;
}

static void time_peers(void *const states[PEER_COUNT], size_t rounds, struct row *row)
{
    double samples[PEER_COUNT][MAX_ROUNDS];
    for (size_t round = 0; round < rounds; ++round)
        for (size_t turn = 0; turn < PEER_COUNT; ++turn) {
            const size_t i = (turn + round) % PEER_COUNT;
            samples[i][round] = states[i] ? sample(peers[i], states[i]) : NAN;
        }
    for (size_t i = 0; i < PEER_COUNT; ++i)
        row->seconds[i] = figure_of(samples[i], rounds);
}

/* Whether the peer's results are the same function's: a wrong one is slow or fast for nothing. */
static bool agrees(const struct peer *peer, void *state, void *clwise, size_t elements)
{
    for (size_t i = 0; i < 16; ++i) {
        const size_t index = i * elements / 16;
        const double expected = peers[CLWISE]->value(clwise, index);
        const double value = peer->value(state, index);
        if (!(fabs(value - expected) <= 1e-3 * (1 + fabs(expected))) && value != expected &&
            !(isnan(value) && isnan(expected)))
            return false;
    }
    return true;
}

/* The first run of a peer is not timed. NULL: the peer is absent. Sets *wrong if it fails. */
static void *open_peer(const struct peer *peer, const struct job *job, void *clwise, bool *wrong)
{
    char reason[REASON_BYTES] = "";
    void *state = peer->open(job, reason);
    if (state && !isfinite(peer->run(state)))
        snprintf(reason, sizeof reason, "the run failed");
    else if (state && clwise && peer->value && !agrees(peer, state, clwise, job->elements))
        snprintf(reason, sizeof reason, "the result is another");
    else if (state || peer != peers[CLWISE] || !job->op)
        return state;
    fprintf(stderr, "clwise-functions: %s %s: %s: %s\n", job->function->name,
            clw_dtype_name(job->dtype), peer->name, reason);
    if (state) {
        *wrong = true;
        peer->close(state);
    }
    return NULL;
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
    for (size_t i = 0; i < PEER_COUNT; ++i)
        states[i] = open_peer(peers[i], &job, i == CLWISE ? NULL : states[CLWISE], &row->wrong);
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

static bool bench(clw_context *context, const struct options *options)
{
    struct run_facts facts = {.device = {.struct_size = sizeof facts.device},
                              .elements = options->elements,
                              .rounds = options->rounds};
    const char *const json = options->text[JSON], *const markdown = options->text[MARKDOWN];
    struct row *rows = calloc(function_count * CLW_DTYPE_COUNT, sizeof *rows);
    if (!rows || clw_context_device(context, &facts.device, NULL) != CLW_OK) {
        free(rows);
        return false;
    }
    python_start(options->text[PYTHON], PYTHON_PEERS, facts.device.compute_units, facts.libraries,
                 2);
    print_header(&facts);
    const size_t count = bench_functions(context, options, rows);
    printf("\n");
    print_bars(stdout, &facts.device, rows, count);
    bool right = true;
    for (size_t i = 0; i < count; ++i)
        right = right && !rows[i].wrong;
    right = (!json || write_json(json, &facts, rows, count)) && right;
    right = (!markdown || write_markdown(markdown, &facts, rows, count)) && right;
    python_stop();
    free(rows);
    return right;
}

int main(int argc, char **argv)
{
    struct options options;
    clw_config config;
    clw_context *context = NULL;
    clw_error error;
    if (!parse_options(argc, argv, &options))
        return 2;
    if (options.cold)
        return bench_cold(&options) ? 0 : 1;
    clw_config_init(&config);
    config.device = options.text[DEVICE];
    if (clw_context_create(&config, &context, &error) ||
        (options.text[OPS] && clw_ops_load(context, options.text[OPS], &error))) {
        fprintf(stderr, "clwise-functions: %s\n", error.message);
        clw_context_release(context);
        return 1;
    }
    const bool right = bench(context, &options);
    clw_context_release(context);
    return right ? 0 : 1;
}
