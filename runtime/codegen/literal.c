#include "runtime/codegen/literal.h"

#include <inttypes.h>
#include <string.h>

#include "runtime/plan/promote.h"

static const char *const hiding[] = {"", " + " CODEGEN_ZERO};

static void add_float(struct text *text, const unsigned char *bits, int is_hidden)
{
    uint32_t pattern;
    memcpy(&pattern, bits, sizeof pattern);
    text_addf(text, "as_float(0x%08" PRIx32 "u%s)", pattern, hiding[is_hidden]);
}

static void add_double(struct text *text, const unsigned char *bits, int is_hidden)
{
    uint64_t pattern;
    memcpy(&pattern, bits, sizeof pattern);
    text_addf(text, "as_double(0x%016" PRIx64 "UL%s)", pattern, hiding[is_hidden]);
}

static void add_integer(struct text *text, const struct dtype_info *info, const unsigned char *bits,
                        int is_hidden)
{
    uint64_t pattern = 0;
    for (int i = 0; i < info->size; i++)
        pattern |= (uint64_t)bits[i] << (8 * i);
    static const char *const widths[] = {
        [1] = "uchar", [2] = "ushort", [4] = "uint", [8] = "ulong"};
    text_addf(text, "as_%s((%s)(0x%" PRIx64 "%s%s))", info->compute, widths[info->size], pattern,
              info->size == 8 ? "UL" : "u", hiding[is_hidden]);
}

void add_literal(struct text *text, clw_scalar scalar, clw_dtype dtype, int is_hidden)
{
    const struct dtype_info *info = &dtype_table[dtype];
    unsigned char bits[16];
    const size_t size = scalar_bits(scalar, dtype, bits);
    void (*const add_part)(struct text *, const unsigned char *, int) =
        dtype_needs_fp64(dtype) ? add_double : add_float;
    if (info->kind <= KIND_INT) {
        add_integer(text, info, bits, is_hidden);
    } else if (info->kind == KIND_FLOAT) {
        add_part(text, bits, is_hidden);
    } else {
        text_addf(text, "(%s)(", info->compute);
        add_part(text, bits, is_hidden);
        text_add(text, ", ");
        add_part(text, bits + size / 2, is_hidden);
        text_add(text, ")");
    }
}

void begin_hidden(struct text *text, const char *type, clw_dtype dtype)
{
    const enum dtype_kind kind = dtype_table[dtype].kind;
    const char *bits = strncmp(type, "double", strlen("double")) == 0 ? "ulong" : "uint";
    if (kind <= KIND_INT)
        text_addf(text, "(%s)(", type);
    else
        text_addf(text, "as_%s(as_%s%s(", type, bits, kind == KIND_COMPLEX ? "2" : "");
}

void end_hidden(struct text *text, const char *type, clw_dtype dtype)
{
    if (dtype_table[dtype].kind <= KIND_INT)
        text_addf(text, " + (%s)" CODEGEN_ZERO ")", type);
    else
        text_add(text, ") + " CODEGEN_ZERO ")");
}
