/* The memory of a job. */
#include "bench/expressions/expressions.h"

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
        made = memory_wrap(job->context, expression->operand, job->elements, job->operand[i],
                           &job->operand_array[i], error);
    }
    made = made && memory_wrap(job->context, expression->result, job->elements, job->result,
                               &job->result_array, error);
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
