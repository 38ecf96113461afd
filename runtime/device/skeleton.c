#include "runtime/device/skeleton.h"

#include <stdlib.h>
#include <string.h>

/* Groups of this size fill the units of GPUs, and several of them fit into one. */
enum { USUAL_GROUP = 256, LEAST_LOCAL_MEMORY = 32 << 10 };

static const struct {
    const char *name;
    enum skeleton skeleton;
    int wide;
} choices[] = {
    {"runs", SKELETON_RUNS, 0},         {"grid", SKELETON_GRID, 0},
    {"items", SKELETON_ITEMS, 0},       {"vectors", SKELETON_VECTORS, 0},
    {"vectors64", SKELETON_VECTORS, 1},
};

/* *is_named: the environment has one. */
static clw_status read_choice(struct target *target, int *is_named, clw_error *error)
{
    const char *const name = secure_getenv("CLWISE_SKELETON");
    *is_named = name && *name;
    for (size_t i = 0; *is_named && i < sizeof choices / sizeof *choices; i++)
        if (strcmp(name, choices[i].name) == 0) {
            target->skeleton = choices[i].skeleton;
            target->wide = choices[i].wide;
            return CLW_OK;
        }
    if (!*is_named)
        return CLW_OK;
    return fail(error, CLW_ERROR_ARGUMENT,
                "CLWISE_SKELETON is \"%.80s\"; it may be runs, grid, items, vectors or vectors64, "
                "and is best left unset",
                name);
}

static int group_of(cl_device_id id)
{
    size_t most = 0, sizes[3] = {0};
    int group = USUAL_GROUP;
    if (clGetDeviceInfo(id, CL_DEVICE_MAX_WORK_GROUP_SIZE, sizeof most, &most, NULL) ||
        clGetDeviceInfo(id, CL_DEVICE_MAX_WORK_ITEM_SIZES, sizeof sizes, sizes, NULL))
        return 1;
    while (group > 1 && ((size_t)group > most || (size_t)group > sizes[0]))
        group /= 2;
    return sizes[1] < (size_t)(group / TILE_SIDE) ? 1 : group;
}

/* Half of the group's memory, so that two groups run at once. Memory that is none of the group's
 * own gains nothing, but serves where tiles are asked for. */
static int64_t tile_room_of(cl_device_id id, int is_asked_for)
{
    cl_device_local_mem_type type = CL_NONE;
    cl_ulong bytes = 0;
    clGetDeviceInfo(id, CL_DEVICE_LOCAL_MEM_TYPE, sizeof type, &type, NULL);
    clGetDeviceInfo(id, CL_DEVICE_LOCAL_MEM_SIZE, sizeof bytes, &bytes, NULL);
    return type == CL_LOCAL || is_asked_for ? (int64_t)(bytes / 2) : 0;
}

clw_status skeleton_set(cl_device_id id, int is_cpu, struct target *target, clw_error *error)
{
    int is_named;
    if (!is_cpu)
        target->skeleton = SKELETON_VECTORS;
    const clw_status status = read_choice(target, &is_named, error);
    if (!status) {
        target->group = id ? group_of(id) : USUAL_GROUP;
        target->tile_room = id ? tile_room_of(id, is_named) : LEAST_LOCAL_MEMORY / 2;
    }
    return status;
}
