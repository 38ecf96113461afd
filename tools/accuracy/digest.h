/* One number for the results of each op at each loop, the same on every device. */
#ifndef CLWISE_TOOLS_ACCURACY_DIGEST_H
#define CLWISE_TOOLS_ACCURACY_DIGEST_H

#include "tools/accuracy/settings.h"

/* Prints lines "op dtypes digest", and one of all. 0, or 1 with all said. */
int digest_ops(clw_context *context, const struct settings *settings);

#endif
