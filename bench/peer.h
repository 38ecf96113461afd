/* A way to do a work, and what clwise-bench and clwise-layouts do with one. */
#ifndef CLWISE_BENCH_PEER_H
#define CLWISE_BENCH_PEER_H

#include "bench/report.h"
#include "bench/timing.h"

#include <stdbool.h>
#include <stddef.h>

enum { ROUNDS = 15, MOST_PEERS = 16 };

struct operands;

/* open returns NULL where the peer cannot do the work, or has no part in its bars; run ends when
 * the result is there. A peer with results that can be compared has `read`, which copies the result
 * to `y`. One that times itself has `sample`: the seconds of a run, from as many as fill `seconds`.
 */
struct peer {
    const char *name;
    void *(*open)(const struct operands *operands);
    bool (*run)(void *state);
    bool (*read)(void *state, void *y);
    void (*close)(void *state);
    double (*sample)(void *state, double seconds);
};

/* What all peers of a work compute. */
struct expected_result {
    clw_context *context;
    clw_array *output; /* over the memory of those peers that write to clwise's */
    const void *bits;
    size_t bytes;
};

/* The result of one run over an output that held other values. */
bool peer_verify(const struct peer *peer, void *state, const struct expected_result *expected);
/* ROUNDS in turns, each beginning with another peer; states[i] NULL: peer i is absent. Closes them.
 */
void peers_time(const struct report *report, const char *work, const struct peer *const *peers,
                void *const *states, size_t count, double seconds, struct figure *figures);

#endif
