/* What clwise-bench found, as a table on the terminal and as a JSON file. */
#ifndef CLWISE_BENCH_REPORT_H
#define CLWISE_BENCH_REPORT_H

#include "bench/bench.h"

struct report;

/* What clwise must stay under; a value of NaN: could not be measured. */
struct bar {
    const char *name;
    double value, limit;
    const char *unit;
};

/* The names of the peers are borrowed. path NULL: no file. */
struct report *report_create(const clw_device_info *device, size_t peers, const char *const *names,
                             const char *path);
void report_progress(size_t step, size_t steps); /* on a terminal only */
/* Seconds of each peer; NaN: it is absent or cannot do the work. */
void report_work(struct report *report, const struct work *work, const double *seconds);
void report_bar(struct report *report, const struct bar *bar);
bool report_finish(struct report *report); /* false if the file cannot be written */

#endif
