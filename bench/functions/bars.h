/* What clwise's functions must reach beside their peers. */
#ifndef CLWISE_BENCH_FUNCTIONS_BARS_H
#define CLWISE_BENCH_FUNCTIONS_BARS_H

#include "bench/functions/report.h"

#include <stdio.h>

/* Prints how many rows reach each bar, and each that misses it with its ratio. */
void print_bars(FILE *file, const clw_device_info *device, const struct row *rows, size_t count);

#endif
