/* Skeletons of GPUs: a work-item reads the operands of all its elements, then computes, then
 * writes. The names of the elements' values end in the element's number: drivers keep values of
 * their own in registers, but not always arrays. */
#include <stdio.h>

#include "runtime/codegen/generator.h"
#include "runtime/codegen/types.h"

static const char *type_of(const struct generator *g, const struct kernel_array *array)
{
    return compute_type(array->dtype, g->demoted);
}

static int part_count(const struct kernel_array *array)
{
    return 1 + (info_of(array)->kind == KIND_COMPLEX);
}

/* ---- one element, at any place ---- */

/* The address of element `begin` of the row at offsets at[]. */
static void add_address(struct generator *g, int k)
{
    const struct kernel_array *array = &g->plan->arrays[k];
    add_name(g, array);
    text_addf(g->text, " + g.base[%d] + (at)[%d]", k, k);
    if (!is_held(g, array)) {
        text_add(g->text, " + (begin) * ");
        add_inner_step(g, k);
    }
}

static void add_load(struct generator *g, int k)
{
    const struct kernel_array *array = &g->plan->arrays[k];
    text_addf(g->text, "load%s_%s(", access_suffix(array), info_of(array)->name);
    add_address(g, k);
    text_add(g->text, ")");
}

/* The parts of complex numbers lie in a tile each: neighbours in one bank would wait. */
static void add_tile_value(struct generator *g, int k)
{
    const struct kernel_array *array = &g->plan->arrays[k];
    const char *const name = info_of(array)->name;
    if (part_count(array) == 2)
        text_addf(g->text,
                  "(%s)(decode_%s(tile%d[CLW_SLOT(j)]), "
                  "decode_%s(tile%d[CLW_TILE_SIZE + CLW_SLOT(j)]))",
                  type_of(g, array), name, k, name, k);
    else
        text_addf(g->text, "decode_%s(tile%d[CLW_SLOT(j)])", name, k);
}

static void add_position(struct generator *g, int k)
{
    text_addf(g->text, "g.base[%d] + (at)[%d]", k, k);
    if (!is_held(g, &g->plan->arrays[k])) {
        text_add(g->text, " + (long)(begin) * ");
        add_inner_step(g, k);
    }
}

static const char *array_kind(const struct kernel_array *array)
{
    return array->output >= 0 ? "out" : "in";
}

/* CLW_DECLARE(j): the values of element j. */
static void add_declaration(struct generator *g)
{
    text_add(g->text, "#define CLW_DECLARE(j) \\\n    int stored_##j = 0;");
    for (int k = 0; k < g->plan->narrays; k++) {
        const struct kernel_array *array = &g->plan->arrays[k];
        const char *const type = array->is_position ? "long" : type_of(g, array);
        text_addf(g->text, " \\\n    %s %s%d_##j = (%s)(0);", type, array_kind(array), k, type);
    }
    text_add(g->text, "\n");
}

/* CLW_READ(j, at, begin): the operands of element `begin` of the row at offsets at[]. */
static void add_read(struct generator *g)
{
    text_add(g->text, "#define CLW_READ(j, at, begin) \\\n    stored_##j = 1;");
    for (int k = 0; k < g->plan->narrays; k++) {
        const struct kernel_array *array = &g->plan->arrays[k];
        if (array->output >= 0)
            continue;
        text_addf(g->text, " \\\n    in%d_##j = ", k);
        if (array->is_position)
            add_position(g, k);
        else if (is_turned(g, array))
            add_tile_value(g, k);
        else
            add_load(g, k);
        text_add(g->text, ";");
    }
    text_add(g->text, "\n");
}

/* 1 if there may be elements whose results are not stored. */
static int is_partial(const struct generator *g)
{
    return is_masked(g) || g->plan->skeleton == SKELETON_LOCAL;
}

/* CLW_WRITE(j, at, begin): its results. */
static void add_write(struct generator *g)
{
    text_addf(g->text, "#define CLW_WRITE(j, at, begin) \\\n    %s{",
              is_partial(g) ? "if (stored_##j) " : "");
    for (int k = 0; k < g->plan->nbuffers; k++) {
        const struct kernel_array *array = &g->plan->arrays[k];
        if (array->output < 0)
            continue;
        text_addf(g->text, " \\\n        store%s_%s(", access_suffix(array), info_of(array)->name);
        add_address(g, k);
        text_addf(g->text, ", out%d_##j);", k);
    }
    text_add(g->text, " \\\n    }\n");
}

/* ---- a vector of elements ---- */

