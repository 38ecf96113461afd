#include "runtime/base/slots.h"

#include <stddef.h>

/* Where a thread begins to look: it meets what it gave back, and no other thread. */
static union slot *slot_of(struct slots *slots, unsigned first, unsigned i)
{
    return &slots->of[(first + i) % SLOTS];
}

void *slots_take(struct slots *slots)
{
    const unsigned first = thread_bits();
    void *object = NULL;
    for (unsigned i = 0; !object && i < SLOTS; i++) {
        union slot *slot = slot_of(slots, first, i);
        if (atomic_load_explicit(&slot->object, memory_order_relaxed))
            object = atomic_exchange_explicit(&slot->object, NULL, memory_order_acquire);
    }
    return object;
}

int slots_give(struct slots *slots, void *object)
{
    const unsigned first = thread_bits();
    for (unsigned i = 0; i < SLOTS; i++) {
        union slot *slot = slot_of(slots, first, i);
        void *none = NULL;
        if (!atomic_load_explicit(&slot->object, memory_order_relaxed) &&
            atomic_compare_exchange_strong_explicit(&slot->object, &none, object,
                                                    memory_order_release, memory_order_relaxed))
            return 1;
    }
    return 0;
}
