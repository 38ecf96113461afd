/* From a plan to OpenCL C text: pure. */
#ifndef CLWISE_CODEGEN_CODEGEN_H
#define CLWISE_CODEGEN_CODEGEN_H

#include "runtime/plan/plan.h"

#define CODEGEN_KERNEL_NAME "clwise"

/* The program of a plan that has elements. MEMORY; NOT_FOUND for a lib file that is not there. */
clw_status codegen(const struct plan *plan, const struct target *target, struct text *text,
                   clw_error *error);

/* One program with a kernel for each plan, all of which agree in codegen_needs_fp64; what they have
 * in common stands in it once. The name of kernel number i is CODEGEN_OWN CODEGEN_KERNEL_NAME. For
 * devices whose skeletons are in loops. */
#define CODEGEN_OWN "kernel%d_"
clw_status codegen_together(const struct plan *const *plans, int count, const struct target *target,
                            struct text *text, clw_error *error);
/* 1 if something of the plan is computed in double, or kept so. */
int codegen_needs_fp64(const struct plan *plan);

/* The kernel's arguments, in order: a pointer for each array of the plan that has memory; struct
 * geometry; a value
 * for each resolved.scalars; a value for each resolved.params; a uint 0 if plan.hiding.
 *
 * struct geometry, all members in the order given, index_t being int or long:
 *   long    base[narrays];      bytes from the start of the buffer to where the walk begins
 *   index_t extent;             the number of runs, of tiles, elements (grid) or rows (items)
 *   index_t per_item;           runs, tiles: how many consecutive ones a work-item walks
 *   index_t segment, segments;  elements in a run, or columns of a tile; how many along the
 * innermost axis index_t shape[rank];        outermost first index_t step[narrays * rank] byte
 * strides, those of an array together index_t padding             where the size would not be a
 * multiple of a long's */
enum { CODEGEN_GEOMETRY_SCALARS = 4 };

#endif
