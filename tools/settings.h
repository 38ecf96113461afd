/* What the options of a command line say, and the functions that read what is more than a word. */
#ifndef CLWISE_TOOLS_SETTINGS_H
#define CLWISE_TOOLS_SETTINGS_H

#include <clwise/clwise.h>

#include "tools/output.h"

enum { MAX_PARAMS = 16, MAX_PARAM_NAME = 64, MAX_LOADS = 16, LEAST_MEMORY = 64 << 10 };

struct settings {
    clw_config config;
    clw_call_options call;
    clw_param params[MAX_PARAMS];
    char param_names[MAX_PARAMS][MAX_PARAM_NAME];
    const char *param_words[MAX_PARAMS]; /* as given: K=V */
    const char *outputs[MAX_OUTPUTS];
    int output_count;
    const char *loads[MAX_LOADS]; /* op files and folders */
    int load_count;
    const char *where;
    const char *op_names, *dtype_names, *pattern_names, *from; /* of warm */
    int jobs;                                                  /* 0: as many as cores */
    uint64_t memory; /* bytes that arrays may take; 0: any */
    int named;       /* operands after the first are NAME=VALUE */
    int expression, json, verbose, only_bad, help;
    const char **operands;
    int operand_count;
};

void settings_init(struct settings *settings);

/* Each takes the value of one option and returns an exit status. */
typedef int setter(struct settings *settings, const char *value, clw_error *error);
setter set_casting, set_dtype, set_fp64, set_jobs, set_load, set_memory, set_output, set_param,
    set_promotion;

#endif
