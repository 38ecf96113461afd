/* A command of the program: its options are a table, which the parser reads and --help prints. */
#ifndef CLWISE_TOOLS_COMMAND_H
#define CLWISE_TOOLS_COMMAND_H

#include <stddef.h>

#include "tools/settings.h"

struct option_row {
    char letter; /* 0: has none */
    const char *name;
    const char *value; /* what it takes, in capitals; NULL: nothing */
    const char *help;
    setter *set;   /* NULL: `offset` tells */
    size_t offset; /* in settings: of an int that becomes 1, or of the string */
};

#define FLAG(letter, name, field, help)                                                            \
    {                                                                                              \
        letter, name, NULL, help, NULL, offsetof(struct settings, field)                           \
    }
#define TEXT(letter, name, value, field, help)                                                     \
    {                                                                                              \
        letter, name, value, help, NULL, offsetof(struct settings, field)                          \
    }
#define READ(letter, name, value, function, help)                                                  \
    {                                                                                              \
        letter, name, value, help, function, 0                                                     \
    }
#define HELP_ROW FLAG('h', "help", help, "show this help")
#define JSON_ROW FLAG(0, "json", json, "print JSON")
#define DEVICE_ROW TEXT('d', "device", "D", config.device, "gpu, cpu, P:D, none, or part of a name")
#define CACHE_ROW TEXT(0, "cache-dir", "DIR", config.cache_dir, "keep kernels there; '': nowhere")
#define LOAD_ROW READ(0, "ops", "PATH", set_load, "load an op file, or a folder of them")
#define OUTPUT_ROW                                                                                 \
    READ('o', "output", "OUT", set_output, "write an output, once for each, in order")
#define DTYPE_ROW READ(0, "dtype", "T", set_dtype, "compute in the loop whose output is T")
#define CASTING_ROW                                                                                \
    READ(0, "casting", "C", set_casting, "no, equiv, safe, same_kind (default) or unsafe")
#define PARAM_ROW(help) READ(0, "param", "K=V", set_param, help)
#define EXPRESSION_ROW FLAG('e', "expression", expression, "OP is an expression, such as 'a*b + 1'")
#define PROMOTION_ROW READ(0, "promotion", "P", set_promotion, "numpy (default) or torch")
#define FP64_ROW                                                                                   \
    READ(0, "fp64", "F", set_fp64, "without f64: strict (default) fails, demote uses f32")
#define VERBOSE_ROW FLAG('v', "verbose", verbose, "tell key, cache hits and misses, and times")
#define LAST_ROW                                                                                   \
    {                                                                                              \
        0, NULL, NULL, NULL, NULL, 0                                                               \
    }

struct command {
    const char *name;
    const char *operands;
    const char *summary;
    const char *details;              /* paragraphs for --help */
    const struct option_row *options; /* ends with LAST_ROW */
    int least, most;                  /* operands */
    int (*run)(struct settings *settings, clw_error *error);
};

extern const struct command command_devices, command_ops, command_run, command_eval,
    command_explain, command_cache, command_selftest, command_tune, command_warm;

/* Reads the arguments after the command's name. settings->operands is allocated. */
int command_parse(const struct command *command, int argc, char **argv, struct settings *settings,
                  clw_error *error);
void command_help(const struct command *command);

#endif
