/* What the measurements of a child process share. Each fills *value, or *error and returns false.
 */
#ifndef CLWISE_BENCH_CHILD_H
#define CLWISE_BENCH_CHILD_H

#include "bench/bench.h"

struct place {
    double begin;       /* when the process began */
    const char *device; /* "P:D" */
    const char *folder; /* the disk cache, and the binary of raw OpenCL */
};

const struct work *child_work(void); /* f32 multiply 4096 */
bool child_store_opencl(const struct place *place, double *value, clw_error *error);
bool child_first_opencl(const struct place *place, double *value, clw_error *error);
bool child_cold_opencl(const struct place *place, double *value, clw_error *error);
void child_without_cache(void); /* of the drivers' own */

#endif
