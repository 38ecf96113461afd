/* What clwise-expressions found: a table on the terminal, bars, a JSON file. */
#ifndef CLWISE_BENCH_EXPRESSIONS_REPORT_H
#define CLWISE_BENCH_EXPRESSIONS_REPORT_H

#include "bench/expressions/expressions.h"
#include "bench/timing.h"

enum { LIBRARIES = PEER_COUNT - NUMPY };

struct row {
    const struct expression *expression;
    size_t elements;
    struct figure figures[PEER_COUNT];
    bool wrong; /* a peer's run failed, or its result is another */
};

/* libraries: what those of Python are, or why they are absent. */
struct run_facts {
    clw_device_info device;
    size_t rounds;
    char libraries[LIBRARIES][REASON_BYTES];
};

void print_header(const struct run_facts *facts);
void print_row(const struct row *row);
void print_bars(const struct row *rows, size_t count);
/* Says what is wrong where it returns false. */
bool write_json(const char *path, const struct run_facts *facts, const struct row *rows,
                size_t count);

#endif
