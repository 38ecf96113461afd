/* A thread that builds kernels while calls go on with others; clw_config.async_build. */
#ifndef CLWISE_API_BUILDER_H
#define CLWISE_API_BUILDER_H

#include "runtime/device/tiers.h"

struct builder;

/* Without a thread yet. NULL: memory ran out. Borrows the kernels. */
struct builder *builder_new(struct kernels *kernels, const clw_allocator *allocator);
/* Waits for the build that is going on; the others are dropped. In a forked child, where there is
 * no such thread, it waits for nothing. */
void builder_free(struct builder *builder);
/* Builds the plan's kernel for a tier in the thread, unless that is queued or too much is. The
 * plan's op must live as long as the builder. For several threads at once. */
void builder_add(struct builder *builder, const struct plan *plan, enum tier_name tier);

#endif
