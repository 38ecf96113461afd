#include "runtime/ops/registry.h"

#include <stdio.h>
#include <string.h>

#include "runtime/base/memory.h"
#include "runtime/ops/builtin.h"
#include "runtime/ops/opfile.h"

/* A place of the hash table, which is never more than half full; name NULL: free. */
struct registry_slot {
    const char *name; /* the op's */
    const struct clw_op *op;
};

void registry_init(struct registry *registry, const clw_allocator *allocator)
{
    *registry = (struct registry){.allocator = allocator};
}

void registry_finish(struct registry *registry)
{
    for (int i = 0; i < registry->count; i++)
        op_destroy(registry->ops[i]);
    for (int i = 0; i < registry->retired_count; i++)
        op_destroy(registry->retired[i]);
    memory_free(registry->allocator, registry->retired);
    memory_free(registry->allocator, registry->ops);
    memory_free(registry->allocator, registry->slots);
    registry_init(registry, registry->allocator);
}

/* FNV-1a. */
static uint32_t hash_name(const char *name)
{
    uint32_t hash = 2166136261u;
    for (; *name; name++)
        hash = (hash ^ (unsigned char)*name) * 16777619u;
    return hash;
}

/* Where the name is, or where it would be put. */
static struct registry_slot *slot_of(struct registry_slot *slots, int capacity, const char *name)
{
    uint32_t at = hash_name(name) & (uint32_t)(capacity - 1);
    while (slots[at].name && strcmp(slots[at].name, name) != 0)
        at = (at + 1) & (uint32_t)(capacity - 1);
    return &slots[at];
}

const struct clw_op *registry_find(const struct registry *registry, const char *name)
{
    return registry->slots ? slot_of(registry->slots, registry->slot_capacity, name)->op : NULL;
}

static int names_of(struct clw_op *const *ops, int count)
{
    int names = count;
    for (int i = 0; i < count; i++)
        names += ops[i]->naliases;
    return names;
}

static int reserve_slots(struct registry *registry, int more)
{
    int capacity = registry->slot_capacity ? registry->slot_capacity : 64;
    while (capacity < 2 * (registry->slot_count + more))
        capacity *= 2;
    if (capacity == registry->slot_capacity)
        return 1;
    struct registry_slot *slots = memory_new(registry->allocator, (size_t)capacity, sizeof *slots);
    if (!slots)
        return 0;
    for (int i = 0; i < registry->slot_capacity; i++)
        if (registry->slots[i].name)
            *slot_of(slots, capacity, registry->slots[i].name) = registry->slots[i];
    memory_free(registry->allocator, registry->slots);
    registry->slots = slots;
    registry->slot_capacity = capacity;
    return 1;
}

static int reserve(const clw_allocator *allocator, struct clw_op ***list, int count, int more,
                   int *capacity)
{
    const int needed = count + more;
    if (needed <= *capacity)
        return 1;
    const int larger = needed < 128 ? 256 : 2 * needed;
    struct clw_op **ops =
        memory_grow(allocator, *list, (size_t)count * sizeof *ops, (size_t)larger * sizeof *ops);
    if (!ops)
        return 0;
    *list = ops;
    *capacity = larger;
    return 1;
}

static int reserve_ops(struct registry *registry, int more)
{
    return reserve(registry->allocator, &registry->ops, registry->count, more, &registry->capacity);
}

static int reserve_retired(struct registry *registry, int more)
{
    return reserve(registry->allocator, &registry->retired, registry->retired_count, more,
                   &registry->retired_capacity);
}

static const char *file_of(const struct clw_op *op)
{
    return op->shared.file ? op->shared.file : op->name;
}

/* Name 0 is the op's own, the others are aliases; NULL after the last. */
static const char *name_at(const struct clw_op *op, int index)
{
    return index == 0 ? op->name : index <= op->naliases ? op->aliases[index - 1] : NULL;
}

static int is_called(const struct clw_op *op, const char *name)
{
    for (int i = 0; name_at(op, i); i++)
        if (strcmp(name_at(op, i), name) == 0)
            return 1;
    return 0;
}

static int is_in_folder(const char *path, const char *folder)
{
    const size_t length = strlen(folder);
    return strncmp(path, folder, length) == 0 && path[length] == '/' &&
           !strchr(path + length + 1, '/');
}

