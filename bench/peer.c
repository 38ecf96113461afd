#include "bench/peer.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

bool peer_verify(const struct peer *peer, void *state, const struct expected_result *expected)
{
    unsigned char *result = malloc(expected->bytes);
    bool right = false;
    if (result) {
        memset(result, 0x5a, expected->bytes);
        right = clw_array_write(expected->output, result, expected->bytes, NULL) == CLW_OK &&
                clw_finish(expected->context, NULL) == CLW_OK && peer->run(state) &&
                peer->read(state, result) && memcmp(result, expected->bits, expected->bytes) == 0;
    }
    free(result);
    return right;
}

static double sample(const struct peer *peer, void *state, double seconds)
{
    return peer->sample ? peer->sample(state, seconds) : sample_runs(peer->run, state, seconds);
}

void peers_time(const struct report *report, const char *work, const struct peer *const *peers,
                void *const *states, size_t count, double seconds, struct figure *figures)
{
    double samples[MOST_PEERS][ROUNDS];
    for (size_t round = 0; round < ROUNDS; ++round) {
        report_progress(report, work, round, ROUNDS);
        for (size_t turn = 0; turn < count; ++turn) {
            const size_t i = (turn + round) % count;
            samples[i][round] = states[i] ? sample(peers[i], states[i], seconds) : NAN;
        }
    }
    report_progress(report, work, ROUNDS, ROUNDS);
    for (size_t i = 0; i < count; ++i) {
        figures[i] = figure_of(samples[i], ROUNDS);
        if (states[i])
            peers[i]->close(states[i]);
    }
}
