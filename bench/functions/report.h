/* What clwise-functions found: a table on the terminal, a JSON file, and a table for documents. */
#ifndef CLWISE_BENCH_FUNCTIONS_REPORT_H
#define CLWISE_BENCH_FUNCTIONS_REPORT_H

#include "bench/functions/functions.h"
#include "bench/timing.h"

struct row {
    const struct function *function;
    const char *op; /* the name of what was timed as clwise's */
    clw_dtype dtype;
    struct figure seconds[PEER_COUNT]; /* of a whole run */
    size_t elements;
    bool wrong; /* a peer's run failed, or its result is another */
};

double row_nanoseconds(const struct row *row, enum peer_index peer); /* of an element, median */
/* Time of a peer over clwise's; NAN where one is absent. */
double row_ratio(const struct row *row, enum peer_index peer, bool least);

/* libraries: what NumPy and PyTorch are, or why they are absent. */
struct run_facts {
    clw_device_info device;
    size_t elements, rounds;
    char libraries[2][REASON_BYTES];
};

void print_header(const struct run_facts *facts);
void print_row(const struct row *row);
/* Both say what is wrong where they return false. */
bool write_json(const char *path, const struct run_facts *facts, const struct row *rows,
                size_t count);
bool write_markdown(const char *path, const struct run_facts *facts, const struct row *rows,
                    size_t count);

#endif
