#include <jansson.h>
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

#include "tools/command.h"
#include "tools/print.h"
#include "tools/registry.h"
#include "tools/report.h"
#include "tools/seconds.h"
#include "tools/warm_workers.h"

static int collect(const struct settings *settings, struct lines *lines, clw_error *error)
{
    clw_context *context = NULL;
    int status = DONE;
    if (!settings->from && !settings->op_names)
        return misuse(error, "--ops NAMES or --from LOG says what is to be built");
    if (settings->from)
        status = lines_read(lines, settings->from, error);
    if (status != DONE || !settings->op_names)
        return status;
    status = registry_open(settings, "none", &context, error);
    if (status == DONE)
        status = lines_make(lines, context, settings->op_names,
                            settings->dtype_names ? settings->dtype_names : "f32,f64",
                            settings->pattern_names ? settings->pattern_names
                                                    : "contiguous,scalar,row,column",
                            error);
    clw_context_release(context);
    return status;
}

static int show(const struct settings *settings, const struct warmed *warmed, double seconds,
                clw_error *error)
{
    if (settings->json)
        return print_json(json_pack("{s:i, s:i, s:i, s:f}", "built", warmed->compiled, "found",
                                    warmed->found, "failed", warmed->failed, "seconds", seconds),
                          error);
    printf("%d built, %d were there, %d failed, in %.1f s\n", warmed->compiled, warmed->found,
           warmed->failed, seconds);
    return DONE;
}

static int warm(const struct settings *settings, const struct lines *lines, clw_error *error)
{
    struct warmed warmed;
    char path[4096];
    const double start = seconds_now();
    const long cores = sysconf(_SC_NPROCESSORS_ONLN);
    if (clw_cache_path(settings->config.cache_dir, path, sizeof path, error))
        return FAILED;
    if (!path[0])
        return fail(error, "there is no cache folder to keep kernels in");
    signal(SIGPIPE, SIG_IGN); /* of a worker that has ended */
    int status =
        warm_all(settings, lines, settings->jobs ? settings->jobs : (int)cores, &warmed, error);
    if (status == DONE)
        status = show(settings, &warmed, seconds_now() - start, error);
    return status == DONE && warmed.failed
               ? fail(error, "%d of %d requests failed", warmed.failed, lines->count)
               : status;
}

static int run(struct settings *settings, clw_error *error)
{
    struct lines lines = {0};
    int status = collect(settings, &lines, error);
    if (status == DONE && lines.count == 0)
        status = fail(error, "there is nothing to build: no op has a loop for these dtypes, or the "
                             "log is empty");
    if (status == DONE)
        status = warm(settings, &lines, error);
    lines_finish(&lines);
    return status;
}

static const struct option_row options[] = {
    TEXT(0, "ops", "NAMES", op_names, "ops, separated by commas, or 'all'"),
    TEXT(0, "dtypes", "NAMES", dtype_names, "dtypes of their inputs, or 'all'; else f32,f64"),
    TEXT(0, "patterns", "NAMES", pattern_names, "layouts, see below, or 'all'"),
    TEXT(0, "from", "LOG", from, "what a run has recorded; -: standard input"),
    READ(0, "load", "PATH", set_load, "load an op file, or a folder of them"),
    READ('j', "jobs", "N", set_jobs, "build in N processes; else one a core"),
    DEVICE_ROW,
    CACHE_ROW,
    JSON_ROW,
    HELP_ROW,
    LAST_ROW};

const struct command command_warm = {
    "warm",
    "",
    "Build kernels ahead of the calls that need them",
    "What is built goes to the disk cache, from where any process takes it. A program that runs\n"
    "with CLWISE_RECORD=LOG in its environment writes a line for each kernel that it needs.\n\n"
    "Patterns: contiguous, scalar (the last input is one element), row, column, outer (a column\n"
    "and a row), transposed, reversed and strided (the last input is), large (too large for\n"
    "caches), channels and pixels (images of 3 channels, and a value for each channel or for each\n"
    "pixel). Without --patterns: contiguous,scalar,row,column.\n\n"
    "Exit status is 1 if a kernel cannot be built.\n",
    options,
    0,
    0,
    run};
