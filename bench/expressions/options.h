/* The command line of clwise-expressions. */
#ifndef CLWISE_BENCH_EXPRESSIONS_OPTIONS_H
#define CLWISE_BENCH_EXPRESSIONS_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>

enum { MAX_ROUNDS = 101 };

struct options {
    const char *device, *python, *json; /* NULL: not given */
    size_t rounds;
    bool quick;
    char *const *names; /* parts of names, to NULL; none: all */
};

/* false, and a sentence on stderr, where the line is wrong. */
bool parse_options(int argc, char **argv, struct options *options);
bool is_chosen(const struct options *options, const char *name);

#endif
