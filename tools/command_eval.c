#include <limits.h>

#include "tools/command.h"
#include "tools/compute.h"
#include "tools/report.h"

static const uint64_t default_memory = (uint64_t)1 << 30;

static int run(struct settings *settings, clw_error *error)
{
    settings->expression = settings->named = 1;
    if (settings->memory == 0)
        settings->memory = default_memory;
    const int status = compute(settings, error);
    return status == MISUSED ? fail_in(error, "eval", status) : status;
}

static const struct option_row options[] = {
    OUTPUT_ROW,
    READ('m', "memory", "SIZE", set_memory, "that arrays may take, such as 64MiB; default 1GiB"),
    READ(0, "dtype", "T", set_dtype, "cast the results to T"),
    CASTING_ROW,
    PARAM_ROW("the number of a name, as the operand K=V"),
    LOAD_ROW,
    DEVICE_ROW,
    PROMOTION_ROW,
    FP64_ROW,
    CACHE_ROW,
    VERBOSE_ROW,
    HELP_ROW,
    LAST_ROW};

const struct command command_eval = {
    "eval",
    "EXPR NAME=VALUE...",
    "Evaluate an expression, also on files larger than memory",
    "A value is a number or an .npy or .png file, as for clwise run; - is standard input. Several\n"
    "results, as in 's, c = sin(x), cos(x)', take an -o each. Where inputs and outputs together\n"
    "take more than --memory, .npy files are read, computed and written in blocks.\n",
    options,
    1,
    INT_MAX,
    run};
