/* Tiles in a work-group's own memory. */
#include "runtime/codegen/generator.h"

static int part_count(const struct kernel_array *array)
{
    return 1 + (info_of(array)->kind == KIND_COMPLEX);
}

/* CLW_TILES: memory for the tiles of all turned operands. */
static void add_memory_of_tiles(struct generator *g)
{
    text_add(g->text, "#define CLW_TILES");
    for (int k = 0; k < g->plan->nbuffers; k++) {
        const struct kernel_array *array = &g->plan->arrays[k];
        if (is_turned(g, array))
            text_addf(g->text, " \\\n    __local %s tile%d[%d * CLW_TILE_SIZE];", word_type(array),
                      k, part_count(array));
    }
    text_add(g->text, "\n");
}

/* CLW_FETCH(j, at, row, column): their element there, into registers that bear its number. */
static void add_fetch(struct generator *g)
{
    text_add(g->text, "#define CLW_FETCH(j, at, row, column)");
    for (int k = 0; k < g->plan->nbuffers; k++) {
        const struct kernel_array *array = &g->plan->arrays[k];
        if (!is_turned(g, array))
            continue;
        text_addf(g->text, " \\\n    __global const %s *const from%d_##j = (__global const %s *)(",
                  word_type(array), k, word_type(array));
        add_name(g, array);
        text_addf(g->text,
                  " + g.base[%d] + (at)[%d] + (row) * CLW_STEP(%d, CLW_RANK - 2) + "
                  "(column) * CLW_STEP(%d, CLW_RANK - 1));",
                  k, k, k, k);
        for (int part = 0; part < part_count(array); part++)
            text_addf(g->text, " \\\n    fetched%d_%d_##j = from%d_##j[%d];", k, part, k, part);
    }
    text_add(g->text, "\n");
}

/* CLW_FETCHED(j): these registers. CLW_PUT(j, slot): from them into a slot of the tile. */
static void add_put(struct generator *g)
{
    for (int is_put = 0; is_put < 2; is_put++) {
        text_add(g->text, is_put ? "#define CLW_PUT(j, slot)" : "#define CLW_FETCHED(j)");
        for (int k = 0; k < g->plan->nbuffers; k++) {
            const struct kernel_array *array = &g->plan->arrays[k];
            for (int part = 0; is_turned(g, array) && part < part_count(array); part++)
                if (is_put)
                    text_addf(g->text,
                              " \\\n    tile%d[%d * CLW_TILE_SIZE + (slot)] = fetched%d_%d_##j;", k,
                              part, k, part);
                else
                    text_addf(g->text, " \\\n    %s fetched%d_%d_##j = 0;", word_type(array), k,
                              part);
        }
        text_add(g->text, "\n");
    }
}

void add_local_tiles(struct generator *g)
{
    text_addf(g->text,
              "#define CLW_TILE_SIDE %d\n#define CLW_TILE_PITCH (CLW_TILE_SIDE + 1)\n"
              "#define CLW_TILE_SIZE (CLW_TILE_SIDE * CLW_TILE_PITCH)\n",
              TILE_SIDE);
    add_memory_of_tiles(g);
    add_fetch(g);
    add_put(g);
}
