/* Outputs that go past the caches. */
#include "runtime/codegen/generator.h"

/* CLW_STAGES: memory for a block of each. CLW_FLUSH(count): sends off a block. CLW_OVERHANG: the
 * elements between the first's beginning and the line of the cache before it. */
static void add_macros(struct generator *g, int first)
{
    const struct plan *plan = g->plan;
    const int size = dtype_table[plan->arrays[first].dtype].size;
    text_addf(g->text,
              "#define CLW_STREAMED 1\n"
              "#define CLW_OVERHANG (index_t)(((size_t)line%d & 63) / %d)\n"
              "#define CLW_STAGES",
              first, size);
    for (int k = first; k < plan->nbuffers; k++)
        if (is_streamed(g, &plan->arrays[k]))
            text_addf(g->text,
                      " \\\n    uchar staged%d[CLW_BLOCK * %d + 64] __attribute__((aligned(64)));",
                      k, dtype_table[plan->arrays[k].dtype].size);
    text_add(g->text, "\n#define CLW_FLUSH(count)");
    for (int k = first; k < plan->nbuffers; k++)
        if (is_streamed(g, &plan->arrays[k]))
            text_addf(g->text, " \\\n    clw_stream(line%d, row%d, (int)(count) * %d);", k, k,
                      dtype_table[plan->arrays[k].dtype].size);
    text_add(g->text, "\n");
}

clw_status add_streams(struct generator *g)
{
    int first = 0;
    while (first < g->plan->nbuffers && !is_streamed(g, &g->plan->arrays[first]))
        first++;
    if (first == g->plan->nbuffers)
        return CLW_OK;
    add_macros(g, first);
    return add_file(g, "kernel", "stream.clh");
}
