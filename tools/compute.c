#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tools/compute.h"

#include "tools/forecast.h"
#include "tools/formats.h"
#include "tools/job.h"
#include "tools/print.h"
#include "tools/progress.h"
#include "tools/report.h"
#include "tools/result.h"
#include "tools/seconds.h"
#include "tools/stream.h"

/* Everything that one run holds, released together. */
struct run {
    const struct settings *settings;
    struct job job;
    clw_array *results[MAX_OUTPUTS];
    const struct format *formats[MAX_OUTPUTS];
    struct output outputs[MAX_OUTPUTS];
    int result_count; /* of the op */
    int output_count; /* given; 0: print */
    int opened;
};

static int check_names(struct run *run, clw_error *error)
{
    run->output_count = run->settings->output_count;
    for (int i = 0; i < run->output_count; i++) {
        run->formats[i] = format_of_name(run->settings->outputs[i]);
        if (!run->formats[i])
            return misuse(error, "the output %s ends in neither .npy nor .png",
                          run->settings->outputs[i]);
    }
    return DONE;
}

/* Before anything is computed: can the results be written at all? */
static int check_result(const struct run *run, int index, const struct elements *result,
                        clw_error *error)
{
    if (index >= run->output_count)
        return DONE;
    const int status = run->formats[index]->check(result, error);
    return status == DONE ? DONE : fail_in(error, run->settings->outputs[index], status);
}

static int check_planned(const struct run *run, clw_error *error)
{
    int status = DONE;
    for (int i = 0; i < run->result_count && status == DONE; i++) {
        const struct elements planned = planned_elements(run->job.plan, i);
        status = check_result(run, i, &planned, error);
    }
    return status;
}

static int open_outputs(struct run *run, clw_error *error)
{
    int status = DONE;
    while (run->opened < run->output_count && status == DONE) {
        status =
            output_open(&run->outputs[run->opened], run->settings->outputs[run->opened], error);
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

static int produce(struct run *run, clw_error *error)
{
    const double start = seconds_now();
    int status = execute(run, error);
    const double executed = seconds_now();
    if (status == DONE)
        status = run->output_count > 0 ? write_results(run, error) : print_results(run, error);
    if (status == DONE && run->settings->verbose)
        reportf("read in %.4f s, executed in %.4f s, written in %.4f s", run->job.read_seconds,
                executed - start, seconds_now() - executed);
    return status;
}

static void tell_device(const struct job *job)
{
    clw_device_info info = {.struct_size = sizeof info};
    clw_error error;
    if (clw_context_device(job->context, &info, &error) == CLW_OK)
        reportf("device %d:%d %s", info.platform, info.device, info.device_name);
}

static void tell_plan(const struct job *job)
{
    char words[80];
    tell_device(job);
    reportf("key %s", clw_plan_key(job->plan));
    reportf("kernel %s", job_kernel_words(job, words, sizeof words));
}

static int run_whole(struct run *run, clw_error *error)
{
    int status = job_load(&run->job, error);
    if (status != DONE)
        return status;
    if (run->settings->verbose)
        tell_plan(&run->job);
    status = check_planned(run, error);
    if (status == DONE)
        status = open_outputs(run, error);
    return status == DONE ? produce(run, error) : status;
}

/* What only arrays that are whole can become. */
static int check_forecast(const struct run *run, const struct forecast *forecast, clw_error *error)
{
    int status = DONE;
    for (int i = 0; i < run->result_count && status == DONE; i++) {
        const struct elements result = forecast_elements(forecast, i);
        status = check_result(run, i, &result, error);
        if (status == DONE && i < run->output_count && !format_streams(run->formats[i]))
            status = fail(error,
                          "%s: only .npy is written in blocks, and inputs and results of %" PRIu64
                          " bytes do not fit into --memory %" PRIu64,
                          run->settings->outputs[i], forecast->all_bytes, run->settings->memory);
    }
    return status;
}

static int run_in_blocks(struct run *run, const struct forecast *forecast, clw_error *error)
{
    struct stream_report report;
    if (run->settings->verbose)
        tell_device(&run->job);
    int status = check_forecast(run, forecast, error);
    if (status == DONE)
        status = open_outputs(run, error);
    if (status == DONE)
        status =
            stream_run(&run->job, forecast, run->outputs, run->settings->memory, &report, error);
    if (status == DONE)
        status = outputs_commit(run->outputs, run->output_count, error);
    if (status == DONE && run->settings->verbose)
        reportf("%" PRId64 " blocks of %" PRId64 " bytes in %.4f s: read in %.4f s, executed in "
                "%.4f s, written in %.4f s",
                report.blocks, report.block_bytes, report.seconds, report.read_seconds,
                report.execute_seconds, report.write_seconds);
    return status;
}

static int run_within_memory(struct run *run, clw_error *error)
{
    struct forecast forecast;
    int status = forecast_make(&forecast, &run->job, error);
    for (int i = 0; i < forecast.count && status == DONE && run->output_count == 0; i++) {
        const struct elements result = forecast_elements(&forecast, i);
        status = print_check(job_output_name(&run->job, i), &result, error);
    }
    if (status != DONE)
        return status;
    /* What is printed is small, and so is what it is made of. */
    if (run->output_count > 0 && stream_is_needed(&run->job, &forecast, run->settings->memory))
        return run_in_blocks(run, &forecast, error);
    return run_whole(run, error);
}

static int run_steps(struct run *run, clw_error *error)
{
    int status = check_names(run, error);
    if (status == DONE)
        status = job_open(&run->job, run->settings, 0, error);
    if (status != DONE)
        return status;
    run->result_count = clw_op_output_count(run->job.op);
    if (run->result_count > MAX_OUTPUTS)
        return fail(error, "%s has %d outputs, more than %d", clw_op_name(run->job.op),
                    run->result_count, MAX_OUTPUTS);
    return run->settings->memory > 0 ? run_within_memory(run, error) : run_whole(run, error);
}

int compute(const struct settings *settings, clw_error *error)
{
    struct run *const run = calloc(1, sizeof *run);
    if (!run)
        return fail(error, "out of memory");
    run->settings = settings;
    const int status = run_steps(run, error);
    for (int i = 0; i < run->opened; i++)
        output_finish(&run->outputs[i]);
    for (int i = 0; i < run->result_count && i < MAX_OUTPUTS; i++)
        clw_array_release(run->results[i]);
    job_finish(&run->job);
    free(run);
    return status;
}
