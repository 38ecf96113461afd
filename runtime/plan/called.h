/* Ops that bodies call: which loop of them. */
#ifndef CLWISE_PLAN_CALLED_H
#define CLWISE_PLAN_CALLED_H

#include "runtime/plan/promote.h"

/* What the inputs of the other op are given as, where T is `t`. */
clw_dtype called_dtype(const struct called *call, clw_dtype t);
/* The loop that promotion picks for them. DTYPE. */
clw_status called_loop(const struct called *call, clw_dtype t, clw_promotion rule, int demote,
                       struct loop *loop, clw_error *error);
/* All calls below a loop of the op have loops; *wide becomes the first of their dtypes that needs
 * doubles, if there is one. DTYPE. */
clw_status called_check(const struct clw_op *op, clw_dtype t, clw_promotion rule, int demote,
                        clw_dtype *wide, clw_error *error);

#endif
