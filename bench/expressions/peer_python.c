/* NumPy, numexpr, PyTorch and JAX, with the text of the expression. */
#include "bench/expressions/expressions.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

static void *open_library(const char *library, const struct job *job, char reason[REASON_BYTES])
{
    const struct expression *expression = job->expression;
    bool given = true;
    for (int i = 0; python_is_there() && given && i < expression->operands; ++i)
        given = python_give(job->operand[i], job->bytes, (off_t)((size_t)i * job->bytes));
    if (!given) {
        snprintf(reason, REASON_BYTES, "cannot hand over the operands");
        return NULL;
    }
    if (python_ask(reason, "open %s %s %s %zu %d %s", library, clw_dtype_name(expression->operand),
                   clw_dtype_name(expression->result), job->elements, expression->operands,
                   expression->python ? expression->python : expression->text) &&
        strcmp(reason, "ok") == 0)
        return (void *)(uintptr_t)library;
    return NULL;
}

static double run(void *library)
{
    return python_number("run %s", (char *)library);
}

static double value(void *library, size_t index)
{
    return python_number("value %s %zu", (char *)library, index);
}

static void close_library(void *library)
{
    char answer[REASON_BYTES];
    python_ask(answer, "close %s", (char *)library);
}

static void *open_numpy(const struct job *job, char reason[REASON_BYTES])
{
    return open_library("NumPy", job, reason);
}

static void *open_numexpr(const struct job *job, char reason[REASON_BYTES])
{
    return open_library("numexpr", job, reason);
}

static void *open_torch(const struct job *job, char reason[REASON_BYTES])
{
    return open_library("PyTorch", job, reason);
}

static void *open_jax(const struct job *job, char reason[REASON_BYTES])
{
    return open_library("JAX", job, reason);
}

const struct peer peer_numpy = {"NumPy", open_numpy, run, value, close_library};
const struct peer peer_numexpr = {"numexpr", open_numexpr, run, value, close_library};
const struct peer peer_torch = {"PyTorch", open_torch, run, value, close_library};
const struct peer peer_jax = {"JAX", open_jax, run, value, close_library};
