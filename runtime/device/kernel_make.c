#include "runtime/device/kernel_make.h"

#include <stdio.h>
#include <string.h>

#include "runtime/base/memory.h"
#include "runtime/codegen/codegen.h"
#include "runtime/device/program.h"

clw_status kernel_new_object(struct kernels *kernels, const struct kernel_entry *entry,
                             struct kernel_object **out, clw_error *error)
{
    cl_int code;
    char name[64] = CODEGEN_KERNEL_NAME;
    struct kernel_object *object = memory_new(kernels->device->allocator, 1, sizeof *object);
    if (!object)
        return fail_memory(error);
    if (entry->number != ALONE)
        snprintf(name, sizeof name, CODEGEN_OWN CODEGEN_KERNEL_NAME, entry->number);
    object->kernel = clCreateKernel(entry->program, name, &code);
    if (!object->kernel) {
        memory_free(kernels->device->allocator, object);
        return fail_cl(error, code, "clCreateKernel");
    }
    *out = object;
    return CLW_OK;
}

static clw_status make_disk_key(struct kernels *kernels, const struct plan *plan,
                                const struct text *source, struct kernel_entry *entry,
                                clw_error *error)
{
    struct text key;
    text_init(&key, kernels->device->allocator);
    plan_key_words(plan, &key);
    text_addf(&key, "\n%soptions %s\n", kernels->device->tiers[entry->tier].identity,
              kernels->device->options);
    text_add_bytes(&key, source->data, source->length);
    entry->disk_key_length = key.length;
    entry->disk_key = text_take(&key);
    return entry->disk_key ? CLW_OK : fail_memory(error);
}

clw_status kernel_set_disk_key(struct kernels *kernels, const struct plan *plan,
                               struct kernel_entry *entry, clw_error *error)
{
    struct text source;
    text_init(&source, kernels->device->allocator);
    clw_status status = codegen(plan, &kernels->device->target, &source, error);
    if (!status)
        status = make_disk_key(kernels, plan, &source, entry, error);
    text_finish(&source);
    return status;
}

/* NULL before it is freed: a child forked in between would free it again. */
void kernel_forget_disk_key(struct kernels *kernels, struct kernel_entry *entry)
{
    char *key = entry->disk_key;
    entry->disk_key = NULL;
    memory_free(kernels->device->allocator, key);
}

static int load(struct kernels *kernels, struct kernel_entry *entry, const char **why)
{
    size_t length;
    struct device *device = kernels->device;
    void *bytes =
        disk_cache_load(kernels->disk, entry->disk_key, entry->disk_key_length, &length, why);
    if (!bytes)
        return 0;
    if (!shared_program_load(kernels, entry, bytes, length, why)) {
        entry->program = program_from_binary(device, device->tiers[entry->tier].id, bytes, length);
        *why = "the driver refuses the binary";
    }
    memory_free(device->allocator, bytes);
    return entry->program != NULL;
}

clw_status kernel_make(struct kernels *kernels, const struct plan *plan, int may_compile,
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
    } else if (!status && !may_compile) {
        *origin = CLW_KERNEL_NONE;
    } else if (!status) {
        *origin = CLW_KERNEL_COMPILED;
        entry->unsaved = kernels->disk != NULL;
        log_line(device->log, CLW_LOG_DEBUG, "disk cache: miss (%s): %.*s", why,
                 (int)strcspn(entry->disk_key, "\n"), entry->disk_key);
        status = program_from_source(device, device->tiers[entry->tier].id, source.data,
                                     source.length, &entry->program, error);
    }
    text_finish(&source);
    if (!status && *origin != CLW_KERNEL_NONE) {
        struct kernel_object *object = NULL;
        status = kernel_new_object(kernels, entry, &object, error);
        if (!status)
            slots_give(&entry->idle, object);
    }
    if (!entry->unsaved)
        kernel_forget_disk_key(kernels, entry);
    return status;
}
