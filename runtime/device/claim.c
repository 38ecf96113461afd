#include "runtime/device/claim.h"

#include <sched.h>

enum { WRITTEN = -1 };

void claims_add(struct claims *claims, struct buffer *buffer, int writes)
{
    int i = 0;
    while (i < claims->count && claims->of[i].buffer != buffer)
        i++;
    if (i == claims->count)
        claims->of[claims->count++] = (struct claim){buffer, writes};
    else
        claims->of[i].writes |= writes;
}

static int try_one(const struct claim *claim)
{
    atomic_int *users = &claim->buffer->users;
    int now = atomic_load_explicit(users, memory_order_relaxed);
    if (claim->writes) {
        now = 0;
        return atomic_compare_exchange_strong(users, &now, WRITTEN);
    }
    while (now != WRITTEN)
        if (atomic_compare_exchange_weak(users, &now, now + 1))
            return 1;
    return 0;
}

static void end_one(const struct claim *claim)
{
    if (claim->writes)
        atomic_store_explicit(&claim->buffer->users, 0, memory_order_release);
    else
        atomic_fetch_sub(&claim->buffer->users, 1);
}

static int try_all(const struct claims *claims)
{
    for (int i = 0; i < claims->count; i++) {
        if (try_one(&claims->of[i]))
            continue;
        while (i-- > 0)
            end_one(&claims->of[i]);
        return 0;
    }
    return 1;
}

void claims_take(const struct claims *claims)
{
    while (!try_all(claims))
        sched_yield();
}

void claims_end(const struct claims *claims)
{
    for (int i = 0; i < claims->count; i++)
        end_one(&claims->of[i]);
}
