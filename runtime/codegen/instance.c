/* Bodies of ops as functions of a program: of steps, and of ops that bodies call. */
#include <stdio.h>
#include <string.h>

#include "runtime/codegen/generator.h"
#include "runtime/codegen/types.h"
#include "runtime/plan/called.h"

const char *const form_suffix[FORM_COUNT] = {
    [FORM_FULL] = "", [FORM_USUAL] = "_usual", [FORM_JUDGE] = "_is_usual"};

int op_has_usual(const struct clw_op *op, const struct loop *loop)
{
    return op->usual >> loop->t & 1;
}

static int same_dtypes(const struct clw_op *op, const struct loop *a, const struct loop *b)
{
    return a->t == b->t && memcmp(a->in, b->in, (size_t)op->nin) == 0 &&
           memcmp(a->out, b->out, (size_t)op->nout) == 0;
}

static void define_numbered(struct generator *g, const char *prefix, const uint8_t *dtypes, int n)
{
    for (int i = 0; i < n; i++)
        text_addf(g->text,
                  "#define %s%d %s\n#define %s%d_IS_FLOAT %d\n#define %s%d_IS_COMPLEX %d\n", prefix,
                  i, compute_type((clw_dtype)dtypes[i], g->demoted), prefix, i,
                  dtype_table[dtypes[i]].kind == KIND_FLOAT, prefix, i,
                  dtype_table[dtypes[i]].kind == KIND_COMPLEX);
}

static void undefine_numbered(struct generator *g, const char *prefix, int n)
{
    for (int i = 0; i < n; i++)
        text_addf(g->text, "#undef %s%d\n#undef %s%d_IS_FLOAT\n#undef %s%d_IS_COMPLEX\n", prefix, i,
                  prefix, i, prefix, i);
}

/* Names of files may hold anything; not every compiler takes escapes in them. */
void add_line(struct generator *g, int line, const char *file)
{
    text_addf(g->text, "#line %d \"", line);
    for (; *file; file++) {
        const int is_plain = (unsigned char)*file >= ' ' && *file != '"' && *file != '\\';
        text_add_bytes(g->text, is_plain ? file : "?", 1);
    }
    text_add(g->text, "\"\n");
}

static void add_source(struct generator *g, const struct source *source)
{
    if (source->length == 0)
        return;
    add_line(g, source->line, source->file);
    text_add_bytes(g->text, source->text, source->length);
    text_add(g->text, "\n");
}

/* Drivers' own headers make macros of the names of OpenCL C's functions: those come back. */
static void rename_one(struct generator *g, const struct instance *instance, const char *name,
                       const char *suffix)
{
    text_addf(g->text, "#pragma push_macro(\"%s%s\")\n#undef %s%s\n#define %s%s %s%d_%s%s\n", name,
              suffix, name, suffix, name, suffix, instance->prefix, instance->index, name, suffix);
}

static void restore_one(struct generator *g, const char *name, const char *suffix)
{
    text_addf(g->text, "#undef %s%s\n#pragma pop_macro(\"%s%s\")\n", name, suffix, name, suffix);
}

/* What FN or RFN puts behind the name, for the loop of the step. */
static void helper_suffix(const struct helper *helper, clw_dtype t, char suffix[16])
{
    const clw_dtype dtype = helper->kind == HELPER_RFN ? dtype_table[t].real : t;
    snprintf(suffix, 16, "%s%s", helper->kind == HELPER_PLAIN ? "" : "_",
             helper->kind == HELPER_PLAIN ? "" : dtype_table[dtype].name);
}

/* The names that the body gives, so that several loops fit in one program. */
static void rename_all(struct generator *g, const struct instance *instance, size_t forms)
{
    const struct clw_op *op = instance->op;
    char suffix[16];
    for (size_t i = 0; i < forms; i++)
        rename_one(g, instance, op->function, form_suffix[i]);
    for (int i = 0; i < op->nhelpers; i++)
        if (op->helpers[i].kind != HELPER_MACRO) {
            helper_suffix(&op->helpers[i], (clw_dtype)instance->loop->t, suffix);
            rename_one(g, instance, op->helpers[i].name, suffix);
        }
}

