#include <jansson.h>
#include <stdio.h>

#include "tools/command.h"
#include "tools/print.h"
#include "tools/profile.h"
#include "tools/report.h"
#include "tools/seconds.h"

static int show(const struct settings *settings, const clw_device_info *info,
                const clw_device_profile *profile, double seconds, clw_error *error)
{
    if (settings->json)
        return print_json(json_pack("{s:o, s:f, s:o}", "device_name", json_words(info->device_name),
                                    "seconds", seconds, "profile", profile_json(profile)),
                          error);
    print_words(info->device_name);
    printf("  (%.2f s)\n", seconds);
    profile_print(profile);
    return DONE;
}

static int tune(const struct settings *settings, clw_context *context, clw_error *error)
{
    clw_device_info info = {.struct_size = sizeof info};
    clw_device_profile profile = {.struct_size = sizeof profile};
    const double start = seconds_now();
    if (clw_context_tune(context, error) || clw_context_device(context, &info, error) ||
        clw_context_profile(context, &profile, error))
        return FAILED;
    return show(settings, &info, &profile, seconds_now() - start, error);
}

static int run(struct settings *settings, clw_error *error)
{
    clw_context *context;
    if (clw_context_create(&settings->config, &context, error))
        return FAILED;
    const int status = tune(settings, context, error);
    clw_context_release(context);
    return status;
}

static const struct option_row options[] = {DEVICE_ROW, CACHE_ROW, JSON_ROW, HELP_ROW, LAST_ROW};

const struct command command_tune = {
    "tune",
    "",
    "Measure the device anew, and keep what was found",
    "Streaming stores, the size from which small calls are handed to threads, the least work of\n"
    "a work-item, and the shape of tiles of transposed operands. What is not measured in this way\n"
    "is measured when a call first asks for it. The profile is an entry of the cache; to delete "
    "it\n"
    "does no harm.\n",
    options,
    0,
    0,
    run};
