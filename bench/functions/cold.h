/* The time of the first build of each op. */
#ifndef CLWISE_BENCH_FUNCTIONS_COLD_H
#define CLWISE_BENCH_FUNCTIONS_COLD_H

#include "bench/functions/options.h"

/* Prints a table of every op, or of those of the options; false where one cannot be built. */
bool bench_cold(const struct options *options);

#endif
