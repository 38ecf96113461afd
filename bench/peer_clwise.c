/* clwise as a program uses it: a call, and a plan that is made once. Both wait for the result. */
#include "bench/bench.h"

#include <stdlib.h>

struct state {
    const struct operands *operands;
    const clw_op *op;
    clw_operand in[2];
    clw_call_options options;
    clw_plan *plan;
};

static void close_state(void *opaque)
{
    struct state *state = opaque;
    clw_plan_destroy(state->plan);
    free(state);
}

static void *open_call(const struct operands *operands)
{
    const struct work *work = operands->work;
    struct state *state = calloc(1, sizeof *state);
    if (!state)
        return NULL;
    state->operands = operands;
    state->op = clw_op_find(operands->context, work->op);
    state->in[0] = CLW_ARRAY(operands->array_a);
    state->in[1] = operands->array_b ? CLW_ARRAY(operands->array_b) : CLW_INT(255);
    clw_call_options_init(&state->options);
    state->options.has_dtype = work->input != work->output;
    state->options.dtype = work->output;
    return state;
}

static void *open_plan(const struct operands *operands)
{
    struct state *state = open_call(operands);
    if (!state)
        return NULL;
    if (clw_plan_create(operands->context, state->op, state->in, 2, &operands->array_y, 1,
                        &state->options, &state->plan, NULL) == CLW_OK)
        return state;
    close_state(state);
    return NULL;
}

static bool run_call(void *opaque)
{
    const struct state *state = opaque;
    clw_array *y = state->operands->array_y;
    return clw_call(state->operands->context, state->op, state->in, 2, &y, 1, &state->options,
                    NULL) == CLW_OK &&
           clw_finish(state->operands->context, NULL) == CLW_OK;
}

static bool run_plan(void *opaque)
{
    const struct state *state = opaque;
    return clw_plan_execute(state->plan, state->in, &state->operands->array_y, NULL) == CLW_OK &&
           clw_finish(state->operands->context, NULL) == CLW_OK;
}

static bool read_result(void *opaque, void *y)
{
    const struct state *state = opaque;
    const struct work *work = state->operands->work;
    return clw_array_read(state->operands->array_y, y,
                          work_elements(work) * clw_dtype_size(work->output), NULL) == CLW_OK;
}

const struct peer peer_clwise_call = {"clwise call", open_call, run_call, read_result, close_state};
const struct peer peer_clwise_plan = {"clwise plan", open_plan, run_plan, read_result, close_state};
