#include <jansson.h>
#include <limits.h>
#include <stdio.h>

#include "tools/command.h"
#include "tools/job.h"
#include "tools/print.h"
#include "tools/registry.h"
#include "tools/report.h"
#include "tools/result.h"

static json_t *output_json(const struct job *job, int index)
{
    const struct elements planned = planned_elements(job->plan, index);
    json_t *const shape = json_array();
    for (int axis = 0; axis < planned.ndim; axis++)
        json_array_append_new(shape, json_integer(planned.shape[axis]));
    return json_pack("{s:o, s:s, s:o}", "name", json_words(job_output_name(job, index)), "dtype",
                     clw_dtype_name(planned.dtype), "shape", shape);
}

static json_t *job_json(const struct job *job)
{
    char signature[400];
    json_t *const outputs = json_array();
    for (int i = 0; i < clw_op_output_count(job->op); i++)
        json_array_append_new(outputs, output_json(job, i));
    op_signature(job->op, signature, sizeof signature);
    return json_pack("{s:o, s:o, s:o, s:o, s:o}", "op", json_words(signature), "outputs", outputs,
                     "key", json_words(clw_plan_key(job->plan)), "geometry",
                     json_words(clw_plan_geometry(job->plan)), "source",
                     json_words(clw_plan_source(job->plan)));
}

/* Lines of text, each indented. */
static void print_block(const char *title, const char *text)
{
    printf("%s\n", title);
    int begins = 1;
    for (; *text; text++) {
        if (begins && *text != '\n')
            printf("    ");
        putchar(*text);
        begins = *text == '\n';
    }
    if (!begins)
        putchar('\n');
}

static void print_job(const struct job *job)
{
    char words[SHAPE_TEXT_BYTES];
    printf("op        %s\n", op_signature(job->op, words, sizeof words));
    for (int i = 0; i < clw_op_output_count(job->op); i++) {
        const struct elements planned = planned_elements(job->plan, i);
        printf("output    %s  %s %s\n", job_output_name(job, i), clw_dtype_name(planned.dtype),
               shape_text(planned.ndim, planned.shape, words, sizeof words));
    }
    printf("key       %s\n", clw_plan_key(job->plan));
    printf("kernel    %s\n", job_kernel_words(job, words, sizeof words));
    print_block("geometry", clw_plan_geometry(job->plan));
    print_block("source", clw_plan_source(job->plan));
}

static int run(struct settings *settings, clw_error *error)
{
    struct job job;
    int status = job_open(&job, settings, 1, error);
    if (status == DONE)
        status = job_load(&job, error);
    if (status == DONE && settings->json)
        status = print_json(job_json(&job), error);
    else if (status == DONE)
        print_job(&job);
    if (status == MISUSED)
        status = fail_in(error, "explain", status);
    job_finish(&job);
    return status;
}

static const struct option_row options[] = {
    DTYPE_ROW,
    CASTING_ROW,
    PARAM_ROW("set a parameter of the op"),
    TEXT(0, "where", "FILE", where, "compute only where FILE is true"),
    EXPRESSION_ROW,
    LOAD_ROW,
    DEVICE_ROW,
    PROMOTION_ROW,
    FP64_ROW,
    CACHE_ROW,
    JSON_ROW,
    FLAG('v', "verbose", verbose, "tell cache hits and misses"),
    HELP_ROW,
    LAST_ROW};

const struct command command_explain = {
    "explain",
    "OP IN...",
    "Tell how an operation would be computed, with its OpenCL C",
    "Prints the result's dtype and shape, the kernel's key, the geometry that is left when axes\n"
    "are merged, and the generated source. An input is as for clwise run, or a dtype and a shape\n"
    "such as f32[4096,1024]. With --device none nothing is compiled.\n",
    options,
    1,
    INT_MAX,
    run};
