/* Which figures of clwise-bench stand beside which, and how near they must be. */
#ifndef CLWISE_BENCH_BARS_H
#define CLWISE_BENCH_BARS_H

#include "bench/bench.h"
#include "bench/report.h"

/* The bars of one work, from the figures of its peers. */
void report_bars(struct report *report, const struct work *work,
                 const struct figure figures[PEER_COUNT]);

/* The greatest step of works that grow fourfold: the time of one over that of the one before it,
 * over four, or over the same of C where that is more (its operands leave a cache there). */
struct growth {
    double clwise, c; /* seconds of the work before; 0: none */
    double step;
    char at[32]; /* the work with that step */
};

void growth_add(struct growth *growth, const struct work *work,
                const struct figure figures[PEER_COUNT]);
void growth_report(struct report *report, const struct growth *growth);

#endif