static int vector_bytes(const struct generator *g, int k)
{
    return batch_count(g->plan) * info_of(&g->plan->arrays[k])->size;
}

static int part_bytes(const struct kernel_array *array)
{
    return dtype_table[info_of(array)->real].size;
}

/* What so many bytes are moved as. */
static const char *access_type(int bytes)
{
    static const char *const types[] = {
        [1] = "uchar", [2] = "ushort", [4] = "uint", [8] = "uint2", [16] = "uint4"};
    return types[bytes];
}

/* As what its parts are looked at. */
static const char *vector_words(const struct generator *g, int k)
{
    const int bytes = vector_bytes(g, k);
    if (part_bytes(&g->plan->arrays[k]) == 8)
        return bytes == 8 ? "ulong" : "ulong2";
    return access_type(bytes);
}

/* Decoded part number `part` of the vector. Short ones are shifted out of whole words: a vector of
 * short ones some compilers load in pieces. */
static void add_part(struct generator *g, int k, int part)
{
    const struct kernel_array *array = &g->plan->arrays[k];
    const int bytes = part_bytes(array), total = vector_bytes(g, k), at = part * bytes;
    text_addf(g->text, "decode_%s(", info_of(array)->name);
    if (bytes < 4)
        text_addf(g->text, "(%s)(", word_type(array));
    text_addf(g->text, "words%d", k);
    if (total > 4 && total > bytes)
        text_addf(g->text, ".s%d", bytes < 4 ? at / 4 : part);
    if (bytes < 4)
        text_addf(g->text, " >> %d)", at % 4 * 8);
    text_add(g->text, ")");
}

static void add_vector_value(struct generator *g, int k, int j)
{
    const struct kernel_array *array = &g->plan->arrays[k];
    if (is_held(g, array)) {
        text_addf(g->text, "held%d", k);
    } else if (array->is_position) {
        text_addf(g->text, "held%d + %d * (long)", k, j);
        add_inner_step(g, k);
    } else if (part_count(array) == 2) {
        text_addf(g->text, "(%s)(", type_of(g, array));
        add_part(g, k, 2 * j);
        text_add(g->text, ", ");
        add_part(g, k, 2 * j + 1);
        text_add(g->text, ")");
    } else {
        add_part(g, k, j);
    }
}

/* Of an input: the vector, or the value that all elements share, or of a position the first. */
static void add_vector_load(struct generator *g, int k)
{
    const struct kernel_array *array = &g->plan->arrays[k];
    if (array->is_position || is_held(g, array)) {
        text_addf(g->text, " \\\n        const %s held%d = ",
                  array->is_position ? "long" : type_of(g, array), k);
        if (array->is_position)
            add_position(g, k);
        else
            add_load(g, k);
        text_add(g->text, ";");
        return;
    }
    const char *const words = vector_words(g, k);
    text_addf(g->text, " \\\n        const %s words%d = as_%s(*(__global const %s *)(", words, k,
              words, access_type(vector_bytes(g, k)));
    add_address(g, k);
    text_add(g->text, "));");
}

/* CLW_READ_VECTOR(at, begin): the operands of neighbours from element `begin` on. */
static void add_vector_read(struct generator *g)
{
    text_add(g->text, "#define CLW_READ_VECTOR(at, begin) \\\n    {");
    for (int j = 0; j < batch_count(g->plan); j++)
        text_addf(g->text, " \\\n        stored_%d = 1;", j);
    for (int k = 0; k < g->plan->narrays; k++) {
        if (g->plan->arrays[k].output >= 0)
            continue;
        add_vector_load(g, k);
        for (int j = 0; j < batch_count(g->plan); j++) {
            text_addf(g->text, " \\\n        in%d_%d = ", k, j);
            add_vector_value(g, k, j);
            text_add(g->text, ";");
        }
    }
    text_add(g->text, " \\\n    }\n");
}

/* Part number `part` of the results. */
static void add_encoded(struct generator *g, int k, int part)
{
    static const char *const names[] = {".x", ".y"};
    const struct kernel_array *array = &g->plan->arrays[k];
    const int parts = part_count(array);
    text_addf(g->text, "encode_%s(out%d_%d%s)", info_of(array)->name, k, part / parts,
              parts == 2 ? names[part % 2] : "");
}

