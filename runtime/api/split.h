/* Calls of an op whose graph is larger than a kernel: its parts, one after the other. */
#ifndef CLWISE_API_SPLIT_H
#define CLWISE_API_SPLIT_H

#include "runtime/api/objects.h"

/* ---- split.c ---- */

/* The loops of all parts for these operands; what remains in *last is the last part's, with the
 * result dtypes. */
clw_status split_resolve(const clw_op *op, const struct typed *in,
                         const struct resolve_options *options, struct resolved *last,
                         clw_error *error);
/* The errors of a call that one kernel would have found before it ran: shapes that do not
 * broadcast, dtypes without a loop, parameters. */
clw_status split_check(clw_context *context, const clw_op *op, const clw_operand *in,
                       const clw_call_options *options, clw_error *error);
/* The operands of a part, from those of the whole and from temporaries. */
void split_operands(const struct part *part, const clw_operand *in, clw_array *const *temporaries,
                    clw_operand *operands);
/* Replaces an array whose elements are one value by a 0-d one. */
clw_status split_make_scalar(clw_array **array, clw_error *error);
/* Releases the temporaries that nothing after part `index` reads; all of them for the last one. */
void split_release(const struct split *split, int index, clw_array **temporaries);
/* call_checked. */
clw_status split_call(clw_context *context, const clw_op *op, const clw_operand *in,
                      clw_array **out, const clw_call_options *options, clw_error *error);

/* ---- plan_split.c ---- */

/* Makes the plans of all parts, and the words of the whole from theirs. */
clw_status plan_fill_parts(clw_plan *made, const clw_operand *in, clw_array *const *out,
                           const clw_call_options *options, clw_error *error);
clw_status plan_execute_parts(const clw_plan *plan, const clw_operand *in, clw_array *const *out,
                              clw_error *error);

#endif
