/* The memory of a work, and the result that it must have. */
#include "bench/layouts/layouts.h"
#include "bench/memory.h"

#include <stdlib.h>
#include <string.h>

static double apply(const char *op, double a, double b)
{
    return op[0] == 'm' ? a * b : op[0] == 'a' ? a + b : a < b;
}

/* Where element `index` (C order) of the output has its operand. */
static const char *place(const struct operands *operands, int input, const int64_t *index)
{
    const struct view *view = &operands->views[input];
    const int lead = operands->work->ndim - view->ndim;
    int64_t at = view->offset;
    for (int axis = 0; axis < view->ndim; ++axis)
        if (view->shape[axis] > 1)
            at += index[lead + axis] * view->strides[axis];
    return (const char *)operands->in[input] + at;
}

static void next(const struct work *work, int64_t *index)
{
    for (int axis = work->ndim - 1; axis >= 0; --axis) {
        if (++index[axis] < work->shape[axis])
            return;
        index[axis] = 0;
    }
}

void operands_expect(const struct operands *operands)
{
    const struct work *work = operands->work;
    const size_t elements = work_elements(work), size = clw_dtype_size(work->out);
    int64_t index[MAX_AXES] = {0};
    for (size_t i = 0; i < elements; ++i, next(work, index)) {
        const double a = element_load(place(operands, 0, index), work->in[0]);
        const double b = element_load(place(operands, 1, index), work->in[1]);
        if (!operands->mask || ((const uint8_t *)operands->mask)[i])
            element_store((char *)operands->expected + i * size, work->out, apply(work->op, a, b));
    }
}

static bool make_input(struct operands *operands, int input, clw_error *error)
{
    const clw_dtype dtype = operands->work->in[input];
    struct view *view = &operands->views[input];
    clw_array *base = NULL;
    *view = view_of(operands->work, operands->work->layouts[input], dtype);
    operands->in[input] = memory_pages(view->base_elements * clw_dtype_size(dtype));
    if (!operands->in[input])
        return false;
    element_fill(operands->in[input], dtype, view->base_elements, 20240229u + (uint32_t)input);
    const bool made = memory_wrap(operands->context, dtype, view->base_elements,
                                  operands->in[input], &base, error) &&
                      clw_array_view(base, view->ndim, view->shape, view->strides, view->offset,
                                     &operands->array_in[input], error) == CLW_OK;
    clw_array_release(base);
    return made;
}

/* A flat array that lies in the shape of the output. */
static bool make_whole(const struct operands *operands, clw_dtype dtype, void **memory,
                       clw_array **array, clw_error *error)
{
    const struct work *work = operands->work;
    clw_array *base = NULL;
    *memory = memory_pages(work_elements(work) * clw_dtype_size(dtype));
    const bool made =
        *memory &&
        memory_wrap(operands->context, dtype, work_elements(work), *memory, &base, error) &&
        clw_array_view(base, work->ndim, work->shape, NULL, 0, array, error) == CLW_OK;
    clw_array_release(base);
    return made;
}

static bool make_mask(struct operands *operands, clw_error *error)
{
    if (!operands->work->masked)
        return true;
    if (!make_whole(operands, CLW_BOOL, &operands->mask, &operands->array_mask, error))
        return false;
    element_fill(operands->mask, CLW_BOOL, work_elements(operands->work), 7);
    return true;
}

bool operands_init(struct operands *operands, const struct work *work, clw_context *context,
                   clw_error *error)
{
    const size_t bytes = work_elements(work) * clw_dtype_size(work->out);
    *operands =
        (struct operands){.work = work, .context = context, .expected = memory_pages(bytes)};
    *error = (clw_error){CLW_ERROR_MEMORY, "no memory for the operands"};
    if (operands->expected && make_input(operands, 0, error) && make_input(operands, 1, error) &&
        make_mask(operands, error) &&
        make_whole(operands, work->out, &operands->y, &operands->array_y, error)) {
        memset(operands->expected, 0x5a, bytes);
        operands_expect(operands);
        return true;
    }
    operands_finish(operands);
    return false;
}

void operands_finish(struct operands *operands)
{
    clw_array_release(operands->array_mask);
    clw_array_release(operands->array_y);
    for (int i = 0; i < INPUTS; ++i)
        clw_array_release(operands->array_in[i]);
    /* The memory is borrowed until the last use of the arrays, which queued work may be. */
    if (clw_finish(operands->context, NULL) == CLW_OK) {
        for (int i = 0; i < INPUTS; ++i)
            free(operands->in[i]);
        free(operands->mask);
        free(operands->y);
    }
    free(operands->expected);
    *operands = (struct operands){0};
}

double operands_bytes(const struct operands *operands)
{
    const struct work *work = operands->work;
    double bytes = (double)(work_elements(work) * (clw_dtype_size(work->out) + work->masked));
    for (int i = 0; i < INPUTS; ++i) {
        double elements = 1;
        for (int axis = 0; axis < operands->views[i].ndim; ++axis)
            elements *= (double)operands->views[i].shape[axis];
        bytes += elements * (double)clw_dtype_size(work->in[i]);
    }
    return bytes;
}

bool read_memory(const struct operands *operands, void *y)
{
    memcpy(y, operands->y, work_elements(operands->work) * clw_dtype_size(operands->work->out));
    return true;
}
