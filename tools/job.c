#include "tools/job.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "tools/operand.h"
#include "tools/progress.h"
#include "tools/registry.h"
#include "tools/report.h"

double seconds_now(void)
{
    struct timespec now = {0};
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

static int find_op(struct job *job, const struct settings *settings, clw_error *error)
{
    const char *const words = settings->operands[0];
    if (!settings->expression) {
        job->op = registry_find(job->context, words, error);
        return job->op ? DONE : MISUSED;
    }
    if (clw_op_from_expression(job->context, words, &job->own_op, error))
        return FAILED;
    job->op = job->own_op;
    return DONE;
}

static int check_counts(const struct job *job, const struct settings *settings, clw_error *error)
{
    char signature[400];
    op_signature(job->op, signature, sizeof signature);
    const int inputs = clw_op_input_count(job->op), outputs = clw_op_output_count(job->op);
    if (job->nin != inputs)
        return misuse(error, "%s takes %d input%s, and %d %s given", signature, inputs,
                      inputs == 1 ? "" : "s", job->nin, job->nin == 1 ? "is" : "are");
    if (settings->output_count != 0 && settings->output_count != outputs)
        return misuse(error, "%s has %d output%s, and -o is given %d time%s", signature, outputs,
                      outputs == 1 ? "" : "s", settings->output_count,
                      settings->output_count == 1 ? "" : "s");
    return DONE;
}

static int has_param(const clw_op *op, const char *name)
{
    for (int i = 0; i < clw_op_param_count(op); i++)
        if (strcmp(clw_op_param_name(op, i), name) == 0)
            return 1;
    return 0;
}

static int check_params(const struct job *job, clw_error *error)
{
    char names[200] = "none";
    size_t at = 0;
    for (int i = 0; i < clw_op_param_count(job->op) && at < sizeof names; i++)
        at += (size_t)snprintf(names + at, sizeof names - at, "%s%s", i ? ", " : "",
                               clw_op_param_name(job->op, i));
    for (int i = 0; i < job->options.nparams; i++)
        if (!has_param(job->op, job->options.params[i].name))
            return misuse(error, "%s has no parameter '%s'; its parameters: %s",
                          clw_op_name(job->op), job->options.params[i].name, names);
    return DONE;
}

/* Standard input is read to its end, so that only one operand can be it. */
static int check_standard_input(const struct settings *settings, clw_error *error)
{
    int count = settings->where && strcmp(settings->where, "-") == 0;
    for (int i = 1; i < settings->operand_count; i++)
        count += strcmp(settings->operands[i], "-") == 0;
    return count > 1 ? misuse(error, "standard input is given %d times", count) : DONE;
}

static int load_inputs(struct job *job, const struct settings *settings, int sketches,
                       clw_error *error)
{
    const double start = seconds_now();
    int status = DONE;
    for (int i = 0; i < job->nin && status == DONE; i++)
        status = operand_load(job->context, settings->operands[i + 1], sketches, &job->in[i],
                              &job->arrays[i], error);
    if (status == DONE && settings->where)
        status = where_load(job->context, settings->where, &job->where, error);
    job->options.where = job->where;
    job->read_seconds = seconds_now() - start;
    return status;
}

static int make_plan(struct job *job, clw_error *error)
{
    const int outputs = clw_op_output_count(job->op);
    clw_array **const none = calloc((size_t)outputs + 1, sizeof(clw_array *));
    if (!none)
        return fail(error, "out of memory");
    progress_begin("building the kernel of", clw_op_name(job->op), 0);
    const clw_status status = clw_plan_create(job->context, job->op, job->in, job->nin, none,
                                              outputs, &job->options, &job->plan, error);
    progress_end();
    free(none);
    return status ? FAILED : DONE;
}

int job_init(struct job *job, const struct settings *settings, int sketches, clw_error *error)
{
    memset(job, 0, sizeof *job);
    job->options = settings->call;
    job->nin = settings->operand_count - 1;
    job->in = calloc((size_t)job->nin + 1, sizeof *job->in);
    job->arrays = calloc((size_t)job->nin + 1, sizeof(clw_array *));
    if (!job->in || !job->arrays)
        return fail(error, "out of memory");
    int status = registry_open(settings, NULL, &job->context, error);
    if (status == DONE)
        status = find_op(job, settings, error);
    if (status == DONE)
        status = check_counts(job, settings, error);
    if (status == DONE)
        status = check_params(job, error);
    if (status == DONE)
        status = check_standard_input(settings, error);
    if (status == DONE)
        status = load_inputs(job, settings, sketches, error);
    return status == DONE ? make_plan(job, error) : status;
}

void job_finish(struct job *job)
{
    clw_plan_destroy(job->plan);
    for (int i = 0; i < job->nin && job->arrays; i++)
        clw_array_release(job->arrays[i]);
    clw_array_release(job->where);
    free(job->arrays);
    free(job->in);
    clw_op_release(job->own_op);
    clw_context_release(job->context);
}

const char *job_output_name(const struct job *job, int index)
{
    return clw_op_output_name(job->op, index);
}

const char *job_kernel_words(const struct job *job, char *words, size_t room)
{
    static const char *const origins[] = {
        [CLW_KERNEL_NONE] = "none",
        [CLW_KERNEL_MEMORY] = "from memory",
        [CLW_KERNEL_DISK] = "from the disk cache",
        [CLW_KERNEL_COMPILED] = "compiled",
    };
    clw_plan_info info = {.struct_size = sizeof info};
    clw_plan_get_info(job->plan, &info);
    if (info.origin == CLW_KERNEL_NONE)
        snprintf(words, room, "%s", origins[info.origin]);
    else
        snprintf(words, room, "%s in %.4f s", origins[info.origin], info.build_seconds);
    return words;
}
