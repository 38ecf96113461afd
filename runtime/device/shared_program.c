/* Programs of several kernels that came from the disk cache: each is loaded once. */
#include <string.h>

#include "runtime/base/memory.h"
#include "runtime/device/kernel_make.h"
#include "runtime/device/program.h"

struct shared_program {
    struct shared_program *next;
    cl_program program;
    size_t key_length;
    char key[];
};

/* Then the kernel's number, a digit, a line feed and the key. */
static const char mark[] = "one of several kernels, number ";
_Static_assert((int)KERNELS_TOGETHER <= 10, "a number has one digit");

void shared_program_words(struct text *words, int number, const struct text *key)
{
    text_addf(words, "%s%d\n", mark, number);
    text_add_bytes(words, key->data, key->length);
}

/* Retained; the lock is held. */
static cl_program find(const struct kernels *kernels, const char *key, size_t length)
{
    for (const struct shared_program *at = kernels->shared; at; at = at->next)
        if (at->key_length == length && memcmp(at->key, key, length) == 0) {
            clRetainProgram(at->program);
            return at->program;
        }
    return NULL;
}

/* For other kernels of it; without memory they load it again. */
static void keep(struct kernels *kernels, const char *key, size_t length, cl_program program)
{
    struct shared_program *shared =
        memory_new(kernels->device->allocator, 1, sizeof *shared + length);
    if (!shared)
        return;
    memcpy(shared->key, key, length);
    shared->key_length = length;
    clRetainProgram(program);
    shared->program = program;
    shared->next = kernels->shared;
    kernels->shared = shared;
}

static cl_program load(struct kernels *kernels, enum tier_name tier, const char *key, size_t length,
                       const char **why)
{
    struct device *device = kernels->device;
    size_t binary_length;
    void *binary = disk_cache_load(kernels->disk, key, length, &binary_length, why);
    if (!binary)
        return NULL;
    const cl_program program =
        program_from_binary(device, device->tiers[tier].id, binary, binary_length);
    *why = "the driver refuses the binary";
    memory_free(device->allocator, binary);
    return program;
}

static cl_program find_or_load(struct kernels *kernels, enum tier_name tier, const char *key,
                               size_t length, const char **why)
{
    pthread_mutex_lock(&kernels->lock);
    cl_program program = find(kernels, key, length);
    pthread_mutex_unlock(&kernels->lock);
    if (program)
        return program;
    program = load(kernels, tier, key, length, why);
    pthread_mutex_lock(&kernels->lock);
    cl_program other = program ? find(kernels, key, length) : NULL;
    if (program && !other)
        keep(kernels, key, length, program);
    pthread_mutex_unlock(&kernels->lock);
    if (!other)
        return program;
    clReleaseProgram(program);
    return other;
}

int shared_program_load(struct kernels *kernels, struct kernel_entry *entry, const char *bytes,
                        size_t length, const char **why)
{
    const size_t marked = sizeof mark - 1, least = marked + sizeof "0\n" - 1;
    if (length < least || memcmp(bytes, mark, marked) != 0)
        return 0;
    entry->program = find_or_load(kernels, entry->tier, bytes + least, length - least, why);
    if (entry->program)
        entry->number = bytes[marked] - '0';
    return 1;
}

void shared_programs_finish(struct kernels *kernels, int release_programs)
{
    for (struct shared_program *at = kernels->shared, *next; at; at = next) {
        next = at->next;
        if (release_programs)
            clReleaseProgram(at->program);
        memory_free(kernels->device->allocator, at);
    }
}
