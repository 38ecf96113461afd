#include "bench/functions/options.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char usage[] =
    "usage: clwise-functions [OPTION...] [--only] [NAME[=OP]...]\n"
    "Times functions in ns per element, and the same functions of other libraries in turns.\n"
    "  NAME           these functions only; with =OP another op takes the place of clwise's\n"
    "  --ops FILE     load more ops from an op file\n"
    "  --dtype LIST   of f32,f64,c64,c128; default: all\n"
    "  --elements N   default: 4194304\n"
    "  --rounds N     default: 7\n"
    "  --quick        4096 elements, 3 rounds\n"
    "  --device NAME  as clwise takes it: gpu, cpu, P:D, or part of a name\n"
    "  --python FILE  with NumPy and PyTorch; bench/python-peers.sh installs and prints one.\n"
    "                 Default: $CLWISE_BENCH_PYTHON\n"
    "  --json FILE    also write every figure to FILE\n"
    "  --markdown FILE  and the table, for a document\n"
    "  --cold         times the first build of every op instead\n";

enum { DTYPE = TEXT_COUNT, ELEMENTS, ROUNDS, QUICK, COLD, ONLY, HELP };

static const struct option known[] = {{"device", required_argument, NULL, DEVICE},
                                      {"json", required_argument, NULL, JSON},
                                      {"markdown", required_argument, NULL, MARKDOWN},
                                      {"ops", required_argument, NULL, OPS},
                                      {"python", required_argument, NULL, PYTHON},
                                      {"dtype", required_argument, NULL, DTYPE},
                                      {"elements", required_argument, NULL, ELEMENTS},
                                      {"rounds", required_argument, NULL, ROUNDS},
                                      {"quick", no_argument, NULL, QUICK},
                                      {"cold", no_argument, NULL, COLD},
                                      {"only", no_argument, NULL, ONLY},
                                      {"help", no_argument, NULL, HELP},
                                      {0}};

static bool parse_dtypes(const char *list, struct options *options)
{
    char *const words = strdup(list);
    bool right = words != NULL;
    memset(options->dtypes, 0, sizeof options->dtypes);
    for (char *word = right ? strtok(words, ",") : NULL; word; word = strtok(NULL, ",")) {
        const clw_dtype dtype = clw_dtype_from_name(word);
        if (dtype == CLW_F32 || dtype == CLW_F64 || dtype == CLW_C64 || dtype == CLW_C128)
            options->dtypes[dtype] = true;
        else
            right = false;
    }
    free(words);
    if (!right)
        fprintf(stderr, "clwise-functions: no dtypes to time: %s\n", list);
    return right;
}

static bool parse_count(const char *text, size_t most, size_t *count)
{
    char *end;
    const unsigned long value = strtoul(text, &end, 10);
    *count = value;
    if (*end == '\0' && value > 0 && value <= most)
        return true;
    fprintf(stderr, "clwise-functions: not a count of 1 to %zu: %s\n", most, text);
    return false;
}

static bool take(int option, struct options *options)
{
    switch (option) {
    case DTYPE:
        return parse_dtypes(optarg, options);
    case ELEMENTS:
        return parse_count(optarg, (size_t)1 << 28, &options->elements);
    case ROUNDS:
        return parse_count(optarg, MAX_ROUNDS, &options->rounds);
    case QUICK:
        options->elements = 4096;
        options->rounds = 3;
        return true;
    case COLD:
        options->cold = true;
        return true;
    case ONLY: /* the names that follow are arguments */
        return true;
    case HELP:
        exit(fputs(usage, stdout) == EOF);
    default:
        if (option >= 0 && option < TEXT_COUNT)
            options->text[option] = optarg;
        else
            fputs(usage, stderr);
        return option != '?';
    }
}

static bool names_known(const struct options *options)
{
    for (int i = 0; i < options->only_count; ++i) {
        char name[64];
        snprintf(name, sizeof name, "%.*s", (int)strcspn(options->only[i], "="), options->only[i]);
        if (!function_find(name)) {
            fprintf(stderr, "clwise-functions: no function %s in the table\n", name);
            return false;
        }
    }
    return true;
}

bool parse_options(int argc, char **argv, struct options *options)
{
    int option;
    *options = (struct options){.elements = (size_t)4 << 20, .rounds = 7};
    options->text[PYTHON] = getenv("CLWISE_BENCH_PYTHON");
    parse_dtypes("f32,f64,c64,c128", options);
    while ((option = getopt_long(argc, argv, "", known, NULL)) != -1)
        if (!take(option, options))
            return false;
    options->only = argv + optind;
    options->only_count = argc - optind;
    return options->cold || names_known(options);
}

const char *chosen_op(const struct options *options, const struct function *function)
{
    const size_t length = strlen(function->name);
    for (int i = 0; i < options->only_count; ++i) {
        const char *word = options->only[i];
        if (strncmp(word, function->name, length) != 0)
            continue;
        if (word[length] == '=')
            return word + length + 1;
        if (word[length] == '\0')
            return function->name;
    }
    return options->only_count ? NULL : function->name;
}
