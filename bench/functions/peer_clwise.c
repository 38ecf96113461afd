/* The peers that run through clwise: its op, a copy of the first input, and the device's built-in
 * function as the body of an op. And memcpy, beside the copy. */
#include "bench/functions/functions.h"
#include "bench/timing.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct state {
    clw_context *context;
    clw_op *op; /* its own, or NULL */
    clw_plan *plan;
    clw_operand in[MAX_INPUTS];
    clw_array *y;
};

static void close_state(void *opaque)
{
    struct state *state = opaque;
    clw_plan_destroy(state->plan);
    clw_op_release(state->op);
    free(state);
}

/* own: to be released in the end, or NULL. */
static void *open_plan(const struct job *job, const clw_op *op, clw_op *own, int inputs,
                       clw_array *y, char reason[REASON_BYTES])
{
    clw_call_options options;
    clw_param param;
    clw_error error = {CLW_ERROR_MEMORY, "no memory"};
    struct state *state = calloc(1, sizeof *state);
    if (state) {
        *state = (struct state){.context = job->context, .op = own, .y = y};
        for (int i = 0; i < inputs; ++i)
            state->in[i] = CLW_ARRAY(job->array_in[i]);
        set_parameter(job->function, op, &options, &param);
        if (!clw_plan_create(job->context, op, state->in, inputs, &state->y, 1, &options,
                             &state->plan, &error))
            return state;
        close_state(state);
    }
    snprintf(reason, REASON_BYTES, "%.*s", REASON_BYTES - 1, error.message);
    return NULL;
}

static double run_plan(void *opaque)
{
    const struct state *state = opaque;
    const double begin = now();
    return clw_plan_execute(state->plan, state->in, &state->y, NULL) == CLW_OK &&
                   clw_finish(state->context, NULL) == CLW_OK
               ? now() - begin
               : NAN;
}

static double plan_value(void *opaque, size_t index)
{
    const struct state *state = opaque;
    return array_value(state->y, index);
}

static void *open_clwise(const struct job *job, char reason[REASON_BYTES])
{
    if (job->op)
        return open_plan(job, job->op, NULL, job->function->input_count, job->array_y, reason);
    snprintf(reason, REASON_BYTES, "no op of that name");
    return NULL;
}

static void *open_copy(const struct job *job, char reason[REASON_BYTES])
{
    return open_plan(job, clw_op_find(job->context, "copy"), NULL, 1, job->array_spare, reason);
}

/* An op whose body is the built-in function. */
static void *open_builtin(const struct job *job, char reason[REASON_BYTES])
{
    const bool two = job->function->input_count == 2;
    char source[512];
    clw_op *op = NULL;
    clw_error error;
    if (!job->function->builtin || job->dtype == CLW_C64 || job->dtype == CLW_C128) {
        snprintf(reason, REASON_BYTES, "OpenCL C has none");
        return NULL;
    }
    snprintf(source, sizeof source,
             "// builtin -- the device's own\n//! op builtin(a%s) -> y\n//! loop T %s-> T for f32 "
             "f64\n//! function of_device\n"
             "static inline R of_device(T a%s)\n{\n    return %s;\n}\n",
             two ? ", b" : "", two ? "T " : "", two ? ", T b" : "", job->function->builtin);
    if (clw_op_define(job->context, source, &op, &error) == CLW_OK)
        return open_plan(job, op, op, two ? 2 : 1, job->array_spare, reason);
    snprintf(reason, REASON_BYTES, "%.*s", REASON_BYTES - 1, error.message);
    return NULL;
}

static void *open_memcpy(const struct job *job, char reason[REASON_BYTES])
{
    struct job *copy = NULL;
    if (strcmp(job->function->name, "copy") == 0 && (copy = malloc(sizeof *copy)))
        return *copy = *job, copy;
    snprintf(reason, REASON_BYTES, "only beside the copy");
    return NULL;
}

static double run_memcpy(void *opaque)
{
    const struct job *job = opaque;
    const double begin = now();
    memcpy(job->spare, job->in[0], job->bytes);
    return now() - begin;
}

const struct peer peer_clwise = {"clwise", open_clwise, run_plan, plan_value, close_state};
const struct peer peer_copy = {"copy", open_copy, run_plan, NULL, close_state};
const struct peer peer_builtin = {"built-in", open_builtin, run_plan, plan_value, close_state};
const struct peer peer_memcpy = {"memcpy", open_memcpy, run_memcpy, NULL, free};
