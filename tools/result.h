/* Results of a plan, on their way from the device to files. */
#ifndef CLWISE_TOOLS_RESULT_H
#define CLWISE_TOOLS_RESULT_H

#include "tools/elements.h"
#include "tools/job.h"

/* dtype and shape alone, as planned. */
struct elements planned_elements(const clw_plan *plan, int index);
/* A new array for output `index`; zeros if not all of it will be written. */
int result_new(const struct job *job, int index, clw_array **result, clw_error *error);
/* Reads from the array, which is borrowed. */
struct elements result_elements(clw_array *result);
uint64_t result_bytes(const clw_array *result);

#endif
