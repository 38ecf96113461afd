#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "tools/builtin_error.h"
#include "tools/command.h"
#include "tools/digest.h"
#include "tools/print.h"
#include "tools/progress.h"
#include "tools/registry.h"
#include "tools/report.h"

/* Lines "op, dtypes, digest", parted by tabs: tools/digests.tsv. */
extern const char table_digests[];

enum { POINTS = 100000, SEED = 1, MAX_FIELD = 120 };

struct row {
    char op[MAX_FIELD], dtypes[MAX_FIELD];
    unsigned long long digest;
};

struct tally {
    int same, different, impossible;
};

/* The next row; NULL at the end. */
static const char *read_row(const char *text, struct row *row)
{
    if (sscanf(text, "%119[^\t]\t%119[^\t]\t%llx", row->op, row->dtypes, &row->digest) != 3)
        return NULL;
    const char *const end = strchr(text, '\n');
    return end ? end + 1 : text + strlen(text);
}

/* "f32 i32 -> f32" into dtypes; how many there are. */
static int read_dtypes(const char *words, clw_dtype *dtypes)
{
    char copy[MAX_FIELD], *rest = copy;
    int count = 0;
    snprintf(copy, sizeof copy, "%s", words);
    for (const char *word; (word = strsep(&rest, " ")) && count < DIGEST_MAX_DTYPES;)
        if (strcmp(word, "->") != 0)
            dtypes[count++] = clw_dtype_from_name(word);
    return count;
}

static clw_status digest_row(clw_context *context, const struct row *row, uint64_t *digest,
                             clw_error *error)
{
    clw_dtype dtypes[DIGEST_MAX_DTYPES];
    const clw_op *const op = clw_op_find(context, row->op);
    if (!op || read_dtypes(row->dtypes, dtypes) == 0)
        return CLW_ERROR_NOT_FOUND;
    return digest_loop(context, op, dtypes, POINTS, SEED, digest, error);
}

/* Compares the bits of every loop, and names those that differ. */
static int compare_digests(clw_context *context, json_t *loops, struct tally *tally,
                           clw_error *error)
{
    struct row row;
    for (const char *at = table_digests; (at = read_row(at, &row)) != NULL;) {
        uint64_t digest = 0;
        progress_begin("comparing", row.op, 0);
        const clw_status status = digest_row(context, &row, &digest, error);
        progress_end();
        if (status && status != CLW_ERROR_UNSUPPORTED)
            return fail_in(error, row.op, FAILED);
        const int same = !status && digest == row.digest;
        tally->impossible += status != CLW_OK;
        tally->same += same;
        tally->different += !status && !same;
        if (loops)
            json_array_append_new(loops, json_pack("{s:s, s:s, s:s}", "op", row.op, "dtypes",
                                                   row.dtypes, "bits",
                                                   status ? "unsupported"
                                                   : same ? "same"
                                                          : "different"));
        else if (!status && !same)
            printf("%s: %s: other bits than on other devices\n", row.op, row.dtypes);
    }
    return DONE;
}

static void print_error_row(const struct builtin_error *found)
{
    printf("%-12s  %s  %8.3f  %10.3f\n", found->op, clw_dtype_name(found->dtype), found->ours,
           found->builtin);
}

static void add_error(json_t *errors, const struct builtin_error *found)
{
    char ours[32], builtin[32];
    snprintf(ours, sizeof ours, "%.4g", found->ours);
    snprintf(builtin, sizeof builtin, "%.4g", found->builtin);
    json_array_append_new(errors, json_pack("{s:s, s:s, s:s, s:s}", "op", found->op, "dtype",
                                            clw_dtype_name(found->dtype), "ulp", ours,
                                            "builtin_ulp", builtin));
}

static int measure_builtins(clw_context *context, const clw_device_info *info, json_t *errors,
                            clw_error *error)
{
    static const clw_dtype dtypes[] = {CLW_F32, CLW_F64};
    if (!errors)
        printf("              dtype  our ULP  device's own\n");
    for (int i = 0; i < builtin_count(); i++)
        for (int d = 0; d < (info->fp64 ? 2 : 1); d++) {
            struct builtin_error found;
            if (!builtin_has_reference(dtypes[d]))
                continue;
            progress_begin("measuring", builtin_op(i), 0);
            const clw_status status = builtin_measure(context, i, dtypes[d], &found, error);
            progress_end();
            if (status)
                return fail_in(error, builtin_op(i), FAILED);
            if (errors)
                add_error(errors, &found);
            else
                print_error_row(&found);
        }
    return DONE;
}

static int print_summary(const clw_device_info *info, const struct tally *tally, json_t *loops,
                         json_t *errors, clw_error *error)
{
    if (loops)
        return print_json(json_pack("{s:s, s:i, s:i, s:i, s:o, s:o}", "device", info->device_name,
                                    "same", tally->same, "different", tally->different,
                                    "unsupported", tally->impossible, "loops", loops, "errors",
                                    errors),
                          error);
    printf(
        "%s: %d loops give the bits that they give on every device, %d others, %d cannot be done "
        "here\n",
        info->device_name, tally->same, tally->different, tally->impossible);
    return DONE;
}

static int run(struct settings *settings, clw_error *error)
{
    clw_context *context = NULL;
    clw_device_info info = {.struct_size = sizeof info};
    struct tally tally = {0, 0, 0};
    json_t *const loops = settings->json ? json_array() : NULL;
    json_t *const errors = settings->json ? json_array() : NULL;
    int status = registry_open(settings, NULL, &context, error);
    if (status == DONE && clw_context_device(context, &info, error))
        status = FAILED;
    if (status == DONE)
        status = measure_builtins(context, &info, errors, error);
    if (status == DONE)
        status = compare_digests(context, loops, &tally, error);
    if (status == DONE)
        status = print_summary(&info, &tally, loops, errors, error);
    clw_context_release(context);
    return status == DONE && tally.different ? FAILED : status;
}

static const struct option_row options[] = {DEVICE_ROW, CACHE_ROW, JSON_ROW, HELP_ROW, LAST_ROW};

const struct command command_selftest = {
    "selftest",
    "",
    "Check a device: bits and accuracy of its results",
    "Measures the greatest errors of functions, ours and the device's own, and compares a digest "
    "of\n"
    "every op's results with the one that all devices give. Exit status 1 if any differs.\n",
    options,
    0,
    0,
    run};
