/* NumPy, PyTorch, numexpr, JAX and PyOpenCL: products of two arrays of their own. */
#include "bench/bench.h"
#include "bench/python.h"
#include "bench/python_work.h"

static void *open_library(const char *library, const struct operands *operands)
{
    const struct work *work = operands->work;
    const size_t bytes = work_array_bytes(work);
    if (!python_is_there() || !python_give(operands->a, bytes, 0) ||
        !python_give(operands->b, bytes, (off_t)bytes))
        return NULL;
    return python_work_open(library, bytes, "%s %zu", clw_dtype_name(work->dtype), work->elements);
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

const struct peer peer_numpy = {"NumPy",          open_numpy,        python_work_run,
                                python_work_read, python_work_close, python_work_sample};
const struct peer peer_torch = {"PyTorch",        open_torch,        python_work_run,
                                python_work_read, python_work_close, python_work_sample};
const struct peer peer_numexpr = {"numexpr",        open_numexpr,      python_work_run,
                                  python_work_read, python_work_close, python_work_sample};
const struct peer peer_jax = {
    "JAX", open_jax, python_work_run, python_work_read, python_work_close, python_work_sample};
const struct peer peer_pyopencl = {"PyOpenCL",       open_pyopencl,     python_work_run,
                                   python_work_read, python_work_close, python_work_sample};
