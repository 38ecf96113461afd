/* Time, and what is made of it. */
#ifndef CLWISE_BENCH_TIMING_H
#define CLWISE_BENCH_TIMING_H

#include <stdbool.h>
#include <stddef.h>

/* Samples of one thing. All NAN where one of them is not finite. */
struct figure {
    double median, lower, upper; /* quartiles */
    double least, greatest;
    size_t rounds;
};

double now(void);                                      /* seconds */
double median(double *values, size_t count);           /* sorts them; NAN if one is not finite */
struct figure figure_of(double *values, size_t count); /* sorts them */

/* Seconds of one run, from as many as fill `seconds`; NAN if one fails. One that does not count
 * goes before: it finds its data where the peer before left the cache. */
double sample_runs(bool (*run)(void *state), void *state, double seconds);

/* OpenMP threads that spin for their next work would take the cores of the peers that are measured
 * after them. The runtime reads a variable before main, so the program starts anew. */
void quiet_openmp(char **argv);

#endif
