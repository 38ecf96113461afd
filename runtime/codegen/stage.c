/* Tiles that are turned before they are read. */
#include "runtime/codegen/generator.h"
#include "runtime/codegen/types.h"

static int part_count(const struct kernel_array *array)
{
    return 1 + (dtype_table[array->dtype].kind == KIND_COMPLEX);
}

/* stage_uint_1, once for all arrays of such elements. */
static clw_status add_function(struct generator *g, int k)
{
    const struct kernel_array *array = &g->plan->arrays[k];
    for (int other = 0; other < k; other++)
        if (is_turned(g, &g->plan->arrays[other]) &&
            dtype_table[g->plan->arrays[other].dtype].size == dtype_table[array->dtype].size &&
            part_count(&g->plan->arrays[other]) == part_count(array))
            return CLW_OK;
    text_addf(g->text,
              "#define WORD %s\n#define WORD_BITS %d\n#define PARTS %d\n"
              "#define STAGE %sstage_%s_%d\n",
              word_type(array), 8 * dtype_table[dtype_table[array->dtype].real].size,
              part_count(array), g->own, word_type(array), part_count(array));
    const clw_status status = add_file(g, "kernel", "stage.clh");
    text_add(g->text, "#undef WORD\n#undef WORD_BITS\n#undef PARTS\n#undef STAGE\n");
    return status;
}

/* CLW_TILES: memory for the tiles. CLW_STAGE: fills it. */
static void add_macros(struct generator *g)
{
    const struct plan *plan = g->plan;
    text_add(g->text, "#define CLW_TILES");
    for (int k = 0; k < plan->nbuffers; k++)
        if (is_turned(g, &plan->arrays[k]))
            text_addf(g->text,
                      " \\\n    %s tile%d[CLW_TILE_ROWS * CLW_PITCH(%d)] "
                      "__attribute__((aligned(64)));",
                      word_type(&plan->arrays[k]), k, part_count(&plan->arrays[k]));
    text_add(g->text, "\n#define CLW_STAGE(at, begin, columns, rows)");
    for (int k = 0; k < plan->nbuffers; k++) {
        const struct kernel_array *array = &plan->arrays[k];
        if (!is_turned(g, array))
            continue;
        text_addf(g->text, " \\\n    %sstage_%s_%d(tile%d, ", g->own, word_type(array),
                  part_count(array), k);
        add_name(g, array);
        text_addf(g->text,
                  " + g.base[%d] + at[%d] + (begin) * CLW_STEP(%d, CLW_RANK - 1), "
                  "CLW_STEP(%d, CLW_RANK - 1), CLW_STEP(%d, CLW_RANK - 2), columns, rows);",
                  k, k, k, k, k);
    }
    text_add(g->text, "\n");
}

clw_status add_stages(struct generator *g)
{
    clw_status status = CLW_OK;
    text_addf(g->text,
              "#define CLW_TILE_ROWS %d\n#define CLW_TILE_COLUMNS %d\n"
              "#define CLW_PITCH(parts) ((parts) * CLW_TILE_COLUMNS)\n"
              "#define STAGE_PASTE(a, b) a##b\n#define STAGE_JOIN(a, b) STAGE_PASTE(a, b)\n",
              tiles_rows(g->plan), tiles_columns(g->plan));
    for (int k = 0; !status && k < g->plan->nbuffers; k++)
        if (is_turned(g, &g->plan->arrays[k]))
            status = add_function(g, k);
    add_macros(g);
    return status;
}
