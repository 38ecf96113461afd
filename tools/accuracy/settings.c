#include "tools/accuracy/settings.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char usage[] =
    "usage: accuracy [option]... [OP]...\n"
    "Measures ops of clwise, as a device runs them, against exact values: all ops, or those "
    "named.\n"
    "  --dtype NAME          only loops whose first input has this dtype\n"
    "  --points N            random points for each loop, beside the edges (100000)\n"
    "  --range LOW HIGH      random points from this interval too\n"
    "  --seed S              of the random points (1)\n"
    "  --param NAME=VALUE    a parameter of the ops\n"
    "  --exhaustive          all 2^32 arguments, for ops of one f32\n"
    "  --device NAME         as $CLWISE_DEVICE\n"
    "  --ops FILE            loads an op file first\n"
    "  --oracle NAME         measures against the exact values of another op\n"
    "  --share I/N           the I-th of N shares of all ops\n"
    "  --tap                 one line for each loop; fails above the stated bound\n"
    "  --table FILE          writes a Markdown table, with the device's own functions\n"
    "  --tsv FILE            the same, op dtype stated measured builtin, separated by tabs\n"
    "  --digest              hashes of results, equal on all devices\n";

enum option_name {
    DTYPE = 256,
    POINTS,
    RANGE,
    SEED,
    PARAM,
    SHARE,
    EXHAUSTIVE,
    DEVICE,
    OPS,
    ORACLE,
    TAP,
    TABLE,
    TSV,
    DIGEST,
    HELP
};

static const struct option options[] = {
    {"dtype", required_argument, NULL, DTYPE},
    {"points", required_argument, NULL, POINTS},
    {"range", required_argument, NULL, RANGE},
    {"seed", required_argument, NULL, SEED},
    {"param", required_argument, NULL, PARAM},
    {"share", required_argument, NULL, SHARE},
    {"exhaustive", no_argument, NULL, EXHAUSTIVE},
    {"device", required_argument, NULL, DEVICE},
    {"ops", required_argument, NULL, OPS},
    {"oracle", required_argument, NULL, ORACLE},
    {"tap", no_argument, NULL, TAP},
    {"table", required_argument, NULL, TABLE},
    {"tsv", required_argument, NULL, TSV},
    {"digest", no_argument, NULL, DIGEST},
    {"help", no_argument, NULL, HELP},
    {0},
};

static int bad(const char *option, const char *value)
{
    fprintf(stderr, "accuracy: --%s cannot be '%s'\n", option, value);
    return 3;
}

static int take_number(const char *text, double *value)
{
    char *end = NULL;
    *value = strtod(text, &end);
    return end != text && !*end;
}

static int take_count(const char *text, uint64_t *value)
{
    char *end = NULL;
    *value = strtoull(text, &end, 0);
    return end != text && !*end && text[0] != '-';
}

static int take_param(struct settings *settings, const char *text)
{
    const char *const equals = strchr(text, '=');
    struct given_param *const param = &settings->params[settings->param_count];
    if (!equals || settings->param_count == MAX_GIVEN_PARAMS ||
        (size_t)(equals - text) >= sizeof param->name || !take_number(equals + 1, &param->value))
        return bad("param", text);
    memcpy(param->name, text, (size_t)(equals - text));
    settings->param_count++;
    return 0;
}

static int take_range(struct settings *settings, const char *low, const char *high)
{
    if (!take_number(low, &settings->range.low))
        return bad("range", low);
    if (!high || !take_number(high, &settings->range.high))
        return bad("range", high ? high : "one number");
    return 0;
}

static int take_words(struct settings *settings, int option, const char *word)
{
    uint64_t count = 0;
    switch (option) {
    case POINTS:
    case SEED:
        if (!take_count(word, &count))
            return bad(option == POINTS ? "points" : "seed", word);
        *(option == POINTS ? &settings->points : &settings->seed) = count;
        return 0;
    case OPS:
        if (settings->file_count == MAX_FILES)
            return bad("ops", word);
        settings->files[settings->file_count++] = word;
        return 0;
    case DTYPE:
        settings->dtype = word;
        return clw_dtype_from_name(word) == CLW_DTYPE_COUNT ? bad("dtype", word) : 0;
    case PARAM:
        return take_param(settings, word);
    case SHARE:
        if (sscanf(word, "%d/%d", &settings->share, &settings->shares) != 2 ||
            settings->share < 1 || settings->share > settings->shares)
            return bad("share", word);
        return 0;
    default:
        return 0;
    }
}

static int take_option(struct settings *settings, int option, int argc, char **argv)
{
    switch (option) {
    case RANGE:
        optind++;
        return take_range(settings, optarg, optind <= argc ? argv[optind - 1] : NULL);
    case DEVICE:
        settings->device = optarg;
        return 0;
    case ORACLE:
        settings->oracle = optarg;
        return 0;
    case TABLE:
        settings->table = optarg;
        return 0;
    case TSV:
        settings->tsv = optarg;
        return 0;
    case EXHAUSTIVE:
        settings->exhaustive = 1;
        return 0;
    case TAP:
        settings->tap = 1;
        return 0;
    case DIGEST:
        settings->digest = 1;
        return 0;
    case HELP:
        fputs(usage, stdout);
        return 1;
    case '?':
        fputs(usage, stderr);
        return 3;
    default:
        return take_words(settings, option, optarg);
    }
}

int settings_parse(struct settings *settings, int argc, char **argv)
{
    *settings = (struct settings){.points = 100000, .seed = 1, .share = 1, .shares = 1};
    for (int option; (option = getopt_long(argc, argv, "", options, NULL)) != -1;) {
        const int status = take_option(settings, option, argc, argv);
        if (status)
            return status;
    }
    settings->ops = argv + optind;
    settings->op_count = argc > optind ? argc - optind : 0;
    return 0;
}
