/* accuracy: measures the ops of clwise, as a device runs them, against exact values. */
#include <stdio.h>
#include <string.h>

#include "tools/accuracy/device_function.h"
#include "tools/accuracy/digest.h"
#include "tools/accuracy/report.h"
#include "tools/accuracy/subject.h"

/* The device's own function at the same points; 0 if it has one. */
static int measure_builtin(clw_context *context, const struct settings *settings,
                           const struct subject *subject, struct measurement *found)
{
    clw_error error = {0};
    clw_op *op = NULL;
    struct loop loop = subject->loop;
    const int wanted = (settings->table || settings->tsv) && subject->real &&
                       (subject->dtype == CLW_F32 || subject->dtype == CLW_F64);
    if (!wanted || device_function_define(context, clw_op_name(subject->loop.op), &op, &error) ||
        !op)
        return -1;
    loop.op = op;
    const clw_status status = subject_measure(context, settings, subject, &loop, found, &error);
    clw_op_release(op);
    return status ? -1 : 0;
}

static void measure_subject(clw_context *context, struct report *report,
                            const struct subject *subject)
{
    clw_error error = {0};
    struct measurement found = {0}, builtin = {0};
    struct row row = {.subject = subject, .problem = subject_problem(subject)};
    if (subject_is_judged(subject)) {
        const clw_status status =
            subject_measure(context, report->settings, subject, &subject->loop, &found, &error);
        row.found = status ? NULL : &found;
        if (status == CLW_ERROR_UNSUPPORTED)
            row.unsupported = error.message;
        else if (status)
            row.problem = error.message;
        if (row.found && subject->bound.stated && !within(&found, &subject->bound))
            row.problem = "above the stated bound";
    }
    if (row.found && !measure_builtin(context, report->settings, subject, &builtin))
        row.builtin = &builtin;
    report_row(report, &row);
}

static void measure_op(clw_context *context, struct report *report, const clw_op *op)
{
    const struct settings *const settings = report->settings;
    for (int i = 0; i < clw_op_loop_count(op); i++) {
        struct subject subject;
        if (subject_is_repeated(op, i) || !subject_take(&subject, op, i, settings->oracle) ||
            (settings->dtype && strcmp(settings->dtype, clw_dtype_name(subject.dtype)) != 0))
            continue;
        /* Exact ops are of interest to those who ask for them. */
        if (settings->op_count > 0 || subject_is_judged(&subject) || subject_problem(&subject))
            measure_subject(context, report, &subject);
    }
}

static int measure_ops(clw_context *context, const struct settings *settings)
{
    struct report report;
    clw_device_info info = {.struct_size = sizeof info};
    clw_error error = {0};
    if (clw_context_device(context, &info, &error)) {
        fprintf(stderr, "accuracy: %s\n", error.message);
        return 1;
    }
    if (report_begin(&report, settings, info.device_name))
        return 1;
    for (int i = settings->share - 1; settings->op_count == 0 && i < clw_op_count(context);
         i += settings->shares)
        measure_op(context, &report, clw_op_at(context, i));
    for (int i = 0; i < settings->op_count; i++) {
        const clw_op *const op = clw_op_find(context, settings->ops[i]);
        if (op) {
            measure_op(context, &report, op);
        } else {
            printf("# %s is absent\n", settings->ops[i]);
            report.failed = 1;
        }
    }
    return report_end(&report);
}

int main(int argc, char **argv)
{
    struct settings settings;
    clw_error error = {0};
    clw_context *context = NULL;
    clw_config config;
    const int parsed = settings_parse(&settings, argc, argv);
    if (parsed)
        return parsed - 1;
    clw_config_init(&config);
    config.device = settings.device;
    clw_status status = clw_context_create(&config, &context, &error);
    for (int i = 0; i < settings.file_count && !status; i++)
        status = clw_ops_load(context, settings.files[i], &error);
    if (status)
        fprintf(stderr, "accuracy: %s\n", error.message);
    const int failed = status            ? 1
                       : settings.digest ? digest_ops(context, &settings)
                                         : measure_ops(context, &settings);
    clw_context_release(context);
    return failed;
}
