/* Calls of an op whose graph is larger than a kernel: its parts, one after the other. */
#ifndef CLWISE_API_SPLIT_H
#define CLWISE_API_SPLIT_H

#include "runtime/api/objects.h"

/* What parts must know of the whole. */
struct whole {
    int ndim;
    int64_t shape[CLW_MAX_NDIM], origin;
};

/* ---- split.c ---- */

/* The loops of all parts for these operands; what remains in *last is the last part's, with the
 * result dtypes. */
clw_status split_resolve(const clw_op *op, const struct typed *in,
                         const struct resolve_options *options, struct resolved *last,
                         clw_error *error);
/* Fills *whole. The errors of a call that one kernel would have found before it ran: shapes that do
 * not broadcast, dtypes without a loop, parameters. */
clw_status split_check(clw_context *context, const clw_op *op, const clw_operand *in,
                       clw_array *const *out, const clw_call_options *options, struct whole *whole,
                       clw_error *error);
/* The operands of a part, from those of the whole and from temporaries. */
void split_operands(const struct part *part, const clw_operand *in, clw_array *const *temporaries,
                    clw_operand *operands);
/* A temporary has the shape of all operands of its part; output k alone has that of the operands
 * that it depends on. Replaces the array by one of that shape, made by `make` where there is no
 * element to read. */
clw_status split_narrow(const struct part *part, int k, const clw_operand *operands,
                        clw_status (*make)(clw_context *, clw_dtype, int, const int64_t *,
                                           clw_array **, clw_error *),
                        clw_array **array, clw_error *error);
/* The origin of positions in a part, given that in the whole: axis 0 of a part that lacks it, or
 * along which it has one element, is another axis. */
int64_t split_origin(const struct part *part, const clw_operand *operands,
                     const struct whole *whole);
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
