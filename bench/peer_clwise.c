/* clwise as a program uses it: a call, an expression, and a plan that is made once. All wait for
 * the result. */
#include "bench/bench.h"

#include <stdlib.h>

struct state {
    const struct operands *operands;
    const clw_op *op;
    clw_operand in[2];
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
    struct state *state = calloc(1, sizeof *state);
    if (!state)
        return NULL;
    state->operands = operands;
    state->op = clw_op_find(operands->context, "multiply");
    state->in[0] = CLW_ARRAY(operands->array_a);
    state->in[1] = CLW_ARRAY(operands->array_b);
    return state;
}

static void *open_plan(const struct operands *operands)
{
    struct state *state = open_call(operands);
    if (!state)
        return NULL;
    if (clw_plan_create(operands->context, state->op, state->in, 2, &operands->array_y, 1, NULL,
                        &state->plan, NULL) == CLW_OK)
        return state;
    close_state(state);
    return NULL;
}

static bool run_call(void *opaque)
{
    const struct state *state = opaque;
    clw_array *y = state->operands->array_y;
    return clw_call(state->operands->context, state->op, state->in, 2, &y, 1, NULL, NULL) ==
               CLW_OK &&
           clw_finish(state->operands->context, NULL) == CLW_OK;
}

static bool run_eval(void *opaque)
{
    const struct operands *operands = ((const struct state *)opaque)->operands;
    clw_array *y = operands->array_y;
    return clw_eval(operands->context, "a * b", &y, NULL, "a", operands->array_a, "b",
                    operands->array_b, NULL) == CLW_OK &&
           clw_finish(operands->context, NULL) == CLW_OK;
}

static bool run_plan(void *opaque)
{
    const struct state *state = opaque;
    return clw_plan_execute(state->plan, state->in, &state->operands->array_y, NULL) == CLW_OK &&
           clw_finish(state->operands->context, NULL) == CLW_OK;
}

static bool read_result(void *opaque, void *y)
{
    const struct operands *operands = ((const struct state *)opaque)->operands;
    return clw_array_read(operands->array_y, y, work_array_bytes(operands->work), NULL) == CLW_OK;
}

const struct peer peer_clwise_call = {"clwise call", open_call,   run_call,
                                      read_result,   close_state, NULL};
const struct peer peer_clwise_plan = {"clwise plan", open_plan,   run_plan,
                                      read_result,   close_state, NULL};
const struct peer peer_clwise_eval = {"clwise eval", open_call,   run_eval,
                                      read_result,   close_state, NULL};
