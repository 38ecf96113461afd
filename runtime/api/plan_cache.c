#include "runtime/api/plan_cache.h"

#include <limits.h>
#include <string.h>

#include "runtime/base/memory.h"
#include "runtime/base/thread.h"

/* Readers in a slot; below 0 a writer has it, and who counts himself nonetheless takes that back.
 * As large as a cache line. */
union counter {
    atomic_int readers;
    char line[CACHE_LINE];
};

enum { WRITER = INT_MIN / 2 };

struct plan_set {
    _Atomic uint64_t hash[PLAN_CACHE_SLOTS]; /* of the key in the slot, or 0; a hint */
    atomic_int used[PLAN_CACHE_SLOTS];       /* since the hand came by last */
    struct kept_plan *kept[PLAN_CACHE_SLOTS];
    atomic_uint hand, next_seen;
    _Atomic uint64_t seen[PLAN_CACHE_SEEN]; /* hashes of keys that came lately and are not kept */
    union counter counters[PLAN_CACHE_SLOTS][PLAN_CACHE_COUNTERS];
};

void plan_cache_finish(struct plan_cache *cache)
{
    for (int i = 0; i < PLAN_CACHE_SETS; i++) {
        struct plan_set *set = atomic_load(&cache->sets[i]);
        for (int slot = 0; set && slot < PLAN_CACHE_SLOTS; slot++)
            memory_free(cache->allocator, set->kept[slot]);
        memory_free(cache->allocator, set);
    }
}

static _Atomic(struct plan_set *) *place_of(struct plan_cache *cache, const struct request_key *key)
{
    return &cache->sets[key->hash >> 32 & (PLAN_CACHE_SETS - 1)];
}

/* ---- reading ---- */

/* The slot's plan cannot change from here on to the matching leave. */
static int enter(atomic_int *counter)
{
    if (atomic_fetch_add_explicit(counter, 1, memory_order_acquire) >= 0)
        return 1;
    atomic_fetch_sub_explicit(counter, 1, memory_order_relaxed);
    return 0;
}

void plan_cache_leave(const struct plan_hold *hold)
{
    atomic_fetch_sub_explicit(hold->counter, 1, memory_order_release);
}

static int read_slot(struct plan_set *set, int slot, const struct request_key *key,
                     struct plan_hold *hold)
{
    hold->counter = &set->counters[slot][thread_bits() % PLAN_CACHE_COUNTERS].readers;
    if (!enter(hold->counter))
        return 0;
    hold->kept = set->kept[slot];
    if (hold->kept && request_keys_equal(&hold->kept->key, key)) {
        if (!atomic_load_explicit(&set->used[slot], memory_order_relaxed))
            atomic_store_explicit(&set->used[slot], 1, memory_order_relaxed);
        return 1;
    }
    plan_cache_leave(hold);
    return 0;
}

int plan_cache_find(struct plan_cache *cache, const struct request_key *key, struct plan_hold *hold)
{
    struct plan_set *set = atomic_load_explicit(place_of(cache, key), memory_order_acquire);
    for (int slot = 0; set && slot < PLAN_CACHE_SLOTS; slot++)
        if (atomic_load_explicit(&set->hash[slot], memory_order_relaxed) == key->hash &&
            read_slot(set, slot, key, hold))
            return 1;
    return 0;
}

/* ---- writing ---- */

static void unlock(struct plan_set *set, int slot, int count)
{
    for (int i = 0; i < count; i++)
        atomic_fetch_sub_explicit(&set->counters[slot][i].readers, WRITER, memory_order_release);
}

/* 0 if somebody reads or writes there: nobody waits. */
static int try_lock(struct plan_set *set, int slot)
{
    for (int i = 0; i < PLAN_CACHE_COUNTERS; i++) {
        int none = 0;
        if (!atomic_compare_exchange_strong_explicit(&set->counters[slot][i].readers, &none, WRITER,
                                                     memory_order_acquire, memory_order_relaxed)) {
            unlock(set, slot, i);
            return 0;
        }
    }
    return 1;
}

static void write_slot(struct plan_cache *cache, struct plan_set *set, int slot,
                       const struct request_key *key, const struct plan *plan,
                       const struct plan_kernels *known)
{
    struct kept_plan *kept = set->kept[slot];
    if (!kept)
        kept = set->kept[slot] = memory_new(cache->allocator, 1, sizeof *kept);
    if (!kept)
        return;
    kept->key.count = key->count;
    kept->key.hash = key->hash;
    memcpy(kept->key.words, key->words, (size_t)key->count * sizeof *key->words);
    kept->plan = *plan;
    kept->plan.resolved.op = NULL;
    tiers_copy(known, &kept->kernels);
    atomic_store_explicit(&set->hash[slot], key->hash, memory_order_relaxed);
    atomic_store_explicit(&set->used[slot], 1, memory_order_relaxed);
}

/* The set of the key, made if need be; NULL if memory ran out. */
static struct plan_set *set_of(struct plan_cache *cache, const struct request_key *key)
{
    struct plan_set *set = atomic_load_explicit(place_of(cache, key), memory_order_acquire);
    if (set)
        return set;
    struct plan_set *made = memory_new(cache->allocator, 1, sizeof *made);
    if (!made || atomic_compare_exchange_strong(place_of(cache, key), &set, made))
        return made;
    memory_free(cache->allocator, made);
    return set;
}

/* 1 if the key has come before, lately; else it is noted. */
static int was_seen(struct plan_set *set, uint64_t hash)
{
    for (int i = 0; i < PLAN_CACHE_SEEN; i++)
        if (atomic_load_explicit(&set->seen[i], memory_order_relaxed) == hash)
            return 1;
    const unsigned next = atomic_fetch_add_explicit(&set->next_seen, 1, memory_order_relaxed);
    atomic_store_explicit(&set->seen[next % PLAN_CACHE_SEEN], hash, memory_order_relaxed);
    return 0;
}

static int is_kept(struct plan_set *set, uint64_t hash)
{
    for (int slot = 0; slot < PLAN_CACHE_SLOTS; slot++)
        if (atomic_load_explicit(&set->hash[slot], memory_order_relaxed) == hash)
            return 1;
    return 0;
}

/* Free ones first; else the hand goes around, and what was used is passed over once. -1: all are in
 * use. */
static int lock_a_slot(struct plan_set *set)
{
    for (int slot = 0; slot < PLAN_CACHE_SLOTS; slot++)
        if (!atomic_load_explicit(&set->hash[slot], memory_order_relaxed) && try_lock(set, slot))
            return slot;
    for (int i = 0; i < 2 * PLAN_CACHE_SLOTS; i++) {
        const unsigned hand = atomic_fetch_add_explicit(&set->hand, 1, memory_order_relaxed);
        const int slot = (int)(hand % PLAN_CACHE_SLOTS);
        if (!atomic_exchange_explicit(&set->used[slot], 0, memory_order_relaxed) &&
            try_lock(set, slot))
            return slot;
    }
    return -1;
}

void plan_cache_keep(struct plan_cache *cache, const struct request_key *key,
                     const struct plan *plan, const struct plan_kernels *known)
{
    struct plan_set *set = set_of(cache, key);
    if (!set || is_kept(set, key->hash) || !was_seen(set, key->hash))
        return;
    const int slot = lock_a_slot(set);
    if (slot < 0)
        return;
    write_slot(cache, set, slot, key, plan, known);
    unlock(set, slot, PLAN_CACHE_COUNTERS);
}