/* Whether the update takes the op out of the registry. */
static int is_replaced(const struct registry_update *update, const struct clw_op *op)
{
    if (!op->path)
        return 0;
    if (update->folder && is_in_folder(op->path, update->folder))
        return 1;
    for (int i = 0; i < update->count; i++)
        if (update->ops[i]->path && strcmp(update->ops[i]->path, op->path) == 0)
            return 1;
    return 0;
}

const struct clw_op *registry_owner(const struct registry *registry,
                                    const struct registry_update *update, int count,
                                    const char *name)
{
    for (int i = 0; i < count; i++)
        if (is_called(update->ops[i], name))
            return update->ops[i];
    const struct clw_op *op = registry_find(registry, name);
    return op && !is_replaced(update, op) ? op : NULL;
}

static clw_status check_names(const struct registry *registry, const struct registry_update *update,
                              clw_error *error)
{
    for (int i = 0; i < update->count; i++)
        for (int j = 0; name_at(update->ops[i], j); j++) {
            const char *name = name_at(update->ops[i], j);
            const struct clw_op *other = registry_owner(registry, update, i, name);
            if (other)
                return fail(error, CLW_ERROR_ARGUMENT, "%.400s: the name '%s' is taken by %.400s",
                            file_of(update->ops[i]), name, file_of(other));
        }
    return CLW_OK;
}

static void put_names(struct registry *registry, const struct clw_op *op)
{
    for (int i = 0; name_at(op, i); i++) {
        const char *name = name_at(op, i);
        *slot_of(registry->slots, registry->slot_capacity, name) = (struct registry_slot){name, op};
        registry->slot_count++;
    }
}

static void put_op(struct registry *registry, struct clw_op *op)
{
    int at = registry->count++;
    for (; at > 0 && strcmp(registry->ops[at - 1]->name, op->name) > 0; at--)
        registry->ops[at] = registry->ops[at - 1];
    registry->ops[at] = op;
    put_names(registry, op);
}

/* There is room for all of them in `retired`. */
static void retire_replaced(struct registry *registry, const struct registry_update *update)
{
    int kept = 0;
    for (int i = 0; i < registry->count; i++)
        if (is_replaced(update, registry->ops[i]))
            registry->retired[registry->retired_count++] = registry->ops[i];
        else
            registry->ops[kept++] = registry->ops[i];
    if (kept == registry->count)
        return;
    registry->count = kept;
    registry->slot_count = 0;
    memset(registry->slots, 0, (size_t)registry->slot_capacity * sizeof *registry->slots);
    for (int i = 0; i < kept; i++)
        put_names(registry, registry->ops[i]);
}

clw_status registry_change(struct registry *registry, const struct registry_update *update,
                           clw_error *error)
{
    int replaced = 0;
    clw_status status = check_names(registry, update, error);
    for (int i = 0; !status && i < update->count; i++)
        status = registry_bind(registry, update, update->ops[i], error);
    for (int i = 0; !status && i < update->count; i++)
        status = registry_check_calls(update->ops[i], error);
    if (status)
        return status;
    for (int i = 0; i < registry->count; i++)
        replaced += is_replaced(update, registry->ops[i]);
    if (!reserve_ops(registry, update->count) ||
        !reserve_slots(registry, names_of(update->ops, update->count)) ||
        !reserve_retired(registry, replaced))
        return fail_memory(error);
    retire_replaced(registry, update);
    for (int i = 0; i < update->count; i++)
        put_op(registry, update->ops[i]);
    return CLW_OK;
}

clw_status registry_add(struct registry *registry, struct clw_op *const *ops, int count,
                        clw_error *error)
{
    return registry_change(registry, &(struct registry_update){ops, count, NULL}, error);
}

static clw_status add_builtin(struct registry *registry, const struct builtin_file *file,
                              clw_error *error)
{
    char path[128];
    snprintf(path, sizeof path, "cl/ops/%s", file->name);
    struct clw_op *ops[OPFILE_MAX_OPS];
    int count;
    clw_status status =
        opfile_parse(registry->allocator, path, file->text, file->length, ops, &count, error);
    if (status)
        return status;
    for (int i = 0; i < count; i++)
        ops[i]->is_builtin = 1;
    status = registry_add(registry, ops, count, error);
    for (int i = 0; i < count && status; i++)
        op_destroy(ops[i]);
    return status;
}

clw_status registry_add_builtins(struct registry *registry, clw_error *error)
{
    clw_status status = CLW_OK;
    for (const struct builtin_file *file = builtin_files; file->folder && !status; file++)
        if (strcmp(file->folder, "ops") == 0)
            status = add_builtin(registry, file, error);
    return status;
}
