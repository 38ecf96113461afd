/* The command line of accuracy. */
#ifndef CLWISE_TOOLS_ACCURACY_SETTINGS_H
#define CLWISE_TOOLS_ACCURACY_SETTINGS_H

#include "tools/accuracy/points.h"

enum { MAX_FILES = 16, MAX_GIVEN_PARAMS = 8 };

struct given_param {
    char name[32];
    double value;
};

struct settings {
    const char *device, *dtype, *oracle;
    const char *files[MAX_FILES]; /* of ops */
    int file_count;
    struct given_param params[MAX_GIVEN_PARAMS];
    int param_count;
    size_t points;
    uint64_t seed;
    struct interval range;
    int exhaustive, tap, digest;
    int share, shares; /* of all ops, where none is named: each `shares`-th from the `share`-th */
    const char *table, *tsv;
    char **ops;
    int op_count;
};

/* 0; or the exit status plus 1, with all said. */
int settings_parse(struct settings *settings, int argc, char **argv);

#endif
