/* NumPy and PyTorch, with the functions of peer_python.py. */
#include "bench/functions/functions.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

static bool give_inputs(const struct job *job)
{
    for (int i = 0; i < job->function->input_count; ++i)
        if (!python_give(job->in[i], job->bytes, (off_t)((size_t)i * job->bytes)))
            return false;
    return true;
}

static void *open_library(const char *library, const struct job *job, char reason[REASON_BYTES])
{
    if (python_is_there() && !give_inputs(job)) {
        snprintf(reason, REASON_BYTES, "cannot hand over the inputs");
        return NULL;
    }
    if (python_ask(reason, "open %s %s %s %zu %d %d", library, job->function->name,
                   clw_dtype_name(job->dtype), job->elements, job->function->input_count,
                   job->function->parameter) &&
        strcmp(reason, "ok") == 0)
        return (void *)(uintptr_t)library;
    return NULL;
}

static void *open_numpy(const struct job *job, char reason[REASON_BYTES])
{
    return open_library("NumPy", job, reason);
}

static void *open_torch(const struct job *job, char reason[REASON_BYTES])
{
    return open_library("PyTorch", job, reason);
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

const struct peer peer_numpy = {"NumPy", open_numpy, run, value, close_library};
const struct peer peer_torch = {"PyTorch", open_torch, run, value, close_library};
