/* How the work of GPUs' skeletons is cut. */
#ifndef CLWISE_DEVICE_CUT_BATCHES_H
#define CLWISE_DEVICE_CUT_BATCHES_H

#include "runtime/device/arguments.h"

struct cut cut_vectors(const struct plan *plan, const struct crew *crew);
struct cut cut_strides(const struct plan *plan, const struct crew *crew);
struct cut cut_local(const struct plan *plan, const struct crew *crew);

#endif
