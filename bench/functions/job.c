/* The memory of a job. */
#include "bench/functions/functions.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>

static bool is_complex(clw_dtype dtype)
{
    return dtype == CLW_C64 || dtype == CLW_C128;
}

/* Numbers of the interval, the same on every run: a linear congruential generator. */
static void fill(void *memory, clw_dtype dtype, size_t elements, const struct interval *interval,
                 uint32_t state)
{
    const size_t numbers = is_complex(dtype) ? 2 * elements : elements;
    const bool single = dtype == CLW_F32 || dtype == CLW_C64;
    for (size_t i = 0; i < numbers; ++i) {
        state = state * 1664525u + 1013904223u;
        const double fraction = (double)state / 4294967296.0;
        const double width = interval->high - interval->low + (interval->whole ? 1 : 0);
        const double number = interval->low + width * fraction;
        const double value = interval->whole ? floor(number) : number;
        if (single)
            ((float *)memory)[i] = (float)value;
        else
            ((double *)memory)[i] = value;
    }
}

static bool make_input(struct job *job, int index, clw_error *error)
{
    static const struct interval parts = {-5, 5, false};
    const struct interval *interval =
        is_complex(job->dtype) ? &parts : &job->function->inputs[index];
    job->in[index] = memory_pages(job->bytes);
    if (!job->in[index]) {
        *error = (clw_error){CLW_ERROR_MEMORY, "no memory for the inputs"};
        return false;
    }
    fill(job->in[index], job->dtype, job->elements, interval, 20240229u + (unsigned)index);
    return memory_wrap(job->context, job->dtype, job->elements, job->in[index],
                       &job->array_in[index], error);
}

static bool make_result(struct job *job, clw_error *error)
{
    clw_operand in[MAX_INPUTS];
    for (int i = 0; i < job->function->input_count; ++i)
        in[i] = CLW_ARRAY(job->array_in[i]);
    if (!job->op || clw_result_type(job->context, job->op, in, job->function->input_count,
                                    &job->result, 1, NULL) != CLW_OK)
        job->result = job->dtype;
    job->y = memory_pages(job->elements * clw_dtype_size(job->result));
    job->spare = memory_pages(job->bytes);
    if (!job->y || !job->spare) {
        *error = (clw_error){CLW_ERROR_MEMORY, "no memory for the result"};
        return false;
    }
    return memory_wrap(job->context, job->result, job->elements, job->y, &job->array_y, error) &&
           memory_wrap(job->context, job->dtype, job->elements, job->spare, &job->array_spare,
                       error);
}

bool job_init(struct job *job, clw_error *error)
{
    bool made = true;
    job->bytes = job->elements * clw_dtype_size(job->dtype);
    for (int i = 0; i < job->function->input_count && made; ++i)
        made = make_input(job, i, error);
    if (made && make_result(job, error))
        return true;
    job_finish(job);
    return false;
}

void job_finish(struct job *job)
{
    for (int i = 0; i < MAX_INPUTS; ++i)
        clw_array_release(job->array_in[i]);
    clw_array_release(job->array_y);
    clw_array_release(job->array_spare);
    /* The memory is borrowed until the last use of the arrays, which queued work may be. */
    if (clw_finish(job->context, NULL) == CLW_OK) {
        for (int i = 0; i < MAX_INPUTS; ++i)
            free(job->in[i]);
        free(job->y);
        free(job->spare);
    }
    *job = (struct job){0};
}