/* The short parts that fill a word from byte `at` on. */
static void add_packed(struct generator *g, int k, int at, int word)
{
    const struct kernel_array *array = &g->plan->arrays[k];
    const int bytes = part_bytes(array);
    for (int byte = 0; byte < word; byte += bytes) {
        text_add(g->text, byte ? " | (uint)" : "(uint)");
        add_encoded(g, k, (at + byte) / bytes);
        if (byte)
            text_addf(g->text, " << %d", 8 * byte);
    }
}

static void add_vector_store(struct generator *g, int k)
{
    const struct kernel_array *array = &g->plan->arrays[k];
    const int total = vector_bytes(g, k), bytes = part_bytes(array);
    const int step = bytes >= 4 ? bytes : total < 4 ? total : 4;
    const char *const access = access_type(total);
    text_addf(g->text, " \\\n        *(__global %s *)(", access);
    add_address(g, k);
    text_addf(g->text, ") = as_%s((%s)(", access, vector_words(g, k));
    for (int at = 0; at < total; at += step) {
        text_add(g->text, at ? ", " : "");
        if (bytes >= 4)
            add_encoded(g, k, at / bytes);
        else
            add_packed(g, k, at, step);
    }
    text_add(g->text, "));");
}

/* CLW_WRITE_VECTOR(at, begin): their results. What a mask leaves out must not be written, not even
 * with what it was. */
static void add_vector_write(struct generator *g)
{
    const int count = batch_count(g->plan), masked = is_masked(g);
    text_addf(g->text, "#define CLW_WRITE_VECTOR(at, begin) \\\n    %s", masked ? "if (1" : "{");
    for (int j = 0; masked && j < count; j++)
        text_addf(g->text, " & stored_%d", j);
    text_add(g->text, masked ? ") {" : "");
    for (int k = 0; k < g->plan->nbuffers; k++)
        if (g->plan->arrays[k].output >= 0)
            add_vector_store(g, k);
    text_add(g->text, masked ? " \\\n    } else {" : "");
    for (int j = 0; masked && j < count; j++)
        text_addf(g->text, " \\\n        CLW_WRITE(%d, at, (begin) + %d)", j, j);
    text_add(g->text, " \\\n    }\n");
}

/* ---- all ---- */

/* CLW_ELEMENT(i, o) and its like: from the values of element i to those of element o. */
static void add_call(struct generator *g, enum form form)
{
    text_addf(g->text, "#define %s(i, o) %s(", form_macro[form], form_name[form]);
    for (int k = 0; k < g->plan->narrays; k++)
        text_addf(g->text, g->plan->arrays[k].output >= 0 ? "%s&out%d_##o" : "%sin%d_##i",
                  k ? ", " : "", k);
    add_scalar_arguments(g);
    text_add(g->text, ")\n");
}

static void add_shift(struct generator *g, const char *name, int count)
{
    for (int j = 0; j + 1 < count; j++)
        text_addf(g->text, " \\\n    %s_%d = %s_%d;", name, j, name, j + 1);
}

/* CLW_SHIFT_IN, CLW_SHIFT_OUT: the values of each element become those of the one before it. */
static void add_shifts(struct generator *g)
{
    const int count = batch_count(g->plan);
    for (int is_output = 0; is_output < 2; is_output++) {
        text_add(g->text, is_output ? "#define CLW_SHIFT_OUT" : "#define CLW_SHIFT_IN");
        for (int k = 0; k < g->plan->narrays; k++) {
            char name[16];
            snprintf(name, sizeof name, "%s%d", is_output ? "out" : "in", k);
            if ((g->plan->arrays[k].output >= 0) == is_output)
                add_shift(g, name, count);
        }
        if (is_output)
            add_shift(g, "stored", count);
        text_add(g->text, "\n");
    }
}

void add_batch(struct generator *g)
{
    const int count = batch_count(g->plan);
    text_addf(g->text,
              "typedef %s count_t;\n#define CLW_GROUP %d\n#define CLW_BATCH %d\n"
              "#define CLW_LAST %d\n#define CLW_EACH(do)",
              g->plan->wide ? "ulong" : "uint", g->plan->group, count, count - 1);
    for (int j = 0; j < count; j++)
        text_addf(g->text, " do(%d)", j);
    text_add(g->text, "\n");
    for (int form = 0; form < (has_usual_form(g) ? FORM_COUNT : 1); form++)
        add_call(g, (enum form)form);
    add_shifts(g);
    add_declaration(g);
    add_read(g);
    add_write(g);
    if (g->plan->skeleton == SKELETON_VECTORS) {
        add_vector_read(g);
        add_vector_write(g);
    }
    if (g->plan->skeleton == SKELETON_LOCAL)
        add_local_tiles(g);
}
