/* From a plan to OpenCL C text: pure. */
#ifndef CLWISE_CODEGEN_CODEGEN_H
#define CLWISE_CODEGEN_CODEGEN_H

#include "runtime/plan/plan.h"

#define CODEGEN_KERNEL_NAME "clwise"

/* The program of a plan that has elements. MEMORY; NOT_FOUND for a lib file that is not there. */
clw_status codegen(const struct plan *plan, const struct target *target, struct text *text,
                   clw_error *error);

/* The kernel's arguments, in order: a pointer for each array of the plan that has memory; struct
 * geometry; a value
 * for each resolved.scalars; a value for each resolved.params.
 *
 * struct geometry, all members in the order given, index_t being int or long:
 *   long    base[narrays];      bytes from the start of the buffer to where the walk begins
 *   index_t extent;             the number of runs (runs), elements (grid) or rows (items)
 *   index_t per_item;           runs: how many consecutive runs a work-item walks
 *   index_t segment, segments;  runs: elements in a run, and runs along the innermost axis
 *   index_t shape[rank];        outermost first
 *   index_t step[narrays * rank] byte strides, those of an array together
 *   index_t padding             where the size would not be a multiple of a long's */
enum { CODEGEN_GEOMETRY_SCALARS = 4 };

#endif
