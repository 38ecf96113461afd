/* Kernels of a context: made once for each key, from the disk cache or from source. */
#ifndef CLWISE_DEVICE_KERNELS_H
#define CLWISE_DEVICE_KERNELS_H

#include <stdatomic.h>

#include "runtime/base/slots.h"
#include "runtime/cache/disk.h"
#include "runtime/device/device.h"

/* A kernel of the driver, whose arguments belong to one thread at a time, and what they are. */
struct kernel_object {
    cl_kernel kernel;
    unsigned runs;
    size_t marked, at; /* bytes of `marks` that are known; the next argument's; arguments.c */
    unsigned char marks[512];
};

enum { ALONE = -1 };

struct kernel_entry {
    struct kernel_entry *next; /* in its bucket */
    uint64_t hash;
    enum tier_name tier;
    atomic_uint samples; /* of its time on the small tier; tiers.c */
    atomic_uint cost;    /* the least time of an element in them, in picoseconds */
    int ready;           /* 0: a thread is building it */
    atomic_int unsaved;  /* to be stored after its first launch */
    cl_program program;
    int number;        /* of the kernel in a program of several; or ALONE */
    struct slots idle; /* kernel objects that no thread uses */
    char *disk_key;    /* NULL once it is stored */
    size_t disk_key_length;
    size_t key_length;
    unsigned char key[];
};

struct kernels {
    struct device *device;
    struct disk_cache *disk; /* NULL: none */
    pthread_mutex_t lock;    /* held for look-ups only, never while a driver builds */
    pthread_cond_t built;
    struct kernel_entry **buckets;
    size_t nbuckets, count;
    struct shared_program *shared; /* of several kernels each, from the disk cache */
};

/* Borrows device and disk. */
clw_status kernels_init(struct kernels *kernels, struct device *device, struct disk_cache *disk,
                        clw_error *error);
void kernels_finish(struct kernels *kernels);

/* The entry for a plan that has elements, on a tier of the device; entries live as long as the
 * kernels. Threads that ask for the same new key wait for one build. *origin tells where it came
 * from. */
clw_status kernels_get(struct kernels *kernels, const struct plan *plan, enum tier_name tier,
                       struct kernel_entry **out, clw_kernel_origin *origin, clw_error *error);
/* The same where nothing has to be compiled for it, and no build to be waited for; else *out is
 * NULL. */
clw_status kernels_find(struct kernels *kernels, const struct plan *plan, enum tier_name tier,
                        struct kernel_entry **out, clw_kernel_origin *origin, clw_error *error);
/* Makes the kernels of plans that have elements and are neither here nor in the disk cache, several
 * in one program; `plans` has at most KERNELS_TOGETHER. entries[i]: to be launched before
 * kernels_keep_together; NULL: the kernel was there, if origins[i] says so, or else could not be
 * made so, and kernels_get may tell why. */
enum { KERNELS_TOGETHER = 4 };
void kernels_make_together(struct kernels *kernels, const struct plan *const *plans, int count,
                           enum tier_name tier, struct kernel_entry **entries,
                           clw_kernel_origin *origins);
void kernels_keep_together(struct kernels *kernels, struct kernel_entry *const *entries, int count);

/* A kernel object of the caller's until it is given back. */
clw_status kernels_take(struct kernels *kernels, struct kernel_entry *entry,
                        struct kernel_object **out, clw_error *error);
void kernels_give(struct kernels *kernels, struct kernel_entry *entry,
                  struct kernel_object *object);
/* To be called after each launch: the first one of a kernel that was compiled waits for it and
 * stores the binary, which then holds what the driver specialised at the launch. */
void kernels_launched(struct kernels *kernels, struct kernel_entry *entry);

#endif
