#include "runtime/codegen/codegen.h"

#include "runtime/codegen/generator.h"

static const char *const skeleton_file[] = {
    [SKELETON_RUNS] = "runs.cl", [SKELETON_GRID] = "grid.cl", [SKELETON_ITEMS] = "items.cl"};

static clw_status add_file(struct generator *g, const char *folder, const char *name)
{
    const struct builtin_file *file = builtin_find(folder, name);
    if (!file)
        return fail(g->error, CLW_ERROR_NOT_FOUND, "there is no %s/%s", folder, name);
    text_addf(g->text, "#line 1 \"%s\"\n", name);
    text_add_bytes(g->text, file->text, file->length);
    return CLW_OK;
}

static int computes_in_double(const struct plan *plan)
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

clw_status codegen(const struct plan *plan, const struct target *target, struct text *text,
                   clw_error *error)
{
    struct generator g = {.plan = plan, .text = text, .demoted = !target->fp64, .error = error};
    text_add(text, "// ");
    plan_key_words(plan, text);
    text_addf(text, "\n#define CLW_FP64 %d\n#define CLW_ITEMS %d\n",
              target->fp64 && computes_in_double(plan), plan->skeleton == SKELETON_ITEMS);
    clw_status status = add_file(&g, "lib", "prelude.clh");
    for (int k = 0; !status && k < plan->nbuffers; k++)
        status = add_memory(&g, plan->arrays[k].dtype);
    if (!status)
        status = add_functions(&g);
    if (!status) {
        text_add(text, "#line 1 \"generated\"\n");
        add_element(&g);
        status = add_file(&g, "kernel", skeleton_file[plan->skeleton]);
    }
    if (!status && text->failed)
        status = fail_memory(error);
    return status;
}
