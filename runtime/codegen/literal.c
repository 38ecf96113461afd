#include "runtime/codegen/literal.h"

#include <inttypes.h>
#include <string.h>

#include "runtime/plan/promote.h"

static void add_float(struct text *text, const unsigned char *bits)
{
    uint32_t pattern;
    memcpy(&pattern, bits, sizeof pattern);
    text_addf(text, "as_float(0x%08" PRIx32 "u)", pattern);
}

static void add_double(struct text *text, const unsigned char *bits)
{
    uint64_t pattern;
    memcpy(&pattern, bits, sizeof pattern);
    text_addf(text, "as_double(0x%016" PRIx64 "UL)", pattern);
}

static void add_integer(struct text *text, const struct dtype_info *info, const unsigned char *bits)
{
    uint64_t pattern = 0;
    for (int i = 0; i < info->size; i++)
        pattern |= (uint64_t)bits[i] << (8 * i);
    static const char *const widths[] = {
        [1] = "uchar", [2] = "ushort", [4] = "uint", [8] = "ulong"};
    text_addf(text, "as_%s((%s)0x%" PRIx64 "%s)", info->compute, widths[info->size], pattern,
              info->size == 8 ? "UL" : "u");
}

void add_literal(struct text *text, clw_scalar scalar, clw_dtype dtype)
{
    const struct dtype_info *info = &dtype_table[dtype];
    unsigned char bits[16];
    const size_t size = scalar_bits(scalar, dtype, bits);
    void (*const add_part)(struct text *, const unsigned char *) =
        dtype_needs_fp64(dtype) ? add_double : add_float;
    if (info->kind <= KIND_INT) {
        add_integer(text, info, bits);
    } else if (info->kind == KIND_FLOAT) {
        add_part(text, bits);
    } else {
        text_addf(text, "(%s)(", info->compute);
        add_part(text, bits);
        text_add(text, ", ");
        add_part(text, bits + size / 2);
        text_add(text, ")");
    }
}
