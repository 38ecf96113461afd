/* Time, and what is made of it. */
#ifndef CLWISE_BENCH_TIMING_H
#define CLWISE_BENCH_TIMING_H

#include <stddef.h>

double now(void);                            /* seconds */
double median(double *values, size_t count); /* sorts them; NAN if one is not finite */

#endif
