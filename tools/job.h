/* An operation with its operands and plan, as run, eval and explain need it. */
#ifndef CLWISE_TOOLS_JOB_H
#define CLWISE_TOOLS_JOB_H

#include "tools/operand.h"
#include "tools/settings.h"

struct job {
    clw_context *context;
    const clw_op *op;
    clw_op *own_op;     /* of an expression */
    const char **words; /* an operand's each, borrowed */
    struct operand *operands;
    clw_operand *in; /* their values, once they are loaded */
    int nin, opened;
    const char *where_path; /* NULL: none */
    clw_array *where;
    clw_call_options options;
    int has_cast; /* results are cast to `cast` */
    clw_dtype cast;
    clw_plan *plan;
    double read_seconds;
};

/* Operands are OP and its inputs, or, if the settings say `named`, an expression and NAME=VALUE for
 * each of its names. Files are opened, and nothing is computed or read whole but images. With
 * `sketches`, an input may be "f32[2,3]": an array of that dtype and shape without values.
 * job_finish is due in every case. */
int job_open(struct job *job, const struct settings *settings, int sketches, clw_error *error);
/* The broadcast shape of the inputs, which need not be read yet. */
int job_result_shape(const struct job *job, int *ndim, int64_t *shape, clw_error *error);
/* Reads all inputs and makes the plan. */
int job_load(struct job *job, clw_error *error);
void job_finish(struct job *job);
/* Of output `index`. */
const char *job_output_name(const struct job *job, int index);
/* "compiled in 0.031 s", "from the disk cache in ...". */
const char *job_kernel_words(const struct job *job, char *words, size_t room);

#endif
