/* Short rows that are computed as one: arrays whose rows lie apart are spread in private memory. */
#include <stdio.h>

#include "runtime/codegen/generator.h"

enum { MOST_UNROLLED = 4 }; /* columns: more are no group that compilers load and store as one */

int is_short(const struct generator *g)
{
    return g->plan->skeleton == SKELETON_SHORT;
}

int is_spread(const struct generator *g, int k)
{
    return is_short(g) && k < g->plan->nbuffers && short_rows_spread(g->plan, k);
}

static int columns_of(const struct generator *g)
{
    return (int)g->plan->walk.shape[g->plan->walk.rank - 1];
}

static enum step_pattern pattern_along(const struct generator *g, int k)
{
    return (enum step_pattern)g->plan->arrays[k].pattern[g->plan->kernel_rank - 2];
}

void add_step_along(struct generator *g, int k)
{
    const int size = info_of(&g->plan->arrays[k])->size;
    if (!is_short(g))
        add_inner_step(g, k);
    else if (pattern_along(g, k) == STEP_DENSE || pattern_along(g, k) == STEP_UNIT)
        text_addf(g->text, "%d", pattern_along(g, k) == STEP_UNIT ? size : columns_of(g) * size);
    else
        text_addf(g->text, "CLW_STEP(%d, CLW_ALONG)", k);
}

/* The address of a part of an element in column `column` of row i. */
static void add_place(struct generator *g, int k, int column, int byte)
{
    const struct kernel_array *array = &g->plan->arrays[k];
    const enum step_pattern inner = (enum step_pattern)array->pattern[g->plan->kernel_rank - 1];
    text_addf(g->text, "line%d", k);
    if (pattern_along(g, k) != STEP_ZERO) {
        text_add(g->text, " + i * ");
        add_step_along(g, k);
    }
    if (inner == STEP_UNIT)
        byte += column * info_of(array)->size;
    else if (inner != STEP_ZERO && column > 0)
        text_addf(g->text, " + %d * CLW_STEP(%d, CLW_RANK - 1)", column, k);
    text_addf(g->text, " + %d", byte);
}

/* A loop that moves rows between the array and private memory. */
static void add_loop(struct generator *g, int k, const char *rows)
{
    const struct kernel_array *array = &g->plan->arrays[k];
    const char *const word = word_type(array);
    const int columns = columns_of(g), is_read = array->output < 0;
    const int part = dtype_table[info_of(array)->real].size, parts = info_of(array)->size / part;
    text_addf(g->text, " \\\n    %s \\\n    for (index_t i = 0; i < (%s); i++) {",
              columns <= MOST_UNROLLED ? "CLW_INDEPENDENT" : "", rows);
    for (int at = 0; at < columns * parts; at++) {
        char own[64];
        snprintf(own, sizeof own, "((%s *)spread%d)[i * %d + %d]", word, k, columns * parts, at);
        text_addf(g->text, " \\\n        %s%s*(__global %s%s *)(", is_read ? own : "",
                  is_read ? " = " : "", is_read ? "const " : "", word);
        add_place(g, k, at / parts, at % parts * part);
        text_addf(g->text, ")%s%s;", is_read ? "" : " = ", is_read ? "" : own);
    }
    text_add(g->text, " \\\n    }");
}

/* CLW_SPREADS: the private memory. What all rows have is spread once. */
static void add_memory_of_rows(struct generator *g)
{
    const int elements = short_rows_together(g->plan) * columns_of(g);
    text_add(g->text, "#define CLW_SPREADS");
    for (int k = 0; k < g->plan->nbuffers; k++)
        if (is_spread(g, k)) {
            text_addf(g->text, " \\\n    uchar spread%d[%d] __attribute__((aligned(64)));", k,
                      elements * info_of(&g->plan->arrays[k])->size);
            if (pattern_along(g, k) == STEP_ZERO)
                text_addf(g->text, " \\\n    __global const uchar *filled%d = 0;", k);
        }
    text_add(g->text, "\n");
}

/* CLW_SPREAD(rows): fills it for inputs. CLW_GATHER(rows): stores what it has of outputs. */
static void add_moves(struct generator *g, int is_output)
{
    text_addf(g->text, "#define %s(rows)", is_output ? "CLW_GATHER" : "CLW_SPREAD");
    for (int k = 0; k < g->plan->nbuffers; k++) {
        if (!is_spread(g, k) || (g->plan->arrays[k].output >= 0) != is_output)
            continue;
        if (pattern_along(g, k) != STEP_ZERO) {
            add_loop(g, k, "rows");
            continue;
        }
        text_addf(g->text, " \\\n    if (filled%d != line%d) {", k, k);
        add_loop(g, k, "CLW_TOGETHER");
        text_addf(g->text, " \\\n    filled%d = line%d; }", k, k);
    }
    text_add(g->text, "\n");
}

void add_short_rows(struct generator *g)
{
    text_addf(g->text, "#define CLW_SHORT %d\n#define CLW_TOGETHER %d\n", columns_of(g),
              short_rows_together(g->plan));
    add_memory_of_rows(g);
    add_moves(g, 0);
    add_moves(g, 1);
}
