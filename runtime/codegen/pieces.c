/* Files of cl/lib as pieces of a program. */
#include <string.h>

#include "runtime/codegen/generator.h"
#include "runtime/codegen/types.h"

void begin_t(struct generator *g, clw_dtype dtype)
{
    define_type(g->text, "T", dtype, g->demoted);
    text_addf(g->text, "#define FN(name) name##_%s\n", dtype_table[dtype].name);
    text_addf(g->text, "#define RFN(name) name##_%s\n", dtype_table[dtype_table[dtype].real].name);
    if (dtype_table[dtype].kind >= KIND_FLOAT) {
        const int is_double = dtype_needs_fp64(dtype) && !g->demoted;
        text_addf(g->text, "#define AS_INT as_%s\n#define AS_T as_%s\n", is_double ? "long" : "int",
                  is_double ? "double" : "float");
    }
}

void end_t(struct generator *g)
{
    undefine_type(g->text, "T");
    text_add(g->text, "#undef FN\n#undef RFN\n#undef AS_INT\n#undef AS_T\n");
}

static int has_piece(const struct generator *g, const struct builtin_file *file, clw_dtype dtype)
{
    for (int i = 0; i < g->npieces; i++)
        if (g->pieces[i].file == file && g->pieces[i].dtype == dtype)
            return 1;
    return 0;
}

static void add_text(struct generator *g, const struct builtin_file *file)
{
    text_addf(g->text, "#line 1 \"%s\"\n", file->name);
    text_add_bytes(g->text, file->text, file->length);
}

/* The files that a lib file uses itself: the words of its `//! use` and `//! use_real` lines. */
static clw_status add_uses_of(struct generator *g, const struct builtin_file *file, clw_dtype dtype)
{
    static const char mark[] = "//! use", real[] = "_real";
    const char *at = file->text;
    while ((at = strstr(at, mark)) != NULL) {
        at += sizeof mark - 1;
        const int is_real = strncmp(at, real, sizeof real - 1) == 0;
        at += is_real ? sizeof real - 1 : 0;
        for (;;) {
            char name[OP_NAME_SIZE] = {0};
            at += strspn(at, " \t");
            const size_t length = strcspn(at, " \t\n");
            if (length == 0)
                break;
            memcpy(name, at, length < sizeof name ? length : sizeof name - 1);
            const clw_status status = add_lib(g, name, dtype, is_real);
            if (status)
                return status;
            at += length;
        }
    }
    return CLW_OK;
}

static clw_status add_file_of_lib(struct generator *g, const char *name, clw_dtype dtype)
{
    char file_name[OP_NAME_SIZE + sizeof ".clh"];
    const size_t length = strlen(name);
    memcpy(file_name, name, length);
    memcpy(file_name + length, ".clh", sizeof ".clh");
    const struct builtin_file *file = builtin_find("lib", file_name);
    const char *op = g->plan->resolved.op->name;
    if (!file)
        return fail(g->error, CLW_ERROR_NOT_FOUND, "%s: there is no lib/%s to use", op, file_name);
    if (has_piece(g, file, dtype))
        return CLW_OK;
    if (g->npieces == MAX_PIECES)
        return fail(g->error, CLW_ERROR_BUILD, "%s: uses more than %d files of lib", op,
                    MAX_PIECES);
    g->pieces[g->npieces++] = (struct piece){file, dtype};
    const clw_status status = add_uses_of(g, file, dtype);
    add_text(g, file);
    return status;
}

clw_status add_lib(struct generator *g, const char *name, clw_dtype dtype, int is_real)
{
    const clw_dtype real = dtype_table[dtype].real;
    if (!is_real || real == dtype)
        return add_file_of_lib(g, name, dtype);
    end_t(g);
    begin_t(g, real);
    const clw_status status = add_file_of_lib(g, name, real);
    end_t(g);
    begin_t(g, dtype);
    return status;
}

clw_status add_memory(struct generator *g, clw_dtype dtype)
{
    const struct builtin_file *file = builtin_find("lib", "memory.clh");
    if (file && has_piece(g, file, dtype))
        return CLW_OK;
    begin_t(g, dtype);
    const clw_status status = add_lib(g, "memory", dtype, 0);
    end_t(g);
    return status;
}

clw_status add_cast(struct generator *g, clw_dtype from, clw_dtype to)
{
    const struct builtin_file *file = builtin_find("lib", "convert.clh");
    if (dtype_is_half(to)) { /* round_T comes with its memory */
        const clw_status status = add_memory(g, to);
        if (status)
            return status;
    }
    if (from == to || g->casts[from] >> to & 1)
        return CLW_OK;
    if (!file)
        return fail(g->error, CLW_ERROR_NOT_FOUND, "there is no lib/convert.clh");
    g->casts[from] = (uint16_t)(g->casts[from] | 1U << to);
    define_type(g->text, "FROM", from, g->demoted);
    define_type(g->text, "TO", to, g->demoted);
    text_addf(g->text, "#define CONVERT cast_%s_%s\n", dtype_table[from].name,
              dtype_table[to].name);
    add_text(g, file);
    text_add(g->text, "#undef CONVERT\n");
    undefine_type(g->text, "FROM");
    undefine_type(g->text, "TO");
    return CLW_OK;
}
