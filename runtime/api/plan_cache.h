/* Plans of calls, found again by what they were made for. A hit takes no lock: readers of a slot
 * count themselves in one of its counters, each on a cache line of its own, and a writer takes a
 * slot only while all its counters are 0. Nothing is freed before the context ends; a slot's memory
 * holds one plan after the other. */
#ifndef CLWISE_API_PLAN_CACHE_H
#define CLWISE_API_PLAN_CACHE_H

#include <stdatomic.h>

#include "runtime/device/tiers.h"
#include "runtime/plan/request_key.h"

enum {
    PLAN_CACHE_SETS = 256, /* a key belongs to one, where it takes any slot */
    PLAN_CACHE_SLOTS = 4,
    PLAN_CACHE_COUNTERS = 4,
    PLAN_CACHE_SEEN = 4
};

struct kept_plan {
    struct request_key key;
    struct plan plan; /* of an op that may be gone: no pointer to one is valid */
    struct plan_kernels kernels;
};

struct plan_set;

/* Zeroed memory, and an allocator, is an empty cache. */
struct plan_cache {
    const clw_allocator *allocator;
    _Atomic(struct plan_set *) sets[PLAN_CACHE_SETS];
};

/* What a reader gives back. Of what is kept he changes `kernels` alone. */
struct plan_hold {
    struct kept_plan *kept;
    atomic_int *counter;
};

void plan_cache_finish(struct plan_cache *cache);
/* 1: hold->kept is the plan for this key, until plan_cache_leave. */
int plan_cache_find(struct plan_cache *cache, const struct request_key *key,
                    struct plan_hold *hold);
void plan_cache_leave(const struct plan_hold *hold);
/* Keeps a copy of a plan whose key was not found, if it is not the first time that the key comes.
 * One that was not used lately makes room. Memory that runs out is no error. */
void plan_cache_keep(struct plan_cache *cache, const struct request_key *key,
                     const struct plan *plan, const struct plan_kernels *known);

#endif
