/* The command line of clwise-functions. */
#ifndef CLWISE_BENCH_FUNCTIONS_OPTIONS_H
#define CLWISE_BENCH_FUNCTIONS_OPTIONS_H

#include "bench/functions/functions.h"

enum { MAX_ROUNDS = 101 };
enum text_option { DEVICE, JSON, MARKDOWN, OPS, PYTHON, TEXT_COUNT };

struct options {
    bool cold;
    const char *text[TEXT_COUNT]; /* NULL: not given */
    bool dtypes[CLW_DTYPE_COUNT];
    size_t elements, rounds;
    int only_count;
    char *const *only; /* "NAME" or "NAME=OP" */
};

bool parse_options(int argc, char **argv, struct options *options); /* says what is wrong */

/* The op to time as this function, or NULL if it is not to be timed. */
const char *chosen_op(const struct options *options, const struct function *function);

#endif
