/* One number for the results of an op at one loop, the same on every device. */
#ifndef CLWISE_TOOLS_DIGEST_H
#define CLWISE_TOOLS_DIGEST_H

#include <clwise/clwise.h>

#include "tools/accuracy/random.h"

enum { DIGEST_MAX_DTYPES = 16 };

/* `count` elements drawn from the stream: special values, bits of all kinds, numbers near 0. Where
 * devices may flush subnormals there are none, nor numbers below 2^-80, whose rounding errors are.
 */
clw_status digest_inputs(clw_context *context, clw_dtype dtype, size_t count,
                         struct random_stream *stream, clw_array **out, clw_error *error);

/* Of results on `points` seeded inputs at the loop with these dtypes, inputs first. NaNs count as
 * one, results as small as that as 0. */
clw_status digest_loop(clw_context *context, const clw_op *op, const clw_dtype *dtypes,
                       size_t points, uint64_t seed, uint64_t *digest, clw_error *error);

#endif
