#include "runtime/device/crossover.h"

#include <stdlib.h>

#include "runtime/base/clock.h"

enum { ROUNDS = 15, BYTES = 64 };

/* Where it cannot be measured, and what is out of reason for waking a few threads. */
static const double usual_seconds = 50e-6, least_seconds = 5e-6, most_seconds = 1e-3;

/* Of a command that does next to nothing, and for which nothing is compiled; below 0 if it fails.
 */
static double fill_seconds(cl_command_queue queue, cl_mem memory)
{
    const cl_uchar zero = 0;
    const double start = clock_seconds();
    if (clEnqueueFillBuffer(queue, memory, &zero, sizeof zero, 0, BYTES, 0, NULL, NULL) ||
        clFinish(queue))
        return -1;
    return clock_seconds() - start;
}

static int compare(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double median(double *seconds)
{
    qsort(seconds, ROUNDS, sizeof *seconds, compare);
    return seconds[ROUNDS / 2];
}

/* What waking threads adds, where they slept meanwhile; below 0: it cannot be told. */
static double wake_seconds(cl_command_queue small, cl_command_queue large, cl_mem memory)
{
    double here[ROUNDS], woken[ROUNDS];
    for (int i = 0; i < ROUNDS; i++) {
        here[i] = fill_seconds(small, memory);
        woken[i] = fill_seconds(large, memory);
        if (here[i] < 0 || woken[i] < 0)
            return -1;
    }
    return median(woken) - median(here);
}

/* Of what another thread could do, what it does in the first tenths of a millisecond: schedulers
 * wake several threads on one processor, where they take turns, and arrays leave the caches of
 * the one that calls. Work of 250 us gains 1.4 by a second thread, 0.8 or anything between. */
static const double gain_of_thread = 0.2;

/* Work of t seconds takes wake + t / gain where threads are woken: the same as here if t is
 * wake * gain / (gain - 1). */
static double crossover(double wake, int units)
{
    if (units < 2)
        return most_seconds;
    const double gain = 1 + gain_of_thread * (units - 1);
    const double seconds = wake * gain / (gain - 1);
    return seconds < least_seconds  ? least_seconds
           : seconds > most_seconds ? most_seconds
                                    : seconds;
}

double crossover_measure(struct device *device)
{
    cl_int code;
    double seconds = usual_seconds;
    cl_mem memory = clCreateBuffer(device->context, CL_MEM_READ_WRITE, BYTES, NULL, &code);
    cl_command_queue small =
        clCreateCommandQueue(device->context, device->tiers[TIER_SMALL].id, 0, &code);
    if (memory && small) {
        const double wake = wake_seconds(small, device->queue, memory);
        if (wake >= 0)
            seconds = crossover(wake, device->tiers[TIER_LARGE].units);
    }
    if (small)
        clReleaseCommandQueue(small);
    if (memory)
        clReleaseMemObject(memory);
    return seconds;
}
