#include "runtime/device/kernels.h"

#include <string.h>

#include "runtime/base/hash.h"
#include "runtime/base/memory.h"
#include "runtime/codegen/codegen.h"
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

/* NULL before it is freed: a child forked in between would free it again. */
static void forget_disk_key(const clw_allocator *allocator, struct kernel_entry *entry)
{
    char *key = entry->disk_key;
    entry->disk_key = NULL;
    memory_free(allocator, key);
}

static void free_entry(struct kernels *kernels, struct kernel_entry *entry, int release_objects)
{
    const clw_allocator *allocator = kernels->device->allocator;
    for (int i = 0; release_objects && i < entry->nidle; i++)
        clReleaseKernel(entry->idle[i]);
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
    if (is_ours) {
        pthread_cond_destroy(&kernels->built);
        pthread_mutex_destroy(&kernels->lock);
    }
}

/* ---- the table; the lock is held ---- */

static struct kernel_entry *find(struct kernels *kernels, const struct plan *plan, uint64_t hash)
{
    struct kernel_entry *entry = kernels->buckets[hash % kernels->nbuckets];
    while (entry && !(entry->hash == hash && entry->key_length == plan->key_length &&
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

static struct kernel_entry *insert(struct kernels *kernels, const struct plan *plan, uint64_t hash)
{
    struct kernel_entry *entry =
        memory_new(kernels->device->allocator, 1, sizeof *entry + plan->key_length);
    if (!entry)
        return NULL;
    if (kernels->count >= 2 * kernels->nbuckets)
        grow(kernels);
    entry->hash = hash;
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

/* ---- making a kernel; no lock is held ---- */

/* The text under which the binary is stored: first the plan key, for people. */
static clw_status make_disk_key(struct kernels *kernels, const struct plan *plan,
                                const struct text *source, struct kernel_entry *entry,
                                clw_error *error)
{
    struct text key;
    text_init(&key, kernels->device->allocator);
    plan_key_words(plan, &key);
    text_addf(&key, "\n%soptions %s\n", kernels->device->identity, kernels->device->options);
    text_add_bytes(&key, source->data, source->length);
    entry->disk_key_length = key.length;
    entry->disk_key = text_take(&key);
    return entry->disk_key ? CLW_OK : fail_memory(error);
}

static int load(struct kernels *kernels, struct kernel_entry *entry, const char **why)
{
    size_t length;
    void *binary =
        disk_cache_load(kernels->disk, entry->disk_key, entry->disk_key_length, &length, why);
    if (!binary)
        return 0;
    entry->program = program_from_binary(kernels->device, binary, length);
    memory_free(kernels->device->allocator, binary);
    if (!entry->program)
        *why = "the driver refuses the binary";
    return entry->program != NULL;
}

static clw_status build(struct kernels *kernels, const struct plan *plan,
                        struct kernel_entry *entry, clw_kernel_origin *origin, clw_error *error)
{
    struct device *device = kernels->device;
    struct text source;
    const char *why = "there is no disk cache";
    text_init(&source, device->allocator);
    clw_status status = codegen(plan, &device->target, &source, error);
    if (!status)
        status = make_disk_key(kernels, plan, &source, entry, error);
    if (!status && kernels->disk && load(kernels, entry, &why)) {
        *origin = CLW_KERNEL_DISK;
        log_line(device->log, CLW_LOG_DEBUG, "disk cache: hit: %.*s",
                 (int)strcspn(entry->disk_key, "\n"), entry->disk_key);
    } else if (!status) {
        *origin = CLW_KERNEL_COMPILED;
        entry->unsaved = kernels->disk != NULL;
        log_line(device->log, CLW_LOG_DEBUG, "disk cache: miss (%s): %.*s", why,
                 (int)strcspn(entry->disk_key, "\n"), entry->disk_key);
        status = program_from_source(device, source.data, source.length, &entry->program, error);
    }
    text_finish(&source);
    if (!status) {
        cl_int code;
        entry->idle[0] = clCreateKernel(entry->program, CODEGEN_KERNEL_NAME, &code);
        entry->nidle = entry->idle[0] != NULL;
        if (!entry->idle[0])
            status = fail_cl(error, code, "clCreateKernel");
    }
    if (!entry->unsaved)
        forget_disk_key(device->allocator, entry);
    return status;
}

/* Builds a new entry that other threads may wait for; the lock is held before and after. */
static clw_status build_entry(struct kernels *kernels, const struct plan *plan,
                              struct kernel_entry *entry, clw_kernel_origin *origin,
                              clw_error *error)
{
    pthread_mutex_unlock(&kernels->lock);
    const clw_status status = build(kernels, plan, entry, origin, error);
    if (status)
        error_prefix(error, plan->resolved.op->name);
    pthread_mutex_lock(&kernels->lock);
    entry->ready = !status;
    if (status) {
        remove_entry(kernels, entry);
        free_entry(kernels, entry, 1);
    }
    pthread_cond_broadcast(&kernels->built);
    return status;
}

clw_status kernels_get(struct kernels *kernels, const struct plan *plan, struct kernel_entry **out,
                       clw_kernel_origin *origin, clw_error *error)
{
    const uint64_t hash = hash_bytes(plan->key, plan->key_length).low;
    clw_status status = CLW_OK;
    *origin = CLW_KERNEL_MEMORY;
    pthread_mutex_lock(&kernels->lock);
    struct kernel_entry *entry = find(kernels, plan, hash);
    while (entry && !entry->ready) {
        pthread_cond_wait(&kernels->built, &kernels->lock);
        entry = find(kernels, plan, hash); /* gone if its build failed: then this thread tries */
    }
    if (!entry) {
        entry = insert(kernels, plan, hash);
        status = entry ? build_entry(kernels, plan, entry, origin, error) : fail_memory(error);
    }
    pthread_mutex_unlock(&kernels->lock);
    if (!status)
        *out = entry;
    return status;
}

/* ---- using it ---- */

clw_status kernels_take(struct kernels *kernels, struct kernel_entry *entry, cl_kernel *out,
                        clw_error *error)
{
    cl_kernel kernel = NULL;
    pthread_mutex_lock(&kernels->lock);
    if (entry->nidle > 0)
        kernel = entry->idle[--entry->nidle];
    pthread_mutex_unlock(&kernels->lock);
    if (!kernel) {
        cl_int code;
        kernel = clCreateKernel(entry->program, CODEGEN_KERNEL_NAME, &code);
        if (!kernel)
            return fail_cl(error, code, "clCreateKernel");
    }
    *out = kernel;
    return CLW_OK;
}

void kernels_give(struct kernels *kernels, struct kernel_entry *entry, cl_kernel kernel)
{
    pthread_mutex_lock(&kernels->lock);
    if (entry->nidle < KERNEL_MOST_IDLE) {
        entry->idle[entry->nidle++] = kernel;
        kernel = NULL;
    }
    pthread_mutex_unlock(&kernels->lock);
    if (kernel)
        clReleaseKernel(kernel);
}

void kernels_launched(struct kernels *kernels, struct kernel_entry *entry)
{
    pthread_mutex_lock(&kernels->lock);
    const int save = entry->unsaved;
    entry->unsaved = 0;
    pthread_mutex_unlock(&kernels->lock);
    if (!save)
        return;
    size_t length;
    void *binary = device_wait(kernels->device, NULL)
                       ? NULL
                       : program_binary(kernels->device, entry->program, &length);
    if (binary)
        disk_cache_store(kernels->disk, entry->disk_key, entry->disk_key_length, binary, length);
    memory_free(kernels->device->allocator, binary);
    forget_disk_key(kernels->device->allocator, entry);
}
