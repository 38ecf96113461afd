/* What is measured: an op at one of its loops. */
#ifndef CLWISE_TOOLS_ACCURACY_SUBJECT_H
#define CLWISE_TOOLS_ACCURACY_SUBJECT_H

#include "tools/accuracy/device.h"
#include "tools/accuracy/measure.h"
#include "tools/accuracy/settings.h"

struct subject {
    struct loop loop;
    clw_dtype dtype; /* of the first input: what bounds are stated for */
    const struct oracle *real;
    const struct complex_oracle *complex; /* one of the two, or neither */
    struct bound bound;
    int is_exact; /* every bit is defined, and golden tables judge it */
};

/* 1 if all inputs are floats or complex and so is the first output. `oracle`: whose exact values;
 * NULL: the op's own. */
int subject_take(struct subject *subject, const clw_op *op, int loop, const char *oracle);
/* Whether an earlier loop has the same dtypes. */
int subject_is_repeated(const clw_op *op, int loop);

/* What a bad row says of a subject that cannot be judged; NULL if it can, or needs not. */
const char *subject_problem(const struct subject *subject);
int subject_is_judged(const struct subject *subject);

/* Measures `loop`, the subject's or another implementation of it. */
clw_status subject_measure(clw_context *context, const struct settings *settings,
                           const struct subject *subject, const struct loop *loop,
                           struct measurement *found, clw_error *error);

#endif
