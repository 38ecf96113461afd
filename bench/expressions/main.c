/* clwise-expressions: each expression by every peer that can do it, timed in turns. */
#include "bench/expressions/expressions.h"
#include "bench/expressions/options.h"
#include "bench/expressions/report.h"
#include "bench/timing.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

const struct peer *const peers[PEER_COUNT] = {
    [CLWISE] = &peer_clwise, [ONE_BY_ONE] = &peer_one_by_one,
    [OPENCL] = &peer_opencl, [PLAIN_C] = &peer_c,
    [NUMPY] = &peer_numpy,   [NUMEXPR] = &peer_numexpr,
    [TORCH] = &peer_torch,   [JAX] = &peer_jax,
};

/* Whether it is the same expression: a wrong one is slow or fast for nothing. */
static bool agrees(const struct peer *peer, void *state, const double expected[16], size_t elements)
{
    for (size_t i = 0; i < 16; ++i) {
        const double value = peer->value(state, i * elements / 16);
        if (!(fabs(value - expected[i]) <= 1e-4 * (1 + fabs(expected[i]))))
            return false;
    }
    return true;
}

/* The first run is not timed. NULL: the peer is absent. Sets *wrong if it fails. */
static void *open_peer(const struct peer *peer, const struct job *job, double expected[16],
                       bool *wrong)
{
    char reason[REASON_BYTES] = "";
    void *state = peer->open(job, reason);
    const bool runs = state && isfinite(peer->run(state));
    for (size_t i = 0; runs && peer == peers[CLWISE] && i < 16; ++i)
        expected[i] = peer->value(state, i * job->elements / 16);
    if (runs && agrees(peer, state, expected, job->elements))
        return state;
    if (state) {
        snprintf(reason, sizeof reason, runs ? "the result is another" : "the run failed");
        peer->close(state);
    }
    *wrong = *wrong || state || peer == peers[CLWISE];
    fprintf(stderr, "clwise-expressions: %s: %s: %s\n", job->expression->name, peer->name, reason);
    return NULL;
}

/* The faster of two runs: the first finds its data where the peer before left the cache. */
static double sample(const struct peer *peer, void *state)
{
    const double first = peer->run(state);
    return fmin(first, peer->run(state));
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
        row->figures[i] = figure_of(samples[i], rounds);
}

static bool bench_expression(clw_context *context, const struct options *options, struct row *row)
{
    void *states[PEER_COUNT];
    double expected[16];
    clw_error error;
    struct job job = {.expression = row->expression,
                      .context = context,
                      .elements = options->quick ? 65536 : row->expression->elements};
    row->elements = job.elements;
    if (!job_init(&job, &error)) {
        fprintf(stderr, "clwise-expressions: %s: %s\n", row->expression->name, error.message);
        return false;
    }
    for (size_t i = 0; i < PEER_COUNT; ++i)
        states[i] = open_peer(peers[i], &job, expected, &row->wrong);
    time_peers(states, options->rounds, row);
    for (size_t i = 0; i < PEER_COUNT; ++i)
        if (states[i])
            peers[i]->close(states[i]);
    job_finish(&job);
    print_row(row);
    return !row->wrong;
}

static bool bench(clw_context *context, const struct options *options)
{
    struct run_facts facts = {.device = {.struct_size = sizeof facts.device},
                              .rounds = options->rounds};
    struct row *rows = calloc(expression_count, sizeof *rows);
    size_t count = 0;
    bool right = true;
    if (!rows || clw_context_device(context, &facts.device, NULL) != CLW_OK) {
        free(rows);
        return false;
    }
    python_start(options->python, PYTHON_EXPRESSIONS, facts.device.compute_units, facts.libraries,
                 LIBRARIES);
    print_header(&facts);
    for (size_t i = 0; i < expression_count; ++i)
        if (is_chosen(options, expressions[i].name)) {
            rows[count].expression = &expressions[i];
            right = bench_expression(context, options, &rows[count++]) && right;
        }
    print_bars(rows, count);
    right = (!options->json || write_json(options->json, &facts, rows, count)) && right;
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
    clw_config_init(&config);
    config.device = options.device;
    if (clw_context_create(&config, &context, &error)) {
        fprintf(stderr, "clwise-expressions: %s\n", error.message);
        return 1;
    }
    const bool right = bench(context, &options);
    clw_context_release(context);
    return right ? 0 : 1;
}
