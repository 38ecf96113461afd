/* clwise: the work itself by a plan; and what it stands beside, by clwise too. All wait for the
 * result. */
#include "bench/layouts/layouts.h"
#include "bench/memory.h"

#include <stdlib.h>

struct state {
    const struct operands *operands;
    const clw_op *op;
    clw_operand in[INPUTS];
    clw_array *y;
    clw_call_options options;
    clw_plan *plan;
    void *memory[3];
    clw_array *arrays[3]; /* of the memory */
};

static void close_state(void *opaque)
{
    struct state *state = opaque;
    clw_plan_destroy(state->plan);
    for (int i = 0; i < 3; ++i)
        clw_array_release(state->arrays[i]);
    if (clw_finish(state->operands->context, NULL) == CLW_OK)
        for (int i = 0; i < 3; ++i)
            free(state->memory[i]);
    free(state);
}

static struct state *start(const struct operands *operands, const char *op)
{
    struct state *state = calloc(1, sizeof *state);
    if (!state)
        return NULL;
    state->operands = operands;
    state->op = clw_op_find(operands->context, op);
    state->y = operands->array_y;
    clw_call_options_init(&state->options);
    state->options.where = operands->array_mask;
    for (int i = 0; i < INPUTS; ++i)
        state->in[i] = CLW_ARRAY(operands->array_in[i]);
    return state;
}

static void *with_plan(struct state *state, int inputs)
{
    if (state && clw_plan_create(state->operands->context, state->op, state->in, inputs, &state->y,
                                 1, &state->options, &state->plan, NULL) == CLW_OK)
        return state;
    if (state)
        close_state(state);
    return NULL;
}

/* With a new output it is a call, as is the one with a given output beside it. */
static void *open_work(const struct operands *operands)
{
    struct state *state = start(operands, operands->work->op);
    return operands->work->beside == BESIDE_GIVEN ? state : with_plan(state, INPUTS);
}

static void *open_given(const struct operands *operands)
{
    return operands->work->beside == BESIDE_GIVEN ? start(operands, operands->work->op) : NULL;
}

static bool make_arrays(struct state *state, int count, clw_dtype dtype, size_t elements)
{
    for (int i = 0; i < count; ++i) {
        state->memory[i] = memory_pages(elements * clw_dtype_size(dtype));
        if (!state->memory[i] || !memory_wrap(state->operands->context, dtype, elements,
                                              state->memory[i], &state->arrays[i], NULL))
            return false;
    }
    state->in[0] = CLW_ARRAY(state->arrays[0]);
    state->in[1] = CLW_ARRAY(state->arrays[1]);
    state->y = state->arrays[count - 1];
    return true;
}

/* Arrays of their own: as many elements, all contiguous. */
static void *open_whole(const struct operands *operands)
{
    const struct work *work = operands->work;
    if (work->beside != BESIDE_CONTIGUOUS)
        return NULL;
    struct state *state = start(operands, work->op);
    if (state && make_arrays(state, 3, work->out, work_elements(work)))
        return with_plan(state, INPUTS);
    if (state)
        close_state(state);
    return NULL;
}

/* As many bytes as the work moves, half of them read and half written. */
static void *open_copy(const struct operands *operands)
{
    if (operands->work->beside != BESIDE_COPY)
        return NULL;
    struct state *state = start(operands, "copy");
    if (state)
        state->options.where = NULL;
    if (state && make_arrays(state, 2, CLW_F32, (size_t)(operands_bytes(operands) / 8)))
        return with_plan(state, 1);
    if (state)
        close_state(state);
    return NULL;
}

static bool run_plan(void *opaque)
{
    const struct state *state = opaque;
    return clw_plan_execute(state->plan, state->in, &state->y, NULL) == CLW_OK &&
           clw_finish(state->operands->context, NULL) == CLW_OK;
}

static bool call(const struct state *state, clw_array **y)
{
    return clw_call(state->operands->context, state->op, state->in, INPUTS, y, 1, &state->options,
                    NULL) == CLW_OK &&
           clw_finish(state->operands->context, NULL) == CLW_OK;
}

static bool run_given(void *opaque)
{
    struct state *state = opaque;
    return call(state, &state->y);
}

/* The result of the run before is released when the new one is there, as in `y = a * b` of Python:
 * two outputs are in use at once. The first is that of the operands. */
static bool run_work(void *opaque)
{
    struct state *state = opaque;
    clw_array *y = NULL;
    if (state->plan)
        return run_plan(state);
    if (!call(state, &y))
        return false;
    clw_array_release(state->arrays[0]);
    state->arrays[0] = state->y = y;
    return true;
}

static bool read_result(void *opaque, void *y)
{
    const struct state *state = opaque;
    const struct work *work = state->operands->work;
    return clw_array_read(state->y, y, work_elements(work) * clw_dtype_size(work->out), NULL) ==
           CLW_OK;
}

const struct peer peer_clwise = {"clwise", open_work, run_work, read_result, close_state, NULL};
const struct peer peer_clwise_given = {"clwise given", open_given,  run_given,
                                       read_result,    close_state, NULL};
const struct peer peer_clwise_whole = {"clwise whole", open_whole,  run_plan,
                                       NULL,           close_state, NULL};
const struct peer peer_clwise_copy = {"clwise copy", open_copy, run_plan, NULL, close_state, NULL};
