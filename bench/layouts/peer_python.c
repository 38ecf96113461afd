/* NumPy, PyTorch and JAX: sums of views of arrays of their own. They count and time their runs. */
#include "bench/layouts/layouts.h"
#include "bench/python.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct state {
    const char *library;
    const struct operands *operands;
};

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
    char answer[REASON_BYTES], shapes[3][64];
    if (work->beside != BESIDE_BLOCKED || !python_is_there() || !give(operands))
        return NULL;
    for (int i = 0; i < INPUTS; ++i)
        shape_text(views[i].base_ndim, views[i].base_shape, shapes[i]);
    shape_text(work->ndim, work->shape, shapes[2]);
    if (!python_ask(answer, "open %s %s %s %s %s %s %s", library, clw_dtype_name(work->out),
                    layout_names[work->layouts[0]], shapes[0], layout_names[work->layouts[1]],
                    shapes[1], shapes[2]) ||
        strcmp(answer, "ok") != 0)
        return NULL;
    struct state *state = malloc(sizeof *state);
    if (state)
        *state = (struct state){library, operands};
    return state;
}

static bool run(void *opaque)
{
    const struct state *state = opaque;
    return isfinite(python_number("run %s", state->library));
}

static double sample(void *opaque, double seconds)
{
    const struct state *state = opaque;
    return python_number("sample %s %.9f", state->library, seconds);
}

static bool read_result(void *opaque, void *y)
{
    const struct state *state = opaque;
    const struct work *work = state->operands->work;
    char answer[REASON_BYTES];
    return python_ask(answer, "result %s", state->library) && strcmp(answer, "ok") == 0 &&
           python_take(y, work_elements(work) * clw_dtype_size(work->out));
}

static void close_library(void *opaque)
{
    struct state *state = opaque;
    char answer[REASON_BYTES];
    python_ask(answer, "close %s", state->library);
    free(state);
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

const struct peer peer_numpy = {"NumPy", open_numpy, run, read_result, close_library, sample};
const struct peer peer_torch = {"PyTorch", open_torch, run, read_result, close_library, sample};
const struct peer peer_jax = {"JAX", open_jax, run, read_result, close_library, sample};
