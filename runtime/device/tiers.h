/* Which tier of the device runs a plan. */
#ifndef CLWISE_DEVICE_TIERS_H
#define CLWISE_DEVICE_TIERS_H

#include "runtime/device/kernels.h"

/* A plan's kernels; zeroed memory: none is made yet. They belong to the kernels of the context. */
struct plan_kernels {
    _Atomic(struct kernel_entry *) of[TIERS];
};

int tiers_any(const struct plan_kernels *known); /* 1 if one is made */
void tiers_copy(const struct plan_kernels *from, struct plan_kernels *to);
/* The tier that is the faster one now, by what is known of the plan's kernels. */
enum tier_name tiers_faster(struct kernels *kernels, const struct plan *plan,
                            struct plan_kernels *known);
/* 1 if the kernel for the tier that is the faster one now is known. */
int tiers_ready(struct kernels *kernels, const struct plan *plan, struct plan_kernels *known);
/* The kernel for the plan, which has elements, on the tier that is the faster one now. It is kept
 * in `known`, which threads may share. *origin is set where a kernel was looked for. A plan without
 * an op gets one that is known. */
clw_status tiers_choose(struct kernels *kernels, const struct plan *plan,
                        struct plan_kernels *known, struct kernel_entry **out,
                        clw_kernel_origin *origin, clw_error *error);

/* 1 if the next run of the kernel is to be timed: tiers_learn then takes note. */
int tiers_ask(const struct kernel_entry *entry, struct kernel_object *object, int64_t elements);
void tiers_learn(struct kernel_entry *entry, int64_t elements, double seconds);

#endif
