#include "runtime/device/tiers.h"

#include "runtime/device/work.h"

/* Of a call, beside the kernel. */
static const double call_seconds = 1e-6;
/* For which waking threads is always worth it. */
static const double surely_large_seconds = 2e-3;

enum {
    MOST_SMALL_BYTES = 4 << 20, /* of all arrays, while the kernel's cost is not known */
    LEAST_TIMED_ELEMENTS = 256, /* fewer tell more of the call than of the kernel */
    FIRST_SAMPLES = 7, /* before which a cost may be of pages touched first, or other programs: */
    LEAST_SAMPLES = 2, /* then it is believed only if it is out of all proportion */
    OUT_OF_PROPORTION = 20,
    RUNS_BETWEEN = 64
};

/* A first run is when drivers specialise. */
int tiers_ask(const struct kernel_entry *entry, struct kernel_object *object, int64_t elements)
{
    if (entry->tier != TIER_SMALL || elements < LEAST_TIMED_ELEMENTS)
        return 0;
    const unsigned run = object->runs++;
    return run > 0 && (run % RUNS_BETWEEN == 0 ||
                       atomic_load_explicit(&entry->samples, memory_order_relaxed) < FIRST_SAMPLES);
}

void tiers_learn(struct kernel_entry *entry, int64_t elements, double seconds)
{
    const double each = (seconds - call_seconds) / (double)elements * 1e12;
    const unsigned cost = each < 1 ? 1 : each < UINT32_MAX ? (unsigned)each : UINT32_MAX;
    unsigned known = atomic_load_explicit(&entry->cost, memory_order_relaxed);
    while ((!known || cost < known) &&
           !atomic_compare_exchange_weak_explicit(&entry->cost, &known, cost, memory_order_relaxed,
                                                  memory_order_relaxed))
        ;
    atomic_fetch_add_explicit(&entry->samples, 1, memory_order_relaxed);
}

static int is_small(const struct device *device, const struct plan *plan,
                    struct kernel_entry *entry)
{
    const unsigned samples =
        entry ? atomic_load_explicit(&entry->samples, memory_order_relaxed) : 0;
    if (samples < LEAST_SAMPLES)
        return plan_bytes(plan) <= MOST_SMALL_BYTES;
    const unsigned cost = atomic_load_explicit(&entry->cost, memory_order_relaxed);
    const double seconds = (double)plan->elements * cost * 1e-12;
    const double most = (double)profile_get(&device->profile, PROFILE_CROSSOVER) * 1e-9;
    return seconds <= most || (samples < FIRST_SAMPLES && seconds <= OUT_OF_PROPORTION * most &&
                               seconds <= surely_large_seconds);
}

int tiers_any(const struct plan_kernels *known)
{
    int found = 0;
    for (int i = 0; i < TIERS; i++)
        found |= atomic_load(&known->of[i]) != NULL;
    return found;
}

void tiers_copy(const struct plan_kernels *from, struct plan_kernels *to)
{
    for (int i = 0; i < TIERS; i++)
        atomic_store(&to->of[i], atomic_load(&from->of[i]));
}

static struct kernel_entry *known_of(struct plan_kernels *known, enum tier_name tier)
{
    return atomic_load_explicit(&known->of[tier], memory_order_acquire);
}

enum tier_name tiers_faster(struct kernels *kernels, const struct plan *plan,
                            struct plan_kernels *known)
{
    return work_may_be_small(kernels->device) &&
                   is_small(kernels->device, plan, known_of(known, TIER_SMALL))
               ? TIER_SMALL
               : TIER_LARGE;
}

int tiers_ready(struct kernels *kernels, const struct plan *plan, struct plan_kernels *known)
{
    return known_of(known, tiers_faster(kernels, plan, known)) != NULL;
}

/* The small tier wants that the large one has done its work. */
static struct kernel_entry *any_known(struct kernels *kernels, struct plan_kernels *known)
{
    struct kernel_entry *large = known_of(known, TIER_LARGE);
    if (large)
        return large;
    device_wait(kernels->device, NULL);
    return known_of(known, TIER_SMALL);
}

clw_status tiers_choose(struct kernels *kernels, const struct plan *plan,
                        struct plan_kernels *known, struct kernel_entry **out,
                        clw_kernel_origin *origin, clw_error *error)
{
    const enum tier_name tier = tiers_faster(kernels, plan, known);
    *out = known_of(known, tier);
    if (!*out && !plan->resolved.op)
        *out = any_known(kernels, known);
    if (*out)
        return CLW_OK;
    const clw_status status = kernels_get(kernels, plan, tier, out, origin, error);
    if (status)
        return status;
    atomic_store_explicit(&known->of[tier], *out, memory_order_release);
    /* Others may know already that the kernel is slow. */
    return tier == TIER_SMALL && !is_small(kernels->device, plan, *out)
               ? tiers_choose(kernels, plan, known, out, origin, error)
               : CLW_OK;
}
