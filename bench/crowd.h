/* Threads of the host that call at once. */
#ifndef CLWISE_BENCH_CROWD_H
#define CLWISE_BENCH_CROWD_H

#include "bench/bench.h"
#include "bench/report.h"

enum { CROWD_SIZES = 3 }; /* rows that it reports: 1, 2 and 4 threads */

void measure_crowd(struct report *report, clw_context *context, double seconds);

#endif
