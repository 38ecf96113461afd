/* The steps of a plan: a function for each op and loop, then one statement a step. */
#include <stdio.h>
#include <string.h>

#include "runtime/codegen/generator.h"
#include "runtime/codegen/literal.h"
#include "runtime/codegen/types.h"

static int has_usual(const struct step *step)
{
    return step->op && op_has_usual(step->op, &step->loop);
}

int has_usual_form(const struct generator *g)
{
    const struct resolved *resolved = &g->plan->resolved;
    int found = 0;
    for (int i = 0; i < resolved->nsteps; i++)
        found |= has_usual(&resolved->steps[i]);
    return found;
}

/* ---- functions ---- */

static int same_loop(const struct step *a, const struct step *b)
{
    return a->op == b->op && a->loop.t == b->loop.t &&
           memcmp(a->loop.in, b->loop.in, (size_t)a->op->nin) == 0 &&
           memcmp(a->loop.out, b->loop.out, (size_t)a->op->nout) == 0;
}

static clw_status add_input_casts(struct generator *g, const struct step *step)
{
    const int nin = step_input_count(step);
    clw_status status = CLW_OK;
    for (int i = 0; !status && i < nin; i++) {
        const struct value *value = &step->in[i];
        if (value->kind == VALUE_INPUT || value->kind == VALUE_STEP)
            status = add_cast(g, (clw_dtype)value->dtype, (clw_dtype)step->loop.in[i]);
    }
    if (!status && !step->op)
        status = add_cast(g, (clw_dtype)step->loop.in[0], (clw_dtype)step->loop.out[0]);
    for (int i = 0; !status && step->op && i < step->op->nout; i++)
        if (dtype_is_half((clw_dtype)step->loop.out[i]))
            status = add_memory(g, (clw_dtype)step->loop.out[i]);
    return status;
}

clw_status add_functions(struct generator *g)
{
    const struct resolved *resolved = &g->plan->resolved;
    clw_status status = CLW_OK;
    for (int i = 0; !status && i < resolved->nsteps; i++) {
        const struct step *step = &resolved->steps[i];
        status = add_input_casts(g, step);
        if (status || !step->op)
            continue;
        int same = 0;
        while (same < i && !(resolved->steps[same].op && same_loop(step, &resolved->steps[same])))
            same++;
        g->instance[i] = (uint8_t)same;
        char prefix[32];
        snprintf(prefix, sizeof prefix, "%sop", g->own);
        const struct instance instance = {step->op, &step->loop, prefix, same};
        if (same == i)
            status = add_instance(g, &instance);
    }
    for (int i = 0; !status && i < resolved->op->nout; i++)
        status = add_cast(g, resolved->out_dtype[i], g->plan->out_dtype[i]);
    return status;
}

/* ---- statements ---- */

static const char *input_name(const struct generator *g, int input)
{
    return g->plan->resolved.op->in_name[input];
}

void add_cast_value(struct generator *g, const char *value, clw_dtype from, clw_dtype to)
{
    if (from == to)
        text_add(g->text, value);
    else if (dtype_is_half(to))
        text_addf(g->text, "round_%s(cast_%s_%s(%s))", dtype_table[to].name, dtype_table[from].name,
                  dtype_table[to].name, value);
    else
        text_addf(g->text, "cast_%s_%s(%s)", dtype_table[from].name, dtype_table[to].name, value);
}

static void add_value(struct generator *g, const struct value *value, clw_dtype wanted)
{
    char name[2 * OP_NAME_SIZE];
    switch (value->kind) {
    case VALUE_INPUT:
        snprintf(name, sizeof name, "value_%s", input_name(g, value->index));
        add_cast_value(g, name, (clw_dtype)value->dtype, wanted);
        break;
    case VALUE_STEP:
        snprintf(name, sizeof name, "step%d_%d", value->index, value->output);
        add_cast_value(g, name, (clw_dtype)value->dtype, wanted);
        break;
    case VALUE_SCALAR:
        text_addf(g->text, "scalar%d", value->index);
        break;
    case VALUE_LITERAL:
        add_literal(g->text, g->plan->resolved.op->graph->literals[value->index], wanted,
                    g->plan->hiding != HIDE_NOTHING);
        break;
    }
}

/* 1 if nothing but a store of the same dtype reads output k of the only step: `store` rounds. */
static int is_only_stored(const struct generator *g, int k)
{
    const struct resolved *resolved = &g->plan->resolved;
    return resolved->nsteps == 1 && resolved->out_dtype[k] == g->plan->out_dtype[k];
}

static void round_output(struct generator *g, int index, int k, clw_dtype dtype)
{
    if (dtype_is_half(dtype) && !is_only_stored(g, k))
        text_addf(g->text, "    step%d_%d = round_%s(step%d_%d);\n", index, k,
                  dtype_table[dtype].name, index, k);
}

