/* Bars that need a process of their own: what a call allocates, how much memory it takes at most,
 * how long the first one takes. */
#ifndef CLWISE_BENCH_PROCESS_H
#define CLWISE_BENCH_PROCESS_H

#include "bench/report.h"

#include <stddef.h>

enum { PROCESS_ROWS = 2 }; /* rows that it reports: the first call, cold and warm */

void measure_processes(struct report *report, const clw_device_info *device, size_t rounds);

/* What the child prints: one number. argv: the measurement, "P:D", a folder. */
int child_main(int argc, char **argv);

#endif
