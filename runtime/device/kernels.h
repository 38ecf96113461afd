/* Kernels of a context: made once for each key, from the disk cache or from source. */
#ifndef CLWISE_DEVICE_KERNELS_H
#define CLWISE_DEVICE_KERNELS_H

#include "runtime/cache/disk.h"
#include "runtime/device/device.h"

enum { KERNEL_MOST_IDLE = 16 };

struct kernel_entry {
    struct kernel_entry *next; /* in its bucket */
    uint64_t hash;
    int ready;   /* 0: a thread is building it */
    int unsaved; /* to be stored after its first launch */
    cl_program program;
    int nidle;
    cl_kernel idle[KERNEL_MOST_IDLE]; /* objects that no thread uses: arguments belong to one */
    char *disk_key;                   /* NULL once it is stored */
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
};

/* Borrows device and disk. */
clw_status kernels_init(struct kernels *kernels, struct device *device, struct disk_cache *disk,
                        clw_error *error);
void kernels_finish(struct kernels *kernels);

/* The entry for a plan that has elements; entries live as long as the kernels. Threads that ask for
 * the same new key wait for one build. *origin tells where it came from. */
clw_status kernels_get(struct kernels *kernels, const struct plan *plan, struct kernel_entry **out,
                       clw_kernel_origin *origin, clw_error *error);
/* A kernel object of the caller's until it is given back. */
clw_status kernels_take(struct kernels *kernels, struct kernel_entry *entry, cl_kernel *out,
                        clw_error *error);
void kernels_give(struct kernels *kernels, struct kernel_entry *entry, cl_kernel kernel);
/* To be called after each launch: the first one of a kernel that was compiled waits for it and
 * stores the binary, which then holds what the driver specialised at the launch. */
void kernels_launched(struct kernels *kernels, struct kernel_entry *entry);

#endif
