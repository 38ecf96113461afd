/* An operation with its operands and plan, as run and explain need it. */
#ifndef CLWISE_TOOLS_JOB_H
#define CLWISE_TOOLS_JOB_H

#include "tools/settings.h"

struct job {
    clw_context *context;
    const clw_op *op;
    clw_op *own_op; /* of an expression */
    clw_operand *in;
    clw_array **arrays; /* those of `in`; NULL for numbers */
    int nin;
    clw_array *where;
    clw_call_options options;
    clw_plan *plan;
    double read_seconds;
};

/* Operands are OP and its inputs. With `sketches`, an input may be "f32[2,3]": an array of that
 * dtype and shape without values. job_finish is due in every case. */
int job_init(struct job *job, const struct settings *settings, int sketches, clw_error *error);
void job_finish(struct job *job);
/* Of output `index`. */
const char *job_output_name(const struct job *job, int index);
/* "compiled in 0.031 s", "from the disk cache in ...". */
const char *job_kernel_words(const struct job *job, char *words, size_t room);

double seconds_now(void);

#endif