static void restore_all(struct generator *g, const struct instance *instance, size_t forms)
{
    const struct clw_op *op = instance->op;
    char suffix[16];
    for (int i = 0; i < op->nhelpers; i++) {
        if (op->helpers[i].kind == HELPER_MACRO) {
            text_addf(g->text, "#undef %s\n", op->helpers[i].name);
            continue;
        }
        helper_suffix(&op->helpers[i], (clw_dtype)instance->loop->t, suffix);
        restore_one(g, op->helpers[i].name, suffix);
    }
    for (size_t i = 0; i < forms; i++)
        restore_one(g, op->function, form_suffix[i]);
}

/* The body between the macros that it sees; calls[] are the functions that it may call. */
static clw_status add_body(struct generator *g, const struct instance *instance, const int *calls)
{
    const struct clw_op *op = instance->op;
    const struct loop *loop = instance->loop;
    const clw_dtype t = (clw_dtype)loop->t;
    const size_t forms = op->usual ? FORM_COUNT : 1;
    clw_status status = CLW_OK;
    begin_t(g, t);
    for (int i = 0; !status && i < op->nuses; i++)
        if (op->uses[i].dtypes >> t & 1)
            status = add_lib(g, op->uses[i].name, t, op->uses[i].real);
    define_type(g->text, "R", (clw_dtype)loop->out[0], g->demoted);
    define_numbered(g, "T", loop->in, op->nin);
    define_numbered(g, "R", loop->out, op->nout);
    rename_all(g, instance, forms);
    for (int i = 0; i < op->ncalls; i++)
        text_addf(g->text, "#define call_%s wrapper%d_%s\n", op->calls[i].name, calls[i],
                  op->calls[i].name);
    add_source(g, &op->shared);
    add_source(g, &op->body);
    text_add(g->text, "#line 1 \"generated\"\n");
    for (int i = 0; i < op->ncalls; i++)
        text_addf(g->text, "#undef call_%s\n", op->calls[i].name);
    restore_all(g, instance, forms);
    undefine_numbered(g, "T", op->nin);
    undefine_numbered(g, "R", op->nout);
    undefine_type(g->text, "R");
    end_t(g);
    return status;
}

/* ---- other ops that a body calls ---- */

/* The instance of an op that is called, new or known. */
static clw_status find_called(struct generator *g, const struct clw_op *op, const struct loop *loop,
                              int *index)
{
    int i = 0;
    while (i < g->ncalled && !(g->called[i].op == op && same_dtypes(op, &g->called[i].loop, loop)))
        i++;
    *index = i;
    if (i < g->ncalled)
        return CLW_OK;
    if (i == MAX_CALLED)
        return fail(g->error, CLW_ERROR_BUILD, "%s: its ops call more than %d others",
                    g->plan->resolved.op->name, MAX_CALLED);
    g->called[g->ncalled++] = (struct called_instance){op, *loop};
    const struct instance instance = {op, &g->called[i].loop, "called", i};
    return add_instance(g, &instance);
}

static clw_status add_wrapper_casts(struct generator *g, const struct clw_op *op,
                                    const struct loop *loop, clw_dtype from)
{
    clw_status status = CLW_OK;
    for (int i = 0; !status && i < op->nin; i++)
        status = add_cast(g, from, (clw_dtype)loop->in[i]);
    for (int i = 0; !status && i < op->nout; i++)
        if (dtype_is_half((clw_dtype)loop->out[i]))
            status = add_memory(g, (clw_dtype)loop->out[i]);
    return status;
}

