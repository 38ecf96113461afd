/* Where the elements of an input lie. */
#include "bench/layouts/layouts.h"

/* Strides of a C-order array. */
static void c_order(int ndim, const int64_t *shape, int64_t size, int64_t *strides)
{
    for (int axis = ndim - 1; axis >= 0; --axis) {
        strides[axis] = size;
        size *= shape[axis];
    }
}

/* Which axis of the output axis number `axis` of the array is. */
static int output_axis(const struct work *work, enum layout layout, int axis)
{
    switch (layout) {
    case TRANSPOSED:
    case PERMUTED:
    case ROW:
        return work->ndim - 1 - axis;
    case PLANES:
        return (axis + 2) % 3;
    case PIXELS:
        return (axis + 1) % 3;
    default:
        return axis;
    }
}

/* The shape of the array that the view is of, from that of the output. */
static void base_shape(const struct work *work, enum layout layout, struct view *view)
{
    const int last = work->ndim - 1;
    view->base_ndim = layout == ROW ? 1 : layout == SCALAR ? 0 : work->ndim;
    for (int axis = 0; axis < view->base_ndim; ++axis) {
        view->base_shape[axis] = work->shape[output_axis(work, layout, axis)];
        if (layout == INNER)
            view->base_shape[axis] += 2;
    }
    if (layout == SECOND)
        view->base_shape[last] *= 2;
    if (layout == COLUMN)
        view->base_shape[last] = 1;
}

struct view view_of(const struct work *work, enum layout layout, clw_dtype dtype)
{
    const int last = work->ndim - 1;
    int64_t strides[MAX_AXES];
    struct view view = {.base_elements = 1};
    base_shape(work, layout, &view);
    view.ndim = view.base_ndim;
    c_order(view.base_ndim, view.base_shape, (int64_t)clw_dtype_size(dtype), strides);
    for (int axis = 0; axis < view.ndim; ++axis) {
        view.strides[layout == ROW ? axis : output_axis(work, layout, axis)] = strides[axis];
        view.shape[axis] =
            layout == ROW || layout == COLUMN ? view.base_shape[axis] : work->shape[axis];
        view.base_elements *= (size_t)view.base_shape[axis];
        if (layout == INNER)
            view.offset += strides[axis];
    }
    if (layout == SECOND)
        view.strides[last] *= 2;
    if (layout == REVERSED) {
        view.offset = (view.shape[last] - 1) * view.strides[last];
        view.strides[last] = -view.strides[last];
    }
    return view;
}
