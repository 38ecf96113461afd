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

static double median_seconds(cl_command_queue queue, cl_mem memory)
{
    double seconds[ROUNDS];
    for (int i = 0; i < ROUNDS; i++)
        seconds[i] = fill_seconds(queue, memory);
    qsort(seconds, ROUNDS, sizeof *seconds, compare);
    return seconds[0] < 0 ? -1 : seconds[ROUNDS / 2];
}

/* Of what another thread could do, what it does in the first tenths of a millisecond: schedulers
 * wake several threads on one processor, and they share the last cache. Products of f32 gain 1.2
 * to 1.5 by a second one. */
static const double gain_of_thread = 0.35;

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
        const double here = median_seconds(small, memory);
        const double woken = median_seconds(device->queue, memory);
        if (here >= 0 && woken >= here)
            seconds = crossover(woken - here, device->tiers[TIER_LARGE].units);
    }
    if (small)
        clReleaseCommandQueue(small);
    if (memory)
        clReleaseMemObject(memory);
    return seconds;
}