static void hide_output(struct generator *g, int index, int k, clw_dtype dtype)
{
    char name[32];
    if (g->plan->hiding != HIDE_VALUES)
        return;
    snprintf(name, sizeof name, "step%d_%d", index, k);
    const char *type = compute_type(dtype, g->demoted);
    text_addf(g->text, "    %s = ", name);
    begin_hidden(g->text, type, dtype);
    text_add(g->text, name);
    end_hidden(g->text, type, dtype);
    text_add(g->text, ";\n");
}

static void add_cast_statement(struct generator *g, int index)
{
    const struct step *step = &g->plan->resolved.steps[index];
    const clw_dtype from = (clw_dtype)step->loop.in[0], to = (clw_dtype)step->loop.out[0];
    char name[32];
    snprintf(name, sizeof name, "from%d", index);
    text_addf(g->text, "    %s %s = ", compute_type(from, g->demoted), name);
    add_value(g, &step->in[0], from);
    text_addf(g->text, ";\n    %s step%d_0 = ", compute_type(to, g->demoted), index);
    add_cast_value(g, name, from, to);
    text_add(g->text, ";\n");
    hide_output(g, index, 0, to);
}

/* Operands of one call are arrays of their own. */
static int is_repeated(const struct step *step, int i)
{
    const struct value *value = &step->in[i];
    int repeated = 0;
    for (int k = 0; k < i; k++)
        repeated |= step->in[k].kind == value->kind && step->in[k].index == value->index &&
                    step->in[k].output == value->output;
    return repeated;
}

static void add_operand(struct generator *g, const struct step *step, int i)
{
    const clw_dtype dtype = (clw_dtype)step->loop.in[i];
    const char *type = compute_type(dtype, g->demoted);
    const int is_hidden = g->plan->hiding == HIDE_VALUES && is_repeated(step, i);
    if (is_hidden)
        begin_hidden(g->text, type, dtype);
    add_value(g, &step->in[i], dtype);
    if (is_hidden)
        end_hidden(g->text, type, dtype);
}

/* "op0_sin(a, b, param0": the caller closes it. */
static void add_call_of(struct generator *g, int index, enum form form)
{
    const struct step *step = &g->plan->resolved.steps[index];
    const struct clw_op *op = step->op;
    text_addf(g->text, "%sop%d_%s%s(", g->own, g->instance[index], op->function, form_suffix[form]);
    for (int i = 0; i < op->nin; i++) {
        text_add(g->text, i ? ", " : "");
        add_operand(g, step, i);
    }
    for (int i = 0; i < op->npositions; i++)
        text_addf(g->text, ", position%d", step->position[i]);
    for (int i = 0; i < op->nparams; i++)
        text_addf(g->text, "%sparam%d", i || op->nin ? ", " : "", step->first_param + i);
}

static void add_judgement(struct generator *g, int index)
{
    if (!has_usual(&g->plan->resolved.steps[index]))
        return;
    text_add(g->text, "    usual &= ");
    add_call_of(g, index, FORM_JUDGE);
    text_add(g->text, ");\n");
}

static void add_call(struct generator *g, int index, enum form form)
{
    const struct step *step = &g->plan->resolved.steps[index];
    const struct clw_op *op = step->op;
    for (int k = 0; k < op->nout; k++)
        text_addf(g->text, "    %s step%d_%d;\n",
                  compute_type((clw_dtype)step->loop.out[k], g->demoted), index, k);
    if (!op->is_builtin) /* what does not fit is reported at the op's line */
        add_line(g, op->line, op->shared.file);
    text_add(g->text, "    ");
    if (op->nout == 1)
        text_addf(g->text, "step%d_0 = ", index);
    add_call_of(g, index, form != FORM_FULL && has_usual(step) ? FORM_USUAL : FORM_FULL);
    for (int k = 0; op->nout > 1 && k < op->nout; k++)
        text_addf(g->text, ", &step%d_%d", index, k);
    text_add(g->text, ");\n");
    if (!op->is_builtin)
        text_add(g->text, "#line 1 \"generated\"\n");
    for (int k = 0; k < op->nout; k++) {
        round_output(g, index, k, (clw_dtype)step->loop.out[k]);
        hide_output(g, index, k, (clw_dtype)step->loop.out[k]);
    }
    if (form == FORM_JUDGE)
        add_judgement(g, index);
}

static int last_with_usual(const struct resolved *resolved)
{
    int last = resolved->nsteps - 1;
    while (last >= 0 && !has_usual(&resolved->steps[last]))
        last--;
    return last;
}

/* What judges needs no value of the last op that is judged, and nothing after it: a compiler would
 * take its time to find that out. */
void add_statements(struct generator *g, enum form form)
{
    const struct resolved *resolved = &g->plan->resolved;
    const int last = form == FORM_JUDGE ? last_with_usual(resolved) : resolved->nsteps;
    for (int i = 0; i < resolved->nsteps && i < last; i++)
        if (resolved->steps[i].op)
            add_call(g, i, form);
        else
            add_cast_statement(g, i);
    if (form == FORM_JUDGE && last >= 0)
        add_judgement(g, last);
}

void add_output_value(struct generator *g, int index)
{
    add_value(g, &g->plan->resolved.out[index], g->plan->out_dtype[index]);
}
