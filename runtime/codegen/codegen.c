#include "runtime/codegen/codegen.h"

#include <stdio.h>
#include <string.h>

#include "runtime/codegen/generator.h"

/* The skeleton, and what it is written in. */
static const struct {
    const char *name, *uses;
} skeleton_file[] = {[SKELETON_RUNS] = {"runs.cl", "row.clh"},
                     [SKELETON_GRID] = {"grid.cl", NULL},
                     [SKELETON_ITEMS] = {"items.cl", NULL},
                     [SKELETON_TILES] = {"tiles.cl", "row.clh"},
                     [SKELETON_VECTORS] = {"vectors.cl", "batch.clh"},
                     [SKELETON_STRIDES] = {"strides.cl", "batch.clh"},
                     [SKELETON_LOCAL] = {"local.cl", "batch.clh"},
                     [SKELETON_SHORT] = {"runs.cl", "row.clh"}};

clw_status add_file(struct generator *g, const char *folder, const char *name)
{
    const struct builtin_file *file = builtin_find(folder, name);
    if (!file)
        return fail(g->error, CLW_ERROR_NOT_FOUND, "there is no %s/%s", folder, name);
    text_addf(g->text, "#line 1 \"%s\"\n", name);
    text_add_bytes(g->text, file->text, file->length);
    return CLW_OK;
}

int codegen_needs_fp64(const struct plan *plan)
{
    int found = plan->called_wide != CLW_DTYPE_COUNT;
    for (int k = 0; k < plan->nbuffers; k++)
        found |= dtype_needs_fp64(plan->arrays[k].dtype);
    for (int i = 0; i < plan->resolved.nsteps; i++) {
        const struct step *step = &plan->resolved.steps[i];
        found |= dtype_needs_fp64((clw_dtype)step->loop.t);
        found |= step_needs_fp64(&plan->resolved, step) != CLW_DTYPE_COUNT;
    }
    return found;
}

/* ---- names of a kernel's own, where there are several ---- */

/* What files of cl/kernel and `element` define. */
static const char *const own_names[] = {
    "geometry",         "index_t",  "count_t",       "element",    "element_usual",
    "element_is_usual", "clw_walk", "clw_constants", "clw_stream", CODEGEN_KERNEL_NAME};

static void begin_own(struct generator *g)
{
    for (size_t i = 0; g->own[0] && i < sizeof own_names / sizeof *own_names; i++)
        text_addf(g->text, "#define %s %s%s\n", own_names[i], g->own, own_names[i]);
}

/* Undefines every macro that the text defines from `begin` on. */
static void end_own(struct generator *g, size_t begin)
{
    static const char word[] = "#define ";
    const size_t end = g->text->length;
    for (size_t at = begin; g->own[0] && !g->text->failed && at < end;) {
        const char *const line = g->text->data + at;
        const size_t length = strcspn(line, "\n");
        if (strncmp(line, word, sizeof word - 1) == 0) {
            char name[OP_NAME_SIZE];
            snprintf(name, sizeof name, "%.*s", (int)strcspn(line + sizeof word - 1, " (\n"),
                     line + sizeof word - 1);
            text_addf(g->text, "#undef %s\n", name);
        }
        at += length + 1;
    }
}

/* ---- programs ---- */

static clw_status begin_program(struct generator *g, const struct target *target)
{
    text_addf(g->text, "#define CLW_FP64 %d\n#define CLW_ITEMS %d\n",
              target->fp64 && codegen_needs_fp64(g->plan), g->plan->skeleton == SKELETON_ITEMS);
    return add_file(g, "lib", "prelude.clh");
}

static clw_status add_skeleton(struct generator *g)
{
    const enum skeleton skeleton = g->plan->skeleton;
    clw_status status = CLW_OK;
    text_add(g->text, "#line 1 \"generated\"\n");
    begin_own(g);
    add_element(g);
    if (is_short(g))
        add_short_rows(g);
    if (skeleton == SKELETON_TILES)
        status = add_stages(g);
    if (!status)
        status = add_streams(g);
    if (!status && skeleton_file[skeleton].uses)
        status = add_file(g, "kernel", skeleton_file[skeleton].uses);
    if (!status)
        status = add_file(g, "kernel", skeleton_file[skeleton].name);
    return status;
}

static clw_status add_kernel(struct generator *g)
{
    clw_status status = CLW_OK;
    for (int k = 0; !status && k < g->plan->nbuffers; k++)
        status = add_memory(g, g->plan->arrays[k].dtype);
    if (!status)
        status = add_functions(g);
    const size_t begin = g->text->length;
    if (!status)
        status = add_skeleton(g);
    end_own(g, begin);
    return status;
}

static void add_comment(struct text *text, const struct plan *plan)
{
    text_add(text, "// ");
    plan_key_words(plan, text);
    text_add(text, "\n");
}

clw_status codegen(const struct plan *plan, const struct target *target, struct text *text,
                   clw_error *error)
{
    struct generator g = {
        .plan = plan, .text = text, .demoted = !target->fp64, .own = "", .error = error};
    add_comment(text, plan);
    clw_status status = begin_program(&g, target);
    if (!status)
        status = add_kernel(&g);
    return !status && text->failed ? fail_memory(error) : status;
}

clw_status codegen_together(const struct plan *const *plans, int count, const struct target *target,
                            struct text *text, clw_error *error)
{
    struct generator g = {.plan = plans[0], .text = text, .demoted = !target->fp64, .error = error};
    for (int i = 0; i < count; i++)
        add_comment(text, plans[i]);
    clw_status status = begin_program(&g, target);
    for (int i = 0; !status && i < count; i++) {
        char own[32];
        snprintf(own, sizeof own, CODEGEN_OWN, i);
        g.plan = plans[i];
        g.own = own;
        status = add_kernel(&g);
    }
    return !status && text->failed ? fail_memory(error) : status;
}
