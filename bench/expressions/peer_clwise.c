/* clwise: the expression as one op, and its steps as one op each. */
#include "bench/expressions/expressions.h"
#include "bench/timing.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_STEPS = 24 };

/* A plan with its operands; out is the step's own, or the job's result. */
struct step {
    clw_op *op;
    clw_plan *plan;
    clw_operand in[MAX_OPERANDS];
    clw_array *out;
};

struct state {
    clw_context *context;
    int count;
    struct step steps[MAX_STEPS];
    clw_array *named[26]; /* by letter; borrowed */
    clw_array *result;
};

static void close_state(void *opaque)
{
    struct state *state = opaque;
    for (int i = 0; i < state->count; ++i) {
        clw_plan_destroy(state->steps[i].plan);
        clw_op_release(state->steps[i].op);
        if (state->steps[i].out != state->result)
            clw_array_release(state->steps[i].out);
    }
    free(state);
}

/* out NULL: the step makes an array of its own, and runs once. */
static bool add_step(struct state *state, const char *text, clw_array *out, clw_error *error)
{
    struct step *step = &state->steps[state->count++];
    if (clw_op_from_expression(state->context, text, &step->op, error))
        return false;
    const int nin = clw_op_input_count(step->op);
    for (int i = 0; i < nin; ++i)
        step->in[i] = CLW_ARRAY(state->named[clw_op_input_name(step->op, i)[0] - 'a']);
    step->out = out;
    return (out ||
            !clw_call(state->context, step->op, step->in, nin, &step->out, 1, NULL, error)) &&
           !clw_plan_create(state->context, step->op, step->in, nin, &step->out, 1, NULL,
                            &step->plan, error);
}

static struct state *new_state(const struct job *job)
{
    struct state *state = calloc(1, sizeof *state);
    if (!state)
        return NULL;
    state->context = job->context;
    state->result = job->result_array;
    for (int i = 0; i < MAX_OPERANDS; ++i)
        state->named[i] = job->operand_array[i];
    return state;
}

static void *finish_open(struct state *state, bool made, const clw_error *error,
                         char reason[REASON_BYTES])
{
    if (made)
        return state;
    snprintf(reason, REASON_BYTES, "%.*s", REASON_BYTES - 1, state ? error->message : "no memory");
    if (state)
        close_state(state);
    return NULL;
}

static void *open_fused(const struct job *job, char reason[REASON_BYTES])
{
    clw_error error;
    struct state *state = new_state(job);
    const bool made = state && add_step(state, job->expression->text, job->result_array, &error);
    return finish_open(state, made, &error, reason);
}

/* "t = a*b": the name, if there is one, gets the array that the step makes. */
static bool add_statement(struct state *state, char *statement, clw_error *error)
{
    statement += strspn(statement, " ");
    char *const equals = strstr(statement, " = ");
    if (!equals)
        return add_step(state, statement, state->result, error);
    if (!add_step(state, equals + 3, NULL, error))
        return false;
    state->named[statement[0] - 'a'] = state->steps[state->count - 1].out;
    return true;
}

static void *open_one_by_one(const struct job *job, char reason[REASON_BYTES])
{
    clw_error error;
    char text[1024], *rest = text;
    struct state *state = new_state(job);
    bool made = state != NULL;
    snprintf(text, sizeof text, "%s", job->expression->steps);
    while (made && rest) {
        char *const end = strchr(rest, ';');
        if (end)
            *end = '\0';
        made = add_statement(state, rest, &error);
        rest = end ? end + 1 : NULL;
    }
    return finish_open(state, made, &error, reason);
}

static double run(void *opaque)
{
    const struct state *state = opaque;
    const double begin = now();
    for (int i = 0; i < state->count; ++i)
        if (clw_plan_execute(state->steps[i].plan, state->steps[i].in, &state->steps[i].out, NULL))
            return NAN;
    return clw_finish(state->context, NULL) ? NAN : now() - begin;
}

static double value(void *opaque, size_t index)
{
    const struct state *state = opaque;
    return array_value(state->result, index);
}

const struct peer peer_clwise = {"clwise", open_fused, run, value, close_state};
const struct peer peer_one_by_one = {"one by one", open_one_by_one, run, value, close_state};
