/* What clwise-bench and clwise-layouts found, as tables on the terminal and as a JSON file. */
#ifndef CLWISE_BENCH_REPORT_H
#define CLWISE_BENCH_REPORT_H

#include "bench/facts.h"

#include <stdbool.h>
#include <stddef.h>

struct report;

/* What clwise must stay under; a value of NaN: could not be measured. */
struct bar {
    const char *name;
    double value, limit;
    const char *unit;
};

/* What was timed, once by each peer. */
struct report_row {
    const char *name;
    size_t elements;
    double bytes; /* read and written, each once */
};

struct report_start {
    const char *program;
    const clw_device_info *device;
    const char *const *peers; /* names, borrowed */
    size_t peer_count;
    const struct library *libraries;
    size_t library_count;
    size_t works;     /* to come */
    const char *path; /* of the JSON file; NULL: none */
};

struct report *report_create(const struct report_start *start);
/* Draws a bar on a terminal; else nothing. */
void report_progress(const struct report *report, const char *work, size_t round, size_t rounds);
/* Figures of each peer, in seconds; NaN: it is absent or cannot do the work. */
void report_work(struct report *report, const struct report_row *row, const struct figure *figures);
void report_bar(struct report *report, const struct bar *bar);
bool report_finish(struct report *report); /* false if the file cannot be written */

#endif
