#include <math.h>
#include <string.h>

#include "runtime/base/bits.h"
#include "runtime/plan/promote.h"

/* A binary float: bits of its fraction, exponent of its smallest subnormal, greatest exponent. */
struct format {
    int fraction, least, greatest;
};

static const struct format formats[] = {
    [CLW_F16] = {10, -24, 15},
    [CLW_BF16] = {7, -133, 127},
    [CLW_F32] = {23, -149, 127},
    [CLW_F64] = {52, -1074, 1023},
};

/* magnitude * 2^exponent in the format: rounded once, to nearest even, in integers, so that neither
 * the rounding mode of the process nor a second rounding matters. A double holds the result. */
static double rounded(uint64_t magnitude, int exponent, const struct format *format)
{
    const int lowest = bit_length(magnitude) - 1 + exponent - format->fraction;
    const int last = lowest > format->least ? lowest : format->least;
    const int shift = last - exponent;
    if (magnitude == 0 || shift > 64)
        return 0;
    if (shift > 0) {
        const uint64_t kept = shift == 64 ? 0 : magnitude >> shift;
        const uint64_t rest = magnitude << (64 - shift), half = (uint64_t)1 << 63;
        magnitude = kept + (rest > half || (rest == half && (kept & 1)));
        exponent = last;
    }
    if (bit_length(magnitude) - 1 + exponent > format->greatest)
        return INFINITY;
    return ldexp((double)magnitude, exponent);
}

static double rounded_double(double x, const struct format *format)
{
    if (!isfinite(x) || x == 0)
        return x;
    int exponent;
    const double fraction = frexp(fabs(x), &exponent);
    const double result = rounded((uint64_t)ldexp(fraction, 53), exponent - 53, format);
    return copysign(result, x);
}

static double rounded_scalar(clw_scalar scalar, int part, clw_dtype real)
{
    const struct format *format = &formats[real];
    switch (scalar.kind) {
    case CLW_SCALAR_BOOL:
        return part == 0 && scalar.value.i != 0;
    case CLW_SCALAR_INT: {
        const int64_t x = part ? 0 : scalar.value.i;
        return x < 0 ? -rounded(0 - (uint64_t)x, 0, format) : rounded((uint64_t)x, 0, format);
    }
    case CLW_SCALAR_UINT:
        return part ? 0 : rounded(scalar.value.u, 0, format);
    case CLW_SCALAR_FLOAT:
        return part ? 0 : rounded_double(scalar.value.f, format);
    case CLW_SCALAR_COMPLEX:
        return rounded_double(scalar.value.c[part], format);
    case CLW_SCALAR_NONE:
        break;
    }
    return 0;
}

static int is_true(clw_scalar scalar)
{
    switch (scalar.kind) {
    case CLW_SCALAR_FLOAT:
        return scalar.value.f != 0;
    case CLW_SCALAR_COMPLEX:
        return scalar.value.c[0] != 0 || scalar.value.c[1] != 0;
    case CLW_SCALAR_NONE:
        return 0;
    default:
        return scalar.value.u != 0;
    }
}

/* Toward zero, saturating; NaN gives 0. */
static uint64_t integer_from_double(double x, int bits, int is_signed)
{
    const double above = ldexp(1, bits - is_signed), below = is_signed ? -above : 0;
    const uint64_t sign = (uint64_t)1 << (bits - 1), all = sign | (sign - 1);
    if (isnan(x))
        return 0;
    if (x >= above)
        return is_signed ? sign - 1 : all;
    if (x <= below)
        return is_signed ? sign : 0;
    return is_signed ? (uint64_t)(int64_t)x : (uint64_t)x;
}

static uint64_t integer_bits(clw_scalar scalar, const struct dtype_info *info)
{
    switch (scalar.kind) {
    case CLW_SCALAR_BOOL:
        return scalar.value.i != 0;
    case CLW_SCALAR_FLOAT:
        return integer_from_double(scalar.value.f, 8 * info->size, info->is_signed);
    case CLW_SCALAR_COMPLEX:
        return integer_from_double(scalar.value.c[0], 8 * info->size, info->is_signed);
    case CLW_SCALAR_NONE:
        return 0;
    default:
        return scalar.value.u;
    }
}

static size_t put_integer(uint64_t x, int size, unsigned char *bits)
{
    const uint8_t x8 = (uint8_t)x;
    const uint16_t x16 = (uint16_t)x;
    const uint32_t x32 = (uint32_t)x;
    const void *source = size == 1   ? (const void *)&x8
                         : size == 2 ? (const void *)&x16
                         : size == 4 ? (const void *)&x32
                                     : (const void *)&x;
    memcpy(bits, source, (size_t)size);
    return (size_t)size;
}

/* The compute type of all floats but f64 is float, which holds f16 and bf16 exactly. */
static size_t put_float(double x, clw_dtype real, unsigned char *bits)
{
    const float narrow = (float)x;
    const size_t size = real == CLW_F64 ? sizeof x : sizeof narrow;
    memcpy(bits, real == CLW_F64 ? (const void *)&x : (const void *)&narrow, size);
    return size;
}

size_t scalar_bits(clw_scalar scalar, clw_dtype dtype, unsigned char bits[16])
{
    const struct dtype_info *info = &dtype_table[dtype];
    if (info->kind == KIND_BOOL)
        return put_integer((uint64_t)is_true(scalar), 1, bits);
    if (info->kind == KIND_INT)
        return put_integer(integer_bits(scalar, info), info->size, bits);
    const size_t size = put_float(rounded_scalar(scalar, 0, info->real), info->real, bits);
    if (info->kind == KIND_FLOAT)
        return size;
    return size + put_float(rounded_scalar(scalar, 1, info->real), info->real, bits + size);
}