static void add_wrapper_parameters(struct generator *g, const struct clw_op *op,
                                   const struct loop *loop, clw_dtype from)
{
    for (int i = 0; i < op->nin; i++)
        text_addf(g->text, "%s%s a%d", i ? ", " : "", compute_type(from, g->demoted), i);
    for (int i = 0; i < op->npositions; i++)
        text_addf(g->text, ", long i%d", i);
    for (int i = 0; i < op->nparams; i++)
        text_addf(g->text, ", %s p%d", compute_type(param_dtype(&op->params[i], loop), g->demoted),
                  i);
    for (int i = 0; op->nout > 1 && i < op->nout; i++)
        text_addf(g->text, ", %s *y%d", compute_type((clw_dtype)loop->out[i], g->demoted), i);
}

static void add_wrapper_arguments(struct generator *g, const struct clw_op *op,
                                  const struct loop *loop, clw_dtype from)
{
    char name[16];
    for (int i = 0; i < op->nin; i++) {
        snprintf(name, sizeof name, "a%d", i);
        text_add(g->text, i ? ", " : "");
        add_cast_value(g, name, from, (clw_dtype)loop->in[i]);
    }
    for (int i = 0; i < op->npositions; i++)
        text_addf(g->text, ", i%d", i);
    for (int i = 0; i < op->nparams; i++)
        text_addf(g->text, ", p%d", i);
    for (int i = 0; op->nout > 1 && i < op->nout; i++)
        text_addf(g->text, ", y%d", i);
}

/* Results are rounded to their dtype, as they would be in memory. */
static void add_wrapper_rounding(struct generator *g, const struct clw_op *op,
                                 const struct loop *loop)
{
    for (int i = 0; i < op->nout; i++)
        if (dtype_is_half((clw_dtype)loop->out[i])) {
            const char *star = op->nout > 1 ? "*" : "";
            text_addf(g->text, "    %sy%d = round_%s(%sy%d);\n", star, i,
                      dtype_table[loop->out[i]].name, star, i);
        }
}

/* The function `call_NAME` of a body: the other op's, with the casts that promotion asks for. */
static clw_status add_wrapper(struct generator *g, const struct called *call,
                              const struct loop *loop, int callee, clw_dtype t)
{
    const struct clw_op *op = call->op;
    const clw_dtype from = called_dtype(call, t);
    const char *type = compute_type((clw_dtype)loop->out[0], g->demoted);
    const clw_status status = add_wrapper_casts(g, op, loop, from);
    if (status)
        return status;
    text_addf(g->text, "static inline %s wrapper%d_%s(", op->nout > 1 ? "void" : type, g->nwrappers,
              call->name);
    add_wrapper_parameters(g, op, loop, from);
    text_add(g->text, ")\n{\n    ");
    if (op->nout == 1)
        text_addf(g->text, "%s y0 = ", type);
    text_addf(g->text, "called%d_%s(", callee, op->function);
    add_wrapper_arguments(g, op, loop, from);
    text_add(g->text, ");\n");
    add_wrapper_rounding(g, op, loop);
    text_add(g->text, op->nout == 1 ? "    return y0;\n}\n" : "}\n");
    return CLW_OK;
}

static clw_status add_called(struct generator *g, const struct called *call, clw_dtype t,
                             int *wrapper)
{
    struct loop loop;
    int callee = 0;
    clw_status status = called_loop(call, t, g->plan->rule, g->plan->demoted, &loop, g->error);
    if (!status)
        status = find_called(g, call->op, &loop, &callee);
    if (!status)
        status = add_wrapper(g, call, &g->called[callee].loop, callee, t);
    *wrapper = g->nwrappers++;
    return status;
}

clw_status add_instance(struct generator *g, const struct instance *instance)
{
    const struct clw_op *op = instance->op;
    const clw_dtype t = (clw_dtype)instance->loop->t;
    int calls[OP_MAX_CALLS] = {0};
    clw_status status = CLW_OK;
    if (!op->has_function)
        return fail(g->error, CLW_ERROR_BUILD, "%.400s:%d: there is no function '%s' below",
                    op->shared.file, op->line, op->function);
    for (int i = 0; !status && i < op->ncalls; i++)
        if (op->calls[i].dtypes >> t & 1)
            status = add_called(g, &op->calls[i], t, &calls[i]);
    return status ? status : add_body(g, instance, calls);
}
