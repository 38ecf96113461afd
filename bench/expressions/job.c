/* The memory of a job. */
#include "bench/expressions/expressions.h"
#include "bench/memory.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>

/* The same on every run: a linear congruential generator. */
static void fill(void *memory, clw_dtype dtype, size_t elements, double low, double high,
                 uint32_t state)
{
    for (size_t i = 0; i < elements; ++i) {
        state = state * 1664525u + 1013904223u;
        const double value = low + (high - low) * ((double)state / 4294967296.0);
        if (dtype == CLW_U8)
            ((uint8_t *)memory)[i] = (uint8_t)value;
        else if (dtype == CLW_F32)
            ((float *)memory)[i] = (float)value;
        else
            ((double *)memory)[i] = value;
    }
}

static bool wrap(const struct job *job, clw_dtype dtype, void *memory, clw_array **array,
                 clw_error *error)
{
    const int64_t shape[1] = {(int64_t)job->elements};
    return clw_array_wrap_host(job->context, dtype, 1, shape, NULL, memory,
                               job->elements * clw_dtype_size(dtype), NULL, NULL, array,
                               error) == CLW_OK;
}

bool job_init(struct job *job, clw_error *error)
{
    const struct expression *expression = job->expression;
    bool made = true;
    job->bytes = job->elements * clw_dtype_size(expression->operand);
    job->result = memory_pages(job->elements * clw_dtype_size(expression->result));
    for (int i = 0; i < expression->operands; ++i) {
        job->operand[i] = memory_pages(job->bytes);
        made = made && job->operand[i];
    }
    if (!made || !job->result) {
        *error = (clw_error){CLW_ERROR_MEMORY, "no memory for the operands"};
        return job_finish(job), false;
    }
    for (int i = 0; made && i < expression->operands; ++i) {
        fill(job->operand[i], expression->operand, job->elements, expression->low[i],
             expression->high[i], 20240229u + (unsigned)i);
        made = wrap(job, expression->operand, job->operand[i], &job->operand_array[i], error);
    }
    made = made && wrap(job, expression->result, job->result, &job->result_array, error);
    if (!made)
        job_finish(job);
    return made;
}

void job_finish(struct job *job)
{
    for (int i = 0; i < MAX_OPERANDS; ++i)
        clw_array_release(job->operand_array[i]);
    clw_array_release(job->result_array);
    /* The memory is borrowed until the last use of the arrays, which queued work may be. */
    if (clw_finish(job->context, NULL) == CLW_OK) {
        for (int i = 0; i < MAX_OPERANDS; ++i)
            free(job->operand[i]);
        free(job->result);
    }
    *job = (struct job){0};
}

double array_value(const clw_array *array, size_t index)
{
    const clw_dtype dtype = clw_array_dtype(array);
    float single = NAN;
    double value = NAN;
    clw_array *view = NULL;
    if (clw_array_view(array, 0, NULL, NULL, (int64_t)(index * clw_dtype_size(dtype)), &view,
                       NULL) == CLW_OK) {
        void *const element = dtype == CLW_F32 ? (void *)&single : (void *)&value;
        if (clw_array_read(view, element, clw_dtype_size(dtype), NULL) == CLW_OK &&
            dtype == CLW_F32)
            value = (double)single;
    }
    clw_array_release(view);
    return value;
}
