#include "bench/timing.h"

#include <math.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

static int compare(const void *left, const void *right)
{
    const double a = *(const double *)left, b = *(const double *)right;
    return (a > b) - (a < b);
}

/* Between the two that are next to it where the place is no whole number. */
static double at(const double *sorted, double place)
{
    const size_t below = (size_t)place;
    const double part = place - (double)below;
    return part > 0 ? sorted[below] * (1 - part) + sorted[below + 1] * part : sorted[below];
}

struct figure figure_of(double *values, size_t count)
{
    const double last = (double)count - 1;
    for (size_t i = 0; i < count; ++i)
        if (!isfinite(values[i]))
            return (struct figure){NAN, NAN, NAN, NAN, NAN, count};
    qsort(values, count, sizeof *values, compare);
    return (struct figure){at(values, last / 2),     at(values, last / 4),
                           at(values, last * 3 / 4), values[0],
                           values[count - 1],        count};
}

double median(double *values, size_t count)
{
    return figure_of(values, count).median;
}

double sample_runs(bool (*run)(void *state), void *state, double seconds)
{
    size_t runs = 0;
    if (!run(state))
        return NAN;
    const double begin = now();
    double end;
    do {
        if (!run(state))
            return NAN;
        ++runs;
        end = now();
    } while (end - begin < seconds);
    return (end - begin) / (double)runs;
}

void quiet_openmp(char **argv)
{
    if (!getenv("OMP_WAIT_POLICY") && setenv("OMP_WAIT_POLICY", "passive", 1) == 0)
        execv("/proc/self/exe", argv);
}
