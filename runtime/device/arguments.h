/* Arguments of a kernel object: arrays, geometry, scalars, parameters. */
#ifndef CLWISE_DEVICE_ARGUMENTS_H
#define CLWISE_DEVICE_ARGUMENTS_H

#include "runtime/device/launch.h"

/* Who computes. */
struct crew {
    int units;
    int64_t run; /* elements that are worth a work-item */
};

/* How the skeleton cuts the work. */
struct cut {
    int64_t extent, per_item, segment, segments; /* of struct geometry */
    size_t global[2], local[2];
};

/* All but the geometry. What the object has already is not set again: PoCL takes a fifth of a small
 * call for a struct by value. */
cl_int arguments_set(struct kernel_object *object, const struct plan *plan,
                     const struct launch_array *arrays, const clw_scalar *scalars);
/* `base` is the byte at which each array of the plan begins. */
cl_int arguments_set_geometry(struct kernel_object *object, const struct plan *plan,
                              const struct cut *cut, const int64_t *base);

#endif
