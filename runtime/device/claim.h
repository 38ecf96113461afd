/* Who uses a buffer at the moment: many read it, or one writes it. Calls that run at once in their
 * threads take turns by this; on a queue in order they take turns anyway. */
#ifndef CLWISE_DEVICE_CLAIM_H
#define CLWISE_DEVICE_CLAIM_H

#include "runtime/device/buffer.h"

/* What a call uses, each buffer once. */
struct claims {
    int count;
    struct claim {
        struct buffer *buffer;
        int writes;
    } of[PLAN_MAX_OPERANDS];
};

void claims_add(struct claims *claims, struct buffer *buffer, int writes);
/* Waits for others; all at once, so that nobody waits for who waits for him. */
void claims_take(const struct claims *claims);
void claims_end(const struct claims *claims);

#endif
