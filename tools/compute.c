#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tools/compute.h"

#include "tools/formats.h"
#include "tools/job.h"
#include "tools/print.h"
#include "tools/progress.h"
#include "tools/report.h"
#include "tools/result.h"

/* Everything that one run holds, released together. */
struct run {
    struct job job;
    clw_array *results[MAX_OUTPUTS];
    const struct format *formats[MAX_OUTPUTS];
    struct output outputs[MAX_OUTPUTS];
    int result_count; /* of the op */
    int output_count; /* given; 0: print */
    int opened;
};

static int check_names(struct run *run, const struct settings *settings, clw_error *error)
{
    run->output_count = settings->output_count;
    for (int i = 0; i < run->output_count; i++) {
        run->formats[i] = format_of_name(settings->outputs[i]);
        if (!run->formats[i])
            return misuse(error, "the output %s ends in neither .npy nor .png",
                          settings->outputs[i]);
    }
    return DONE;
}

/* Before anything is computed: can the results be written at all? */
static int check_results(const struct run *run, const struct settings *settings, clw_error *error)
{
    for (int i = 0; i < run->output_count; i++) {
        const struct elements planned = planned_elements(run->job.plan, i);
        const int status = run->formats[i]->check(&planned, error);
        if (status != DONE)
            return fail_in(error, settings->outputs[i], status);
    }
    return DONE;
}

static int open_outputs(struct run *run, const struct settings *settings, clw_error *error)
{
    int status = DONE;
    while (run->opened < run->output_count && status == DONE) {
        status = output_open(&run->outputs[run->opened], settings->outputs[run->opened], error);
        run->opened++;
    }
    return status;
}

static int execute(struct run *run, clw_error *error)
{
    struct job *const job = &run->job;
    for (int i = 0; i < run->result_count; i++) {
        const int status = result_new(job, i, &run->results[i], error);
        if (status != DONE)
            return status;
    }
    progress_begin("running", clw_op_name(job->op), 0);
    clw_status status = clw_plan_execute(job->plan, job->in, run->results, error);
    if (status == CLW_OK)
        status = clw_finish(job->context, error);
    progress_end();
    return status ? FAILED : DONE;
}

static int write_results(struct run *run, clw_error *error)
{
    for (int i = 0; i < run->output_count; i++) {
        const struct elements elements = result_elements(run->results[i]);
        progress_begin("writing", run->outputs[i].name, result_bytes(run->results[i]));
        const int status = run->formats[i]->write(&run->outputs[i], &elements, error);
        progress_end();
        if (status != DONE)
            return status;
    }
    return outputs_commit(run->outputs, run->output_count, error);
}

static int print_results(struct run *run, clw_error *error)
{
    for (int i = 0; i < run->result_count; i++) {
        const struct elements elements = result_elements(run->results[i]);
        const int status = print_elements(job_output_name(&run->job, i), &elements, error);
        if (status != DONE)
            return status;
    }
    return DONE;
}

static int produce(struct run *run, const struct settings *settings, clw_error *error)
{
    const double start = seconds_now();
    int status = execute(run, error);
    const double executed = seconds_now();
    if (status == DONE)
        status = run->output_count > 0 ? write_results(run, error) : print_results(run, error);
    if (status == DONE && settings->verbose)
        reportf("read in %.4f s, executed in %.4f s, written in %.4f s", run->job.read_seconds,
                executed - start, seconds_now() - executed);
    return status;
}

static void tell_plan(const struct job *job)
{
    char words[80];
    clw_device_info info = {.struct_size = sizeof info};
    clw_error error;
    if (clw_context_device(job->context, &info, &error) == CLW_OK)
        reportf("device %d:%d %s", info.platform, info.device, info.device_name);
    reportf("key %s", clw_plan_key(job->plan));
    reportf("kernel %s", job_kernel_words(job, words, sizeof words));
}

static int run_steps(struct run *run, const struct settings *settings, clw_error *error)
{
    int status = check_names(run, settings, error);
    if (status == DONE)
        status = job_open(&run->job, settings, 0, error);
    if (status == DONE)
        status = job_load(&run->job, error);
    if (status != DONE)
        return status;
    if (settings->verbose)
        tell_plan(&run->job);
    run->result_count = clw_op_output_count(run->job.op);
    if (run->result_count > MAX_OUTPUTS)
        return fail(error, "%s has %d outputs, more than %d", clw_op_name(run->job.op),
                    run->result_count, MAX_OUTPUTS);
    status = check_results(run, settings, error);
    if (status == DONE)
        status = open_outputs(run, settings, error);
    return status == DONE ? produce(run, settings, error) : status;
}

int compute(const struct settings *settings, clw_error *error)
{
    struct run *const run = calloc(1, sizeof *run);
    if (!run)
        return fail(error, "out of memory");
    const int status = run_steps(run, settings, error);
    for (int i = 0; i < run->opened; i++)
        output_finish(&run->outputs[i]);
    for (int i = 0; i < run->result_count && i < MAX_OUTPUTS; i++)
        clw_array_release(run->results[i]);
    job_finish(&run->job);
    free(run);
    return status;
}
