/* What every JSON file says: where and when figures were taken, and how they are spread. */
#ifndef CLWISE_BENCH_FACTS_H
#define CLWISE_BENCH_FACTS_H

#define CLWISE_NO_OPS
#include <clwise/clwise.h>

#include "bench/timing.h"

#include <jansson.h>

/* A library that stands beside clwise, and its version or why it is absent. */
struct library {
    const char *name, *version;
};

/* program, command line, date in UTC, machine, device, driver, versions. The caller's. */
json_t *facts_json(const char *program, const clw_device_info *device,
                   const struct library *libraries, size_t count);
json_t *figure_json(const struct figure *figure); /* null where nothing was measured */

#endif
