/* NumPy, PyTorch, numexpr, JAX and PyOpenCL: products of two arrays of their own. Runs are counted
 * and timed over there, so that a word by pipe costs none of them anything. */
#include "bench/bench.h"
#include "bench/python.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct state {
    const char *library;
    const struct operands *operands;
};

static void *open_library(const char *library, const struct operands *operands)
{
    const struct work *work = operands->work;
    const size_t bytes = work_array_bytes(work);
    char answer[REASON_BYTES];
    if (!python_is_there() || !python_give(operands->a, bytes, 0) ||
        !python_give(operands->b, bytes, (off_t)bytes) ||
        !python_ask(answer, "open %s %s %zu", library, clw_dtype_name(work->dtype),
                    work->elements) ||
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
    char answer[REASON_BYTES];
    return python_ask(answer, "result %s", state->library) && strcmp(answer, "ok") == 0 &&
           python_take(y, work_array_bytes(state->operands->work));
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

static void *open_numexpr(const struct operands *operands)
{
    return open_library("numexpr", operands);
}

static void *open_jax(const struct operands *operands)
{
    return open_library("JAX", operands);
}

static void *open_pyopencl(const struct operands *operands)
{
    return operands->work->elements <= CALLS_ONLY ? open_library("PyOpenCL", operands) : NULL;
}

const struct peer peer_numpy = {"NumPy", open_numpy, run, read_result, close_library, sample};
const struct peer peer_torch = {"PyTorch", open_torch, run, read_result, close_library, sample};
const struct peer peer_numexpr = {"numexpr", open_numexpr, run, read_result, close_library, sample};
const struct peer peer_jax = {"JAX", open_jax, run, read_result, close_library, sample};
const struct peer peer_pyopencl = {"PyOpenCL",  open_pyopencl, run,
                                   read_result, close_library, sample};
