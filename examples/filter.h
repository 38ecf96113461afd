/* A low-pass filter of element-wise operations. */
#ifndef CLWISE_EXAMPLES_FILTER_H
#define CLWISE_EXAMPLES_FILTER_H

#include <clwise/clwise.h>

/* Taps to either side of the middle one: what a line has more than the sound in it, at both ends.
 */
enum { FILTER_MARGIN = 40 };

/* Filters along the last axis of a line, (n + 2 margins) or (rows, n + 2 margins), into *out, (n)
 * or (rows, n), which is made if it is NULL. `cutoff` is in parts of the sampling rate. */
clw_status low_pass(clw_context *ctx, const clw_array *line, double cutoff, clw_array **out,
                    clw_error *err);

#endif
