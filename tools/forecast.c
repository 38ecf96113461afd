#include "tools/forecast.h"

#include <stdlib.h>
#include <string.h>

#include "tools/report.h"

/* An array of the operand's dtype that takes no work. 0-d stays 0-d, for PyTorch's promotion. */
static int make_empty(const struct job *job, clw_dtype dtype, int ndim, clw_array **array,
                      clw_error *error)
{
    const int64_t none = 0;
    return clw_array_empty(job->context, dtype, ndim > 0, &none, array, error) ? FAILED : DONE;
}

/* `arrays` has room for the inputs, then the outputs. */
static int make_plan(const struct job *job, clw_array **arrays, clw_operand *in, clw_plan **plan,
                     clw_error *error)
{
    const int outputs = clw_op_output_count(job->op);
    int status = DONE, ndim = 0;
    for (int i = 0; i < job->nin && status == DONE; i++) {
        const struct operand *const operand = &job->operands[i];
        const struct npy_header *const header = &operand->file.header;
        if (operand->is_array)
            status = make_empty(job, header->dtype, header->ndim, &arrays[i], error);
        in[i] = (clw_operand){arrays[i], operand->scalar};
        ndim = operand->is_array && header->ndim > ndim ? header->ndim : ndim;
    }
    for (int i = 0; i < outputs && status == DONE && job->has_cast; i++)
        status = make_empty(job, job->cast, ndim, &arrays[job->nin + i], error);
    if (status == DONE && clw_plan_create(job->context, job->op, in, job->nin, arrays + job->nin,
                                          outputs, &job->options, plan, error))
        status = FAILED;
    return status;
}

/* By a plan for empty arrays, which needs no kernel. */
static int find_dtypes(struct forecast *forecast, const struct job *job, clw_error *error)
{
    const int total = job->nin + forecast->count;
    clw_array **const arrays = calloc((size_t)total + 1, sizeof(clw_array *));
    clw_operand *const in = calloc((size_t)job->nin + 1, sizeof *in);
    clw_plan *plan = NULL;
    const int status =
        arrays && in ? make_plan(job, arrays, in, &plan, error) : fail(error, "out of memory");
    for (int i = 0; i < forecast->count && status == DONE; i++)
        forecast->dtypes[i] = clw_plan_output_dtype(plan, i);
    clw_plan_destroy(plan);
    for (int i = 0; i < total && arrays; i++)
        clw_array_release(arrays[i]);
    free(arrays);
    free(in);
    return status;
}

static void count_in(struct forecast *forecast, size_t bytes)
{
    forecast->all_bytes += bytes;
    forecast->largest = bytes > forecast->largest ? bytes : forecast->largest;
}

static int find_sizes(struct forecast *forecast, const struct job *job, clw_error *error)
{
    char words[SHAPE_TEXT_BYTES];
    for (int i = 0; i < job->nin; i++)
        count_in(forecast, job->operands[i].file.header.bytes);
    for (int i = 0; i < forecast->count; i++) {
        if (!host_array_bytes(forecast->dtypes[i], forecast->ndim, forecast->shape,
                              &forecast->bytes[i]))
            return fail(error, "a result of shape %s of %s exceeds what can be addressed",
                        shape_text(forecast->ndim, forecast->shape, words, sizeof words),
                        clw_dtype_name(forecast->dtypes[i]));
        count_in(forecast, forecast->bytes[i]);
    }
    return DONE;
}

int forecast_make(struct forecast *forecast, const struct job *job, clw_error *error)
{
    memset(forecast, 0, sizeof *forecast);
    forecast->count = clw_op_output_count(job->op);
    int status = job_result_shape(job, &forecast->ndim, forecast->shape, error);
    if (status == DONE)
        status = find_dtypes(forecast, job, error);
    return status == DONE ? find_sizes(forecast, job, error) : status;
}

struct elements forecast_elements(const struct forecast *forecast, int index)
{
    const struct elements elements = {
        .dtype = forecast->dtypes[index], .ndim = forecast->ndim, .shape = forecast->shape};
    return elements;
}
