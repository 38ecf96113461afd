#include <limits.h>

#include "tools/command.h"
#include "tools/compute.h"
#include "tools/report.h"

static int run(struct settings *settings, clw_error *error)
{
    const int status = compute(settings, error);
    return status == MISUSED ? fail_in(error, "run", status) : status;
}

static const struct option_row options[] = {
    OUTPUT_ROW,
    DTYPE_ROW,
    CASTING_ROW,
    PARAM_ROW("set a parameter of the op"),
    TEXT(0, "where", "FILE", where, "compute only where FILE is true; the rest is 0"),
    EXPRESSION_ROW,
    LOAD_ROW,
    DEVICE_ROW,
    PROMOTION_ROW,
    FP64_ROW,
    CACHE_ROW,
    VERBOSE_ROW,
    HELP_ROW,
    LAST_ROW};

const struct command command_run = {
    "run",
    "OP IN...",
    "Apply an operation to arrays and numbers",
    "An input is a number (such as 3, -0x1f, 2.5e-3, nan, 1+2j, True) or an .npy or .png file;\n"
    "- is standard input. A number takes the dtype of the arrays beside it. An output ends in\n"
    ".npy or .png; - is .npy on standard output. Without -o a small result is printed.\n",
    options,
    1,
    INT_MAX,
    run};
