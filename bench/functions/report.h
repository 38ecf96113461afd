/* What clwise-functions found: a table on the terminal, a JSON file, and a table for documents. */
#ifndef CLWISE_BENCH_FUNCTIONS_REPORT_H
#define CLWISE_BENCH_FUNCTIONS_REPORT_H

#include "bench/functions/functions.h"

#include <jansson.h>

struct row {
    const struct function *function;
    const char *op; /* the name of what was timed as clwise's */
    clw_dtype dtype;
    struct figure seconds[PEER_COUNT]; /* of a whole run */
    size_t elements;
};

double row_nanoseconds(const struct row *row, enum peer_index peer); /* of an element, median */
/* Time of a peer over clwise's; NAN where one is absent. */
double row_ratio(const struct row *row, enum peer_index peer, bool least);

/* reasons[i]: why a peer is absent, or what it is ("2.4.1"). */
void print_header(const clw_device_info *device, size_t elements,
                  const char *const reasons[PEER_COUNT]);
void print_row(const struct row *row);
bool write_json(const char *path, const clw_device_info *device, const struct row *rows,
                size_t count);

#endif
