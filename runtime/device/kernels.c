#include "runtime/device/kernels.h"

#include <string.h>

#include "runtime/base/hash.h"
#include "runtime/base/memory.h"
#include "runtime/device/kernel_make.h"
#include "runtime/device/program.h"

enum { FIRST_BUCKETS = 64 };

clw_status kernels_init(struct kernels *kernels, struct device *device, struct disk_cache *disk,
                        clw_error *error)
{
    *kernels = (struct kernels){.device = device, .disk = disk, .nbuckets = FIRST_BUCKETS};
    kernels->buckets = memory_new(device->allocator, FIRST_BUCKETS, sizeof *kernels->buckets);
    if (!kernels->buckets)
        return fail_memory(error);
    if (pthread_mutex_init(&kernels->lock, NULL)) {
        memory_free(device->allocator, kernels->buckets);
        return fail_memory(error);
    }
    if (pthread_cond_init(&kernels->built, NULL)) {
        pthread_mutex_destroy(&kernels->lock);
        memory_free(device->allocator, kernels->buckets);
        return fail_memory(error);
    }
    return CLW_OK;
}

static void free_entry(struct kernels *kernels, struct kernel_entry *entry, int release_objects)
{
    const clw_allocator *allocator = kernels->device->allocator;
    struct kernel_object *object;
    while ((object = slots_take(&entry->idle)) != NULL) {
        if (release_objects)
            clReleaseKernel(object->kernel);
        memory_free(allocator, object);
    }
    if (release_objects && entry->program)
        clReleaseProgram(entry->program);
    memory_free(allocator, entry->disk_key);
    memory_free(allocator, entry);
}

void kernels_finish(struct kernels *kernels)
{
    /* In a forked child the driver's objects belong to the parent, and threads that are not there
     * may wait for `built`, hold the lock or be making a kernel: what they were changing stays. */
    const int is_ours = device_check_process(kernels->device, NULL) == CLW_OK;
    if (!is_ours && pthread_mutex_trylock(&kernels->lock))
        return;
    for (size_t i = 0; i < kernels->nbuckets; i++)
        for (struct kernel_entry *entry = kernels->buckets[i], *next; entry; entry = next) {
            next = entry->next;
            if (is_ours || entry->ready)
                free_entry(kernels, entry, is_ours);
        }
    memory_free(kernels->device->allocator, kernels->buckets);
    shared_programs_finish(kernels, is_ours);
    if (is_ours) {
        pthread_cond_destroy(&kernels->built);
        pthread_mutex_destroy(&kernels->lock);
    }
}

/* ---- the table; the lock is held ---- */

static struct kernel_entry *find(struct kernels *kernels, const struct plan *plan,
                                 enum tier_name tier, uint64_t hash)
{
    struct kernel_entry *entry = kernels->buckets[hash % kernels->nbuckets];
    while (entry &&
           !(entry->hash == hash && entry->tier == tier && entry->key_length == plan->key_length &&
             memcmp(entry->key, plan->key, plan->key_length) == 0))
        entry = entry->next;
    return entry;
}

/* A table that cannot grow still works. */
static void grow(struct kernels *kernels)
{
    const size_t nbuckets = 2 * kernels->nbuckets;
    struct kernel_entry **buckets =
        memory_new(kernels->device->allocator, nbuckets, sizeof *buckets);
    if (!buckets)
        return;
    for (size_t i = 0; i < kernels->nbuckets; i++)
        for (struct kernel_entry *entry = kernels->buckets[i], *next; entry; entry = next) {
            next = entry->next;
            entry->next = buckets[entry->hash % nbuckets];
            buckets[entry->hash % nbuckets] = entry;
        }
    memory_free(kernels->device->allocator, kernels->buckets);
    kernels->buckets = buckets;
    kernels->nbuckets = nbuckets;
}

static struct kernel_entry *insert(struct kernels *kernels, const struct plan *plan,
                                   enum tier_name tier, uint64_t hash)
{
    struct kernel_entry *entry =
        memory_new(kernels->device->allocator, 1, sizeof *entry + plan->key_length);
    if (!entry)
        return NULL;
    if (kernels->count >= 2 * kernels->nbuckets)
        grow(kernels);
    entry->hash = hash;
    entry->tier = tier;
    entry->number = ALONE;
    entry->key_length = plan->key_length;
    memcpy(entry->key, plan->key, plan->key_length);
    entry->next = kernels->buckets[hash % kernels->nbuckets];
    kernels->buckets[hash % kernels->nbuckets] = entry;
    kernels->count++;
    return entry;
}

