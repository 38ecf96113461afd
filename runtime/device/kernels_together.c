/* Several kernels in one program: what a driver does once for each, it then does once for all. */
#include <string.h>

#include "runtime/base/hash.h"
#include "runtime/base/memory.h"
#include "runtime/codegen/codegen.h"
#include "runtime/device/kernel_make.h"
#include "runtime/device/program.h"

/* Some of the plans, and what becomes of their kernels. */
struct group {
    int count, places[KERNELS_TOGETHER];
    const struct plan *plans[KERNELS_TOGETHER];
};

static void make_group(struct kernels *kernels, const struct group *group, enum tier_name tier,
                       struct kernel_entry **entries)
{
    struct device *device = kernels->device;
    struct text source;
    cl_program program = NULL;
    text_init(&source, device->allocator);
    clw_status status =
        codegen_together(group->plans, group->count, &device->target, &source, NULL);
    if (!status)
        status = program_from_source(device, device->tiers[tier].id, source.data, source.length,
                                     &program, NULL);
    for (int i = 0; !status && i < group->count; i++) {
        struct kernel_entry *entry = kernels_add(kernels, group->plans[i], tier, program, i);
        if (entry && kernels->disk)
            kernel_set_disk_key(kernels, group->plans[i], entry, NULL);
        entries[group->places[i]] = entry;
    }
    if (program)
        clReleaseProgram(program);
    text_finish(&source);
}

void kernels_make_together(struct kernels *kernels, const struct plan *const *plans, int count,
                           enum tier_name tier, struct kernel_entry **entries,
                           clw_kernel_origin *origins)
{
    struct group groups[2] = {{0}, {0}}; /* without and with doubles */
    for (int i = 0; i < count; i++) {
        entries[i] = NULL;
        origins[i] = CLW_KERNEL_NONE;
        struct kernel_entry *there = NULL;
        if (kernels_find(kernels, plans[i], tier, &there, &origins[i], NULL) || there)
            continue;
        struct group *group = &groups[codegen_needs_fp64(plans[i])];
        group->places[group->count] = i;
        group->plans[group->count++] = plans[i];
    }
    for (int g = 0; g < 2; g++)
        if (groups[g].count > 1)
            make_group(kernels, &groups[g], tier, entries);
}

/* ---- keeping them ---- */

/* The hash of each kernel's own key behind its number: what the program was made of, but shorter.
 */
static void make_key(struct kernel_entry *const *entries, int count, cl_program program,
                     struct text *key)
{
    text_add(key, "several kernels\n");
    for (int i = 0; i < count; i++)
        if (entries[i] && entries[i]->program == program && entries[i]->disk_key) {
            char hex[HASH_HEX_LENGTH + 1];
            hash_hex(hash_bytes(entries[i]->disk_key, entries[i]->disk_key_length), hex);
            text_addf(key, "%d %s\n", entries[i]->number, hex);
        }
}

static void keep_program(struct kernels *kernels, struct kernel_entry *const *entries, int count,
                         const struct kernel_entry *first)
{
    struct device *device = kernels->device;
    size_t length;
    struct text key, words;
    void *binary = program_binary(device, device->tiers[first->tier].id, first->program, &length);
    text_init(&key, device->allocator);
    make_key(entries, count, first->program, &key);
    if (binary && !key.failed)
        disk_cache_store(kernels->disk, key.data, key.length, binary, length);
    for (int i = 0; i < count; i++) {
        struct kernel_entry *entry = entries[i];
        if (!entry || entry->program != first->program || !entry->disk_key)
            continue;
        text_init(&words, device->allocator);
        shared_program_words(&words, entry->number, &key);
        if (binary && !words.failed && !key.failed)
            disk_cache_store(kernels->disk, entry->disk_key, entry->disk_key_length, words.data,
                             words.length);
        text_finish(&words);
        kernel_forget_disk_key(kernels, entry);
    }
    text_finish(&key);
    memory_free(device->allocator, binary);
}

void kernels_keep_together(struct kernels *kernels, struct kernel_entry *const *entries, int count)
{
    if (!kernels->disk || device_wait(kernels->device, NULL))
        return;
    for (int i = 0; i < count; i++)
        if (entries[i] && entries[i]->disk_key)
            keep_program(kernels, entries, count, entries[i]);
}
