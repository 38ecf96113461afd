/* Kernels built by several processes at once: drivers build one at a time in each. */
#ifndef CLWISE_TOOLS_WARM_WORKERS_H
#define CLWISE_TOOLS_WARM_WORKERS_H

#include "tools/settings.h"
#include "tools/warm_lines.h"

struct warmed {
    int compiled, found, failed;
};

/* Builds what the lines ask for in `jobs` processes. Failures are told on stderr, a sentence each,
 * also that of a driver that ends a process; the others go on. To be called before this process has
 * a device. FAILED if processes cannot be made. */
int warm_all(const struct settings *settings, const struct lines *lines, int jobs,
             struct warmed *warmed, clw_error *error);

#endif
