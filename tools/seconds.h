/* Time that passes, for reports. */
#ifndef CLWISE_TOOLS_SECONDS_H
#define CLWISE_TOOLS_SECONDS_H

#include <time.h>

static inline double seconds_now(void)
{
    struct timespec now = {0};
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

#endif
