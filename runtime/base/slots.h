/* A few objects that threads take and give back without a lock. */
#ifndef CLWISE_BASE_SLOTS_H
#define CLWISE_BASE_SLOTS_H

#include <stdatomic.h>

#include "runtime/base/thread.h"

enum { SLOTS = 16 };

union slot {
    _Atomic(void *) object;
    char line[CACHE_LINE];
};

/* Zeroed: empty. */
struct slots {
    union slot of[SLOTS];
};

/* An object that is the caller's alone from now on, or NULL. */
void *slots_take(struct slots *slots);
/* 0 if there is no room: then the object stays the caller's. */
int slots_give(struct slots *slots, void *object);

#endif
