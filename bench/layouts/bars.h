/* Which figures of clwise-layouts stand beside which, and how near they must be. */
#ifndef CLWISE_BENCH_LAYOUTS_BARS_H
#define CLWISE_BENCH_LAYOUTS_BARS_H

#include "bench/layouts/layouts.h"
#include "bench/report.h"

void report_bars(struct report *report, const struct operands *operands,
                 const struct figure figures[PEER_COUNT]);

#endif
