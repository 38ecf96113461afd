#include "runtime/device/arguments.h"

#include <string.h>

#include "runtime/codegen/codegen.h"

/* ---- geometry ---- */

struct block {
    unsigned char bytes[4096];
    size_t length;
};

static void add_long(struct block *block, int64_t value)
{
    memcpy(block->bytes + block->length, &value, sizeof value);
    block->length += sizeof value;
}

static void add_index(struct block *block, int64_t value, int wide)
{
    const int32_t narrow = (int32_t)value;
    if (wide) {
        add_long(block, value);
    } else {
        memcpy(block->bytes + block->length, &narrow, sizeof narrow);
        block->length += sizeof narrow;
    }
}

_Static_assert(8 * (PLAN_MAX_WALKED + CODEGEN_GEOMETRY_SCALARS + 12 * (1 + PLAN_MAX_WALKED)) < 4096,
               "a block has room for every geometry");

/* struct geometry as codegen.h lays it out. */
static void fill_geometry(struct block *block, const struct plan *plan, const struct cut *cut,
                          const int64_t *base)
{
    const struct walk *walk = &plan->walk;
    const int first = walk->rank - plan->kernel_rank, wide = plan->wide;
    block->length = 0;
    for (int k = 0; k < plan->narrays; k++)
        add_long(block, base[k]);
    add_index(block, cut->extent, wide);
    add_index(block, cut->per_item, wide);
    add_index(block, cut->segment, wide);
    add_index(block, cut->segments, wide);
    for (int d = first; d < walk->rank; d++)
        add_index(block, walk->shape[d], wide);
    for (int k = 0; k < plan->narrays; k++)
        for (int d = first; d < walk->rank; d++)
            add_index(block, walk->strides[k][d], wide);
    if (block->length % sizeof(int64_t))
        add_index(block, 0, 0);
}

/* ---- setting ---- */

/* Sets an argument unless the object has it. `mark` tells one value of it from others; marks stand
 * one behind the other, each time at the same place. */
static cl_int set(struct kernel_object *object, cl_uint index, size_t size, const void *value,
                  size_t mark_size, const void *mark)
{
    const size_t at = object->at, end = at + mark_size;
    const int has_room = end <= sizeof object->marks;
    object->at = end;
    if (end <= object->marked && memcmp(object->marks + at, mark, mark_size) == 0)
        return CL_SUCCESS;
    const cl_int code = clSetKernelArg(object->kernel, index, size, value);
    if (!code && has_room) {
        memcpy(object->marks + at, mark, mark_size);
        object->marked = end > object->marked ? end : object->marked;
    }
    return code;
}

static cl_int set_values(struct kernel_object *object, cl_uint index, const struct plan *plan,
                         const clw_scalar *scalars)
{
    const struct resolved *resolved = &plan->resolved;
    unsigned char bits[16];
    cl_int code = CL_SUCCESS;
    for (int i = 0; !code && i < resolved->nscalars; i++) {
        const struct scalar_use *use = &resolved->scalars[i];
        const size_t size = scalar_bits(scalars[use->input], use->dtype, bits);
        code = set(object, index++, size, bits, size, bits);
    }
    for (int i = 0; !code && i < resolved->nparams; i++) {
        const struct param_use *use = &resolved->params[i];
        const size_t size = scalar_bits(use->value, use->dtype, bits);
        code = set(object, index++, size, bits, size, bits);
    }
    const cl_uint zero = 0;
    return !code && plan->hiding ? set(object, index, sizeof zero, &zero, sizeof zero, &zero)
                                 : code;
}

cl_int arguments_set(struct kernel_object *object, const struct plan *plan,
                     const struct launch_array *arrays, const clw_scalar *scalars)
{
    cl_int code = CL_SUCCESS;
    object->at = 0;
    for (int k = 0; !code && k < plan->nbuffers; k++) {
        const struct buffer *buffer = arrays[k].buffer;
        code = set(object, (cl_uint)k, sizeof(cl_mem), &buffer->memory, sizeof buffer->serial,
                   &buffer->serial);
    }
    return code ? code : set_values(object, (cl_uint)plan->nbuffers + 1, plan, scalars);
}

cl_int arguments_set_geometry(struct kernel_object *object, const struct plan *plan,
                              const struct cut *cut, const int64_t *base)
{
    const size_t at = object->at;
    struct block geometry;
    fill_geometry(&geometry, plan, cut, base);
    const cl_int code = set(object, (cl_uint)plan->nbuffers, geometry.length, geometry.bytes,
                            geometry.length, geometry.bytes);
    object->at = at;
    return code;
}