static void remove_entry(struct kernels *kernels, struct kernel_entry *entry)
{
    struct kernel_entry **link = &kernels->buckets[entry->hash % kernels->nbuckets];
    while (*link != entry)
        link = &(*link)->next;
    *link = entry->next;
    kernels->count--;
}

struct kernel_entry *kernels_add(struct kernels *kernels, const struct plan *plan,
                                 enum tier_name tier, cl_program program, int number)
{
    const uint64_t hash = hash_bytes(plan->key, plan->key_length).low;
    pthread_mutex_lock(&kernels->lock);
    struct kernel_entry *entry =
        find(kernels, plan, tier, hash) ? NULL : insert(kernels, plan, tier, hash);
    if (entry) {
        clRetainProgram(program);
        entry->program = program;
        entry->number = number;
        entry->ready = 1;
    }
    pthread_mutex_unlock(&kernels->lock);
    return entry;
}

/* ---- looking up ---- */

/* Builds a new entry that other threads may wait for; the lock is held before and after. */
static clw_status build_entry(struct kernels *kernels, const struct plan *plan, int may_compile,
                              struct kernel_entry **made, clw_kernel_origin *origin,
                              clw_error *error)
{
    struct kernel_entry *entry = *made;
    pthread_mutex_unlock(&kernels->lock);
    const clw_status status = kernel_make(kernels, plan, may_compile, entry, origin, error);
    pthread_mutex_lock(&kernels->lock);
    entry->ready = !status && *origin != CLW_KERNEL_NONE;
    if (!entry->ready) {
        remove_entry(kernels, entry);
        free_entry(kernels, entry, 1);
        *made = NULL;
    }
    pthread_cond_broadcast(&kernels->built);
    return status;
}

static clw_status look_up(struct kernels *kernels, const struct plan *plan, enum tier_name tier,
                          int may_compile, struct kernel_entry **out, clw_kernel_origin *origin,
                          clw_error *error)
{
    const uint64_t hash = hash_bytes(plan->key, plan->key_length).low;
    clw_status status = CLW_OK;
    *origin = CLW_KERNEL_MEMORY;
    pthread_mutex_lock(&kernels->lock);
    struct kernel_entry *entry = find(kernels, plan, tier, hash);
    while (entry && !entry->ready && may_compile) {
        pthread_cond_wait(&kernels->built, &kernels->lock);
        entry =
            find(kernels, plan, tier, hash); /* gone if its build failed: then this thread tries */
    }
    if (!entry) {
        entry = insert(kernels, plan, tier, hash);
        status = entry ? build_entry(kernels, plan, may_compile, &entry, origin, error)
                       : fail_memory(error);
    }
    const int is_there = entry && entry->ready;
    pthread_mutex_unlock(&kernels->lock);
    if (!status)
        *out = is_there ? entry : NULL;
    return status;
}

clw_status kernels_get(struct kernels *kernels, const struct plan *plan, enum tier_name tier,
                       struct kernel_entry **out, clw_kernel_origin *origin, clw_error *error)
{
    return look_up(kernels, plan, tier, 1, out, origin, error);
}

clw_status kernels_find(struct kernels *kernels, const struct plan *plan, enum tier_name tier,
                        struct kernel_entry **out, clw_kernel_origin *origin, clw_error *error)
{
    return look_up(kernels, plan, tier, 0, out, origin, error);
}

/* ---- using it ---- */

clw_status kernels_take(struct kernels *kernels, struct kernel_entry *entry,
                        struct kernel_object **out, clw_error *error)
{
    *out = slots_take(&entry->idle);
    return *out ? CLW_OK : kernel_new_object(kernels, entry, out, error);
}

void kernels_give(struct kernels *kernels, struct kernel_entry *entry, struct kernel_object *object)
{
    if (slots_give(&entry->idle, object))
        return;
    clReleaseKernel(object->kernel);
    memory_free(kernels->device->allocator, object);
}

void kernels_launched(struct kernels *kernels, struct kernel_entry *entry)
{
    if (!atomic_load_explicit(&entry->unsaved, memory_order_relaxed) ||
        !atomic_exchange(&entry->unsaved, 0))
        return;
    size_t length;
    void *binary = device_wait(kernels->device, NULL)
                       ? NULL
                       : program_binary(kernels->device, kernels->device->tiers[entry->tier].id,
                                        entry->program, &length);
    if (binary)
        disk_cache_store(kernels->disk, entry->disk_key, entry->disk_key_length, binary, length);
    memory_free(kernels->device->allocator, binary);
    kernel_forget_disk_key(kernels, entry);
}
