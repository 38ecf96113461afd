#include "runtime/codegen/types.h"

const char *compute_type(clw_dtype dtype, int demoted)
{
    return dtype_table[demoted ? dtype_demoted(dtype) : dtype].compute;
}

static int is_unsigned_int(const struct dtype_info *info)
{
    return info->kind == KIND_INT && !info->is_signed;
}

static void define_kinds(struct text *text, const char *prefix, const struct dtype_info *info,
                         int is_double)
{
    const struct {
        const char *name;
        int holds;
    } kinds[] = {
        {"BOOL", info->kind == KIND_BOOL},
        {"INT", info->kind == KIND_INT},
        {"SIGNED", info->kind == KIND_INT && info->is_signed},
        {"UNSIGNED", is_unsigned_int(info)},
        {"FLOAT", info->kind == KIND_FLOAT},
        {"COMPLEX", info->kind == KIND_COMPLEX},
        {"DOUBLE", is_double},
    };
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        text_addf(text, "#define %s_IS_%s %d\n", prefix, kinds[i].name, kinds[i].holds);
    for (int d = 1; d < CLW_DTYPE_COUNT; d++)
        text_addf(text, "#define %s_IS_%s %d\n", prefix, dtype_table[d].macro,
                  dtype_table + d == info);
}

/* Least and greatest value as literals of the type; casts of char and short keep them in range. */
static void define_limits(struct text *text, const char *prefix, const struct dtype_info *info)
{
    const int bits = 8 * info->size;
    const unsigned long long top = ~0ULL >> (64 - bits + (info->is_signed ? 1 : 0));
    text_addf(text, "#define %s_MAX ((%s)%llu%s)\n", prefix, info->compute, top,
              info->is_signed ? (bits == 64 ? "L" : "") : (bits == 64 ? "UL" : "U"));
    if (info->is_signed)
        text_addf(text, "#define %s_MIN ((%s)(-%s_MAX - 1))\n", prefix, info->compute, prefix);
    else
        text_addf(text, "#define %s_MIN ((%s)0)\n", prefix, info->compute);
}

static void define_integer(struct text *text, const char *prefix, const struct dtype_info *info)
{
    static const char *const widths[] = {
        [1] = "uchar", [2] = "ushort", [4] = "uint", [8] = "ulong"};
    text_addf(text, "#define %s_UNSIGNED %s\n", prefix, widths[info->size]);
    if (info->kind == KIND_INT) {
        text_addf(text, "#define %s_WRAP %s\n", prefix, info->wrap);
        define_limits(text, prefix, info);
    }
}

static void define_float(struct text *text, const char *prefix, int is_double)
{
    text_addf(text, "#define %s_BITS_INT %s\n", prefix, is_double ? "long" : "int");
    text_addf(text, "#define %s_BITS_UINT %s\n", prefix, is_double ? "ulong" : "uint");
    text_addf(text, "#define %s_C(x) x%s\n", prefix, is_double ? "" : "##f");
}

void define_type(struct text *text, const char *prefix, clw_dtype dtype, int demoted)
{
    const struct dtype_info *info = &dtype_table[dtype];
    const int is_double = dtype_needs_fp64(dtype) && !demoted;
    text_addf(text, "#define %s %s\n", prefix, compute_type(dtype, demoted));
    text_addf(text, "#define %s_REAL %s\n", prefix, compute_type(info->real, demoted));
    text_addf(text, "#define %s_BITS %d\n", prefix, 8 * info->size);
    define_kinds(text, prefix, info, is_double);
    if (info->kind <= KIND_INT)
        define_integer(text, prefix, info);
    else
        define_float(text, prefix, is_double);
}

void undefine_type(struct text *text, const char *prefix)
{
    static const char *const names[] = {
        "",           "_REAL",        "_BITS",      "_UNSIGNED",   "_WRAP",      "_MAX",
        "_MIN",       "_BITS_INT",    "_BITS_UINT", "_C",          "_IS_BOOL",   "_IS_INT",
        "_IS_SIGNED", "_IS_UNSIGNED", "_IS_FLOAT",  "_IS_COMPLEX", "_IS_DOUBLE",
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        text_addf(text, "#undef %s%s\n", prefix, names[i]);
    for (int d = 1; d < CLW_DTYPE_COUNT; d++)
        text_addf(text, "#undef %s_IS_%s\n", prefix, dtype_table[d].macro);
}
