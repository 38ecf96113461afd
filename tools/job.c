#include "tools/job.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tools/binding.h"
#include "tools/progress.h"
#include "tools/registry.h"
#include "tools/report.h"
#include "tools/seconds.h"

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

static int check_outputs(const struct job *job, const struct settings *settings, clw_error *error)
{
    char signature[400];
    const int outputs = clw_op_output_count(job->op);
    if (settings->output_count == 0 || settings->output_count == outputs)
        return DONE;
    return misuse(error, "%s has %d output%s, and -o is given %d time%s",
                  op_signature(job->op, signature, sizeof signature), outputs,
                  outputs == 1 ? "" : "s", settings->output_count,
                  settings->output_count == 1 ? "" : "s");
}

static int take_words(struct job *job, const struct settings *settings, clw_error *error)
{
    char signature[400];
    const int given = settings->operand_count - 1;
    if (settings->named)
        return bind_names(job->op, settings, job->words, error);
    if (given != job->nin)
        return misuse(error, "%s takes %d input%s, and %d %s given",
                      op_signature(job->op, signature, sizeof signature), job->nin,
                      job->nin == 1 ? "" : "s", given, given == 1 ? "is" : "are");
    memcpy(job->words, settings->operands + 1, (size_t)given * sizeof *job->words);
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
static int check_standard_input(const struct job *job, clw_error *error)
{
    int count = job->where_path && strcmp(job->where_path, "-") == 0;
    for (int i = 0; i < job->nin; i++)
        count += strcmp(job->words[i], "-") == 0;
    return count > 1 ? misuse(error, "standard input is given %d times", count) : DONE;
}

/* Images are read as they are opened, into what is left of `memory`. */
static int open_operands(struct job *job, int sketches, uint64_t memory, clw_error *error)
{
    const double start = seconds_now();
    int status = DONE;
    for (int i = 0; i < job->nin && status == DONE; i++) {
        struct operand *const operand = &job->operands[job->opened++];
        status = operand_open(operand, job->words[i], sketches, memory, error);
        memory -= operand->file.array.bytes;
    }
    job->read_seconds = seconds_now() - start;
    return status;
}

static int load_operands(struct job *job, clw_error *error)
{
    const double start = seconds_now();
    int status = DONE;
    for (int i = 0; i < job->nin && status == DONE; i++) {
        status = operand_load(&job->operands[i], job->context, error);
        job->in[i] = operand_value(&job->operands[i]);
    }
    if (status == DONE && job->where_path)
        status = where_load(job->context, job->where_path, &job->where, error);
    job->options.where = job->where;
    job->read_seconds += seconds_now() - start;
    return status;
}

/* The library's sentence begins with its function, which is not what was called here. */
static int broadcast(const struct job *job, int count, const int *ndims,
                     const int64_t *const *shapes, int *ndim, int64_t *shape, clw_error *error)
{
    clw_error told;
    if (!clw_broadcast_shapes(count, ndims, shapes, ndim, shape, &told))
        return DONE;
    const char *const sentence = strstr(told.message, ": ");
    return fail(error, "%s: %s", clw_op_name(job->op), sentence ? sentence + 2 : told.message);
}

int job_result_shape(const struct job *job, int *ndim, int64_t *shape, clw_error *error)
{
    const size_t room = (size_t)job->nin + 1;
    int *const ndims = calloc(room, sizeof *ndims);
    const int64_t **const shapes = calloc(room, sizeof *shapes);
    int count = 0;
    for (int i = 0; i < job->nin && ndims && shapes; i++)
        if (job->operands[i].is_array) {
            ndims[count] = job->operands[i].file.header.ndim;
            shapes[count++] = job->operands[i].file.header.shape;
        }
    const int status = ndims && shapes ? broadcast(job, count, ndims, shapes, ndim, shape, error)
                                       : fail(error, "out of memory");
    free(ndims);
    free(shapes);
    return status;
}

/* Outputs of --dtype, which take the results with a cast. */
static int make_outputs(const struct job *job, clw_array **outputs, int count, clw_error *error)
{
    int ndim;
    int64_t shape[CLW_MAX_NDIM];
    if (!job->has_cast)
        return DONE;
    int status = job_result_shape(job, &ndim, shape, error);
    for (int i = 0; i < count && status == DONE; i++)
        if (clw_array_empty(job->context, job->cast, ndim, shape, &outputs[i], error))
            status = FAILED;
    return status;
}

static int make_plan(struct job *job, clw_error *error)
{
    const int count = clw_op_output_count(job->op);
    clw_array **const outputs = calloc((size_t)count + 1, sizeof(clw_array *));
    if (!outputs)
        return fail(error, "out of memory");
    int status = make_outputs(job, outputs, count, error);
    progress_begin("building the kernel of", clw_op_name(job->op), 0);
    if (status == DONE && clw_plan_create(job->context, job->op, job->in, job->nin, outputs, count,
                                          &job->options, &job->plan, error))
        status = FAILED;
    progress_end();
    for (int i = 0; i < count; i++)
        clw_array_release(outputs[i]);
    free(outputs);
    return status;
}

static int allocate(struct job *job, clw_error *error)
{
    job->nin = clw_op_input_count(job->op);
    const size_t room = (size_t)job->nin + 1;
    job->words = calloc(room, sizeof *job->words);
    job->operands = calloc(room, sizeof *job->operands);
    job->in = calloc(room, sizeof *job->in);
    return job->words && job->operands && job->in ? DONE : fail(error, "out of memory");
}

int job_open(struct job *job, const struct settings *settings, int sketches, clw_error *error)
{
    const uint64_t memory = settings->memory > 0 ? settings->memory : UINT64_MAX;
    memset(job, 0, sizeof *job);
    job->options = settings->call;
    job->where_path = settings->where;
    if (settings->named) {
        job->options.nparams = 0; /* they are values of names */
        job->options.has_dtype = 0;
        job->has_cast = settings->call.has_dtype;
        job->cast = settings->call.dtype;
    }
    int status = registry_open(settings, NULL, &job->context, error);
    if (status == DONE)
        status = find_op(job, settings, error);
    if (status == DONE)
        status = allocate(job, error);
    if (status == DONE)
        status = take_words(job, settings, error);
    if (status == DONE)
        status = check_outputs(job, settings, error);
    if (status == DONE)
        status = check_params(job, error);
    if (status == DONE)
        status = check_standard_input(job, error);
    return status == DONE ? open_operands(job, sketches, memory, error) : status;
}

int job_load(struct job *job, clw_error *error)
{
    const int status = load_operands(job, error);
    return status == DONE ? make_plan(job, error) : status;
}

void job_finish(struct job *job)
{
    clw_plan_destroy(job->plan);
    for (int i = 0; i < job->opened; i++)
        operand_finish(&job->operands[i]);
    clw_array_release(job->where);
    free(job->words);
    free(job->operands);
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
