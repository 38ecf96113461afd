/* NumPy, PyTorch and JAX: sums of views of arrays of their own. */
#include "bench/layouts/layouts.h"
#include "bench/python.h"
#include "bench/python_work.h"

#include <stdio.h>

static void shape_text(int ndim, const int64_t *shape, char text[64])
{
    int length = 0;
    for (int axis = 0; axis < ndim; ++axis)
        length += snprintf(text + length, 64 - (size_t)length, "%s%lld", axis ? "x" : "",
                           (long long)shape[axis]);
}

static bool give(const struct operands *operands)
{
    off_t at = 0;
    for (int i = 0; i < INPUTS; ++i) {
        const size_t bytes =
            operands->views[i].base_elements * clw_dtype_size(operands->work->in[i]);
        if (!python_give(operands->in[i], bytes, at))
            return false;
        at += (off_t)bytes;
    }
    return true;
}

static void *open_library(const char *library, const struct operands *operands)
{
    const struct work *work = operands->work;
    const struct view *views = operands->views;
    char shapes[3][64];
    if (work->beside != BESIDE_BLOCKED || !python_is_there() || !give(operands))
        return NULL;
    for (int i = 0; i < INPUTS; ++i)
        shape_text(views[i].base_ndim, views[i].base_shape, shapes[i]);
    shape_text(work->ndim, work->shape, shapes[2]);
    return python_work_open(library, work_elements(work) * clw_dtype_size(work->out),
                            "%s %s %s %s %s %s", clw_dtype_name(work->out),
                            layout_names[work->layouts[0]], shapes[0],
                            layout_names[work->layouts[1]], shapes[1], shapes[2]);
}

static void *open_numpy(const struct operands *operands)
{
    return open_library("NumPy", operands);
}

static void *open_torch(const struct operands *operands)
{
    return open_library("PyTorch", operands);
}

static void *open_jax(const struct operands *operands)
{
    return open_library("JAX", operands);
}

const struct peer peer_numpy = {"NumPy",          open_numpy,        python_work_run,
                                python_work_read, python_work_close, python_work_sample};
const struct peer peer_torch = {"PyTorch",        open_torch,        python_work_run,
                                python_work_read, python_work_close, python_work_sample};
const struct peer peer_jax = {
    "JAX", open_jax, python_work_run, python_work_read, python_work_close, python_work_sample};
