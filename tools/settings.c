#include "tools/settings.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "tools/number.h"
#include "tools/report.h"

void settings_init(struct settings *settings)
{
    memset(settings, 0, sizeof *settings);
    clw_config_init(&settings->config);
    clw_call_options_init(&settings->call);
    settings->call.params = settings->params;
}

/* The index of `value` among `count` words, or -1 and a sentence that lists them. */
static int choose(const char *option, const char *value, const char *const *words, int count,
                  clw_error *error)
{
    char list[200] = "";
    for (int i = 0; i < count; i++) {
        if (strcmp(value, words[i]) == 0)
            return i;
        const size_t length = strlen(list);
        snprintf(list + length, sizeof list - length, "%s%s", i ? ", " : "", words[i]);
    }
    misuse(error, "%s takes one of %s, not '%s'", option, list, value);
    return -1;
}

int set_casting(struct settings *settings, const char *value, clw_error *error)
{
    static const char *const words[] = {"no", "equiv", "safe", "same_kind", "unsafe"};
    const int chosen = choose("--casting", value, words, 5, error);
    if (chosen < 0)
        return MISUSED;
    settings->call.casting = (clw_casting)(CLW_CASTING_NO + chosen);
    return DONE;
}

int set_fp64(struct settings *settings, const char *value, clw_error *error)
{
    static const char *const words[] = {"strict", "demote"};
    const int chosen = choose("--fp64", value, words, 2, error);
    if (chosen < 0)
        return MISUSED;
    settings->config.fp64 = (clw_fp64_policy)chosen;
    return DONE;
}

int set_promotion(struct settings *settings, const char *value, clw_error *error)
{
    static const char *const words[] = {"numpy", "torch"};
    const int chosen = choose("--promotion", value, words, 2, error);
    if (chosen < 0)
        return MISUSED;
    settings->config.promotion = (clw_promotion)chosen;
    return DONE;
}

int set_dtype(struct settings *settings, const char *value, clw_error *error)
{
    const char *words[CLW_DTYPE_COUNT];
    for (int i = 0; i < CLW_DTYPE_COUNT; i++)
        words[i] = clw_dtype_name((clw_dtype)i);
    const int chosen = choose("--dtype", value, words, CLW_DTYPE_COUNT, error);
    if (chosen < 0)
        return MISUSED;
    settings->call.has_dtype = 1;
    settings->call.dtype = (clw_dtype)chosen;
    return DONE;
}

int set_jobs(struct settings *settings, const char *value, clw_error *error)
{
    char *end;
    const long jobs = strtol(value, &end, 10);
    if (end == value || *end || jobs < 1 || jobs > 64)
        return misuse(error, "--jobs takes a number from 1 to 64, not '%s'", value);
    settings->jobs = (int)jobs;
    return DONE;
}

int set_load(struct settings *settings, const char *value, clw_error *error)
{
    if (settings->load_count == MAX_LOADS)
        return misuse(error, "--ops is given more than %d times", MAX_LOADS);
    settings->loads[settings->load_count++] = value;
    return DONE;
}

/* "64MiB", "2G", "1.5GB", "100000". */
int set_memory(struct settings *settings, const char *value, clw_error *error)
{
    static const struct {
        const char *name;
        double bytes;
    } units[] = {{"", 1},         {"B", 1},        {"kB", 1e3},     {"MB", 1e6},    {"GB", 1e9},
                 {"TB", 1e12},    {"K", 0x1p10},   {"M", 0x1p20},   {"G", 0x1p30},  {"T", 0x1p40},
                 {"KiB", 0x1p10}, {"MiB", 0x1p20}, {"GiB", 0x1p30}, {"TiB", 0x1p40}};
    const size_t digits = strspn(value, "0123456789.");
    char *end = NULL;
    const double number = digits > 0 ? strtod(value, &end) : 0;
    size_t unit = 0;
    while (unit < sizeof units / sizeof units[0] &&
           strcasecmp(value + digits, units[unit].name) != 0)
        unit++;
    if (end != value + digits || unit == sizeof units / sizeof units[0])
        return misuse(error, "--memory takes a size such as 64MiB, not '%s'", value);
    const double bytes = number * units[unit].bytes;
    if (!(bytes >= LEAST_MEMORY && bytes < 0x1p62))
        return misuse(error, "--memory %s is not between 64KiB and 4EiB", value);
    settings->memory = (uint64_t)bytes;
    return DONE;
}

int set_output(struct settings *settings, const char *value, clw_error *error)
{
    if (settings->output_count == MAX_OUTPUTS)
        return misuse(error, "more than %d outputs are given", MAX_OUTPUTS);
    for (int i = 0; i < settings->output_count; i++)
        if (strcmp(settings->outputs[i], value) == 0)
            return misuse(error, "the output %s is given twice", value);
    settings->outputs[settings->output_count++] = value;
    return DONE;
}

int set_param(struct settings *settings, const char *value, clw_error *error)
{
    const int index = settings->call.nparams;
    const char *const equals = strchr(value, '=');
    const size_t length = equals ? (size_t)(equals - value) : 0;
    if (length == 0 || length >= MAX_PARAM_NAME)
        return misuse(error, "--param takes NAME=NUMBER, not '%s'", value);
    if (index == MAX_PARAMS)
        return misuse(error, "--param is given more than %d times", MAX_PARAMS);
    memcpy(settings->param_names[index], value, length);
    settings->params[index].name = settings->param_names[index];
    settings->param_words[index] = value;
    switch (number_parse(equals + 1, &settings->params[index].value)) {
    case NUMBER_NONE:
        return misuse(error, "--param %s: '%s' is not a number", settings->param_names[index],
                      equals + 1);
    case NUMBER_LARGE:
        return misuse(error, "--param %s: %s does not fit in 64 bits", settings->param_names[index],
                      equals + 1);
    case NUMBER_GOOD:
        break;
    }
    settings->call.nparams++;
    return DONE;
}
