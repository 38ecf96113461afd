/* Plans in words: the readable key and the geometry. */
#include <inttypes.h>

#include "runtime/plan/plan.h"

static const char *const skeleton_name[] = {
    [SKELETON_RUNS] = "runs",   [SKELETON_GRID] = "grid",       [SKELETON_ITEMS] = "items",
    [SKELETON_TILES] = "tiles", [SKELETON_VECTORS] = "vectors", [SKELETON_STRIDES] = "strides",
    [SKELETON_LOCAL] = "local", [SKELETON_SHORT] = "short"};

static const char *array_name(const struct plan *plan, const struct kernel_array *array)
{
    const struct clw_op *op = plan->resolved.op;
    if (array->is_position)
        return "index";
    if (array->input >= 0)
        return op->in_name[array->input];
    return array->output >= 0 ? op->out_name[array->output] : "where";
}

/* dtypes of the arrays and scalars, and of the loop where it is another. */
static void add_dtypes(const struct plan *plan, struct text *words)
{
    const struct resolved *resolved = &plan->resolved;
    const struct clw_op *op = resolved->op;
    const char *between = "";
    for (int i = 0; i < op->nin; i++) {
        const char *name = NULL;
        for (int k = 0; k < plan->narrays; k++)
            if (plan->arrays[k].input == i)
                name = dtype_table[plan->arrays[k].dtype].name;
        text_addf(words, "%s%s", between, name ? name : "scalar");
        between = ",";
    }
    between = ">";
    for (int i = 0; i < op->nout; i++) {
        text_addf(words, "%s%s", between, dtype_table[plan->out_dtype[i]].name);
        between = ",";
    }
    if (op->graph)
        return;
    text_add(words, "|");
    for (int i = 0; i < op->nin; i++)
        text_addf(words, "%s%s", i ? "," : "", dtype_table[resolved->steps[0].loop.in[i]].name);
    for (int i = 0; i < op->nout; i++)
        text_addf(words, "%s%s", i ? "," : ">", dtype_table[resolved->steps[0].loop.out[i]].name);
}

void plan_key_words(const struct plan *plan, struct text *words)
{
    text_addf(words, "%s|", plan->resolved.op->name);
    if (plan->elements == 0) {
        text_add(words, "empty");
        return;
    }
    add_dtypes(plan, words);
    text_addf(words, "|r%d|i%d|%s|", plan->kernel_rank, plan->wide ? 64 : 32,
              skeleton_name[plan->skeleton]);
    if (plan->skeleton == SKELETON_SHORT)
        text_addf(words, "%" PRId64 "|", plan->walk.shape[plan->walk.rank - 1]);
    for (int k = 0; k < plan->narrays; k++) {
        const struct kernel_array *array = &plan->arrays[k];
        text_addf(words, "%s%s:", k ? " " : "", array_name(plan, array));
        text_add_bytes(words, array->pattern, (size_t)plan->kernel_rank);
        if (!array->aligned)
            text_add(words, "u");
    }
    for (int i = 0; i < plan->resolved.nscalars; i++)
        text_addf(words, " %s:%s", plan->resolved.op->in_name[plan->resolved.scalars[i].input],
                  dtype_table[plan->resolved.scalars[i].dtype].name);
}

void plan_geometry_words(const struct plan *plan, struct text *words)
{
    char shape[512];
    text_addf(words, "shape %s, %" PRId64 " elements\n",
              shape_words(plan->ndim, plan->shape, shape, sizeof shape), plan->elements);
    if (plan->elements == 0) {
        text_add(words, "no kernel\n");
        return;
    }
    text_addf(words, "coalesced to rank %d, shape %s, %d-bit indices\n", plan->walk.rank,
              shape_words(plan->walk.rank, plan->walk.shape, shape, sizeof shape),
              plan->wide ? 64 : 32);
    if (plan->kernel_rank < plan->walk.rank)
        text_addf(words, "the outer %d axes are walked by the host\n",
                  plan->walk.rank - plan->kernel_rank);
    for (int k = 0; k < plan->narrays; k++)
        text_addf(words, "  %-8s %-5s strides %s, begins at byte %" PRId64 "%s\n",
                  array_name(plan, &plan->arrays[k]), dtype_table[plan->arrays[k].dtype].name,
                  shape_words(plan->walk.rank, plan->walk.strides[k], shape, sizeof shape),
                  plan->walk.base[k], plan->arrays[k].aligned ? "" : ", not aligned");
}
