#include "runtime/plan/geometry.h"

#include <inttypes.h>
#include <stdio.h>

#include "runtime/plan/checked.h"

const char *shape_words(int ndim, const int64_t *shape, char *words, size_t bytes)
{
    size_t length = 0;
    for (int axis = 0; axis < ndim && length < bytes; axis++) {
        const int written =
            snprintf(words + length, bytes - length, "%s%" PRId64, axis ? ", " : "(", shape[axis]);
        length += written < 0 ? 0 : (size_t)written;
    }
    if (length < bytes)
        snprintf(words + length, bytes - length, "%s", ndim == 0 ? "()" : ndim == 1 ? ",)" : ")");
    return words;
}

static clw_status fail_shape(clw_error *error, clw_status status, int ndim, const int64_t *shape,
                             const char *what)
{
    char words[SHAPE_WORDS];
    return fail(error, status, "shape %s %s", shape_words(ndim, shape, words, sizeof words), what);
}

clw_status layout_check(int ndim, const int64_t *shape, size_t itemsize, int64_t *count,
                        clw_error *error)
{
    if (ndim < 0 || ndim > CLW_MAX_NDIM)
        return fail(error, CLW_ERROR_ARGUMENT, "ndim is %d; it must be 0 to %d", ndim,
                    CLW_MAX_NDIM);
    if (ndim && !shape)
        return fail(error, CLW_ERROR_ARGUMENT, "ndim is %d, but shape is NULL", ndim);
    uint64_t elements = 1, bytes;
    int empty = 0, fits = 1;
    for (int axis = 0; axis < ndim; axis++) {
        if (shape[axis] < 0)
            return fail_shape(error, CLW_ERROR_ARGUMENT, ndim, shape, "has a negative extent");
        if (shape[axis] == 0)
            empty = 1;
        else
            fits = fits && multiply_fits(elements, (uint64_t)shape[axis], &elements);
    }
    if (!fits || elements > INT64_MAX)
        return fail_shape(error, CLW_ERROR_OVERFLOW, ndim, shape,
                          "has more elements than 64 bits can count");
    if (!multiply_fits(elements, itemsize, &bytes) || bytes > INT64_MAX)
        return fail_shape(error, CLW_ERROR_OVERFLOW, ndim, shape,
                          "has more bytes than 64 bits can count");
    *count = empty ? 0 : (int64_t)elements;
    return CLW_OK;
}

void layout_c_order(struct layout *layout, size_t itemsize)
{
    int64_t stride = (int64_t)itemsize;
    for (int axis = layout->ndim - 1; axis >= 0; axis--) {
        layout->strides[axis] = stride;
        if (layout->shape[axis] > 1)
            stride *= layout->shape[axis];
    }
}

int layout_is_contiguous(const struct layout *layout, size_t itemsize)
{
    int contiguous = 1;
    uint64_t stride = itemsize;
    for (int axis = layout->ndim - 1; axis >= 0; axis--) {
        const int64_t extent = layout->shape[axis];
        if (extent == 0)
            return 1;
        if (extent != 1 && (uint64_t)layout->strides[axis] != stride)
            contiguous = 0;
        stride *= (uint64_t)extent;
    }
    return contiguous;
}

int layout_is_empty(const struct layout *layout)
{
    for (int axis = 0; axis < layout->ndim; axis++)
        if (layout->shape[axis] == 0)
            return 1;
    return 0;
}

/* Bytes from element 0 back to the lowest element and on to the highest; 0 if over 64 bits. */
static int reach(const struct layout *layout, uint64_t *back, uint64_t *on)
{
    *back = *on = 0;
    for (int axis = 0; axis < layout->ndim; axis++) {
        const int64_t stride = layout->strides[axis];
        uint64_t *const sum = stride < 0 ? back : on;
        uint64_t bytes;
        if (!multiply_fits((uint64_t)layout->shape[axis] - 1, magnitude(stride), &bytes) ||
            !add_fits(*sum, bytes, sum))
            return 0;
    }
    return 1;
}

static clw_status fail_extent(clw_error *error, const struct layout *layout)
{
    char shape[SHAPE_WORDS], strides[SHAPE_WORDS];
    return fail(error, CLW_ERROR_OVERFLOW,
                "shape %s with strides %s spans more bytes than 64 bits can count",
                shape_words(layout->ndim, layout->shape, shape, sizeof shape),
                shape_words(layout->ndim, layout->strides, strides, sizeof strides));
}

clw_status layout_extent(const struct layout *layout, size_t itemsize, int64_t *low, int64_t *high,
                         clw_error *error)
{
    uint64_t back = 0, on = 0;
    if (!layout_is_empty(layout)) {
        if (!reach(layout, &back, &on) || back > magnitude(INT64_MIN) ||
            !add_fits(on, itemsize, &on) || on > INT64_MAX)
            return fail_extent(error, layout);
    }
    *low = (int64_t)(0 - back);
    *high = (int64_t)on;
    return CLW_OK;
}
