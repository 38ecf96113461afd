/* The ops of a context, by name and alias. Not safe by itself: the api floor holds a lock. */
#ifndef CLWISE_OPS_REGISTRY_H
#define CLWISE_OPS_REGISTRY_H

#include "runtime/ops/op.h"

struct registry {
    const clw_allocator *allocator;
    struct clw_op **ops; /* sorted by name */
    int count, capacity;
    struct registry_slot *slots; /* hash table of names and aliases */
    int slot_count, slot_capacity;
    struct clw_op **retired; /* whose files were loaded again: plans and callers may hold them */
    int retired_count, retired_capacity;
};

/* Ops that are about to come into the registry. Those take the place of all ops of the same files,
 * and of the folder's files if one is loaded as a whole. */
struct registry_update {
    struct clw_op *const *ops;
    int count;
    const char *folder; /* or NULL; as in clw_op.path */
};

void registry_init(struct registry *registry, const clw_allocator *allocator);
void registry_finish(struct registry *registry); /* destroys the ops */
/* Parses the built-in op files (runtime/ops/builtin.h). */
clw_status registry_add_builtins(struct registry *registry, clw_error *error);
/* Takes the ops on success: all or none. ARGUMENT names both files if a name or alias is taken. */
clw_status registry_add(struct registry *registry, struct clw_op *const *ops, int count,
                        clw_error *error);
clw_status registry_change(struct registry *registry, const struct registry_update *update,
                           clw_error *error);
/* The op that has the name once the update is done, among the first `count` of its ops. */
const struct clw_op *registry_owner(const struct registry *registry,
                                    const struct registry_update *update, int count,
                                    const char *name);
/* Finds the ops that the op calls. NOT_FOUND. Then, with all new ops bound: ARGUMENT for a circle,
 * naming it, or more calls than a program should have. */
clw_status registry_bind(const struct registry *registry, const struct registry_update *update,
                         struct clw_op *op, clw_error *error);
clw_status registry_check_calls(const struct clw_op *op, clw_error *error);
/* Reads a file, or all *.cl of a folder in order of names, and takes all of their ops or none. A
 * file that is loaded again replaces its ops. */
clw_status registry_load(struct registry *registry, const char *path, clw_error *error);
const struct clw_op *registry_find(const struct registry *registry, const char *name);
/* Up to `most` names nearest to `name`, as "maximum, minimum", into words; "" if none is near. */
void registry_nearest(const struct registry *registry, const char *name, int most, char *words,
                      size_t bytes);

#endif
