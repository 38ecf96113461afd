#include "tools/print_number.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tools/float16.h"

/* `bits` of the dtype's significand and its least exponent decide what reads back as `value`. */
static int reads_back(const char *words, double value, int bits, int least_exponent)
{
    const double read = strtod(words, NULL);
    if (bits == 53)
        return read == value;
    if (bits == 24)
        return strtof(words, NULL) == (float)value;
    int exponent;
    frexp(value, &exponent);
    const int unit = exponent - bits < least_exponent ? least_exponent : exponent - bits;
    return fabs(read - value) < ldexp(0.25, unit);
}

static void print_float(double value, int bits, int least_exponent, int sign)
{
    char words[40];
    for (int digits = 1; digits <= 17; digits++) {
        snprintf(words, sizeof words, "%.*g", digits, value);
        if (!isfinite(value) || reads_back(words, value, bits, least_exponent))
            break;
    }
    const int whole = isfinite(value) && !strpbrk(words, ".e");
    printf("%s%s%s", sign && words[0] != '-' ? "+" : "", isnan(value) ? "nan" : words,
           whole ? ".0" : "");
}

#define LOAD(type)                                                                                 \
    type value;                                                                                    \
    memcpy(&value, element, sizeof value)

#define INTEGER_PRINTER(name, type, format)                                                        \
    static void name(const unsigned char *element)                                                 \
    {                                                                                              \
        LOAD(type);                                                                                \
        printf("%" format, value);                                                                 \
    }

INTEGER_PRINTER(print_i8, int8_t, PRId8)
INTEGER_PRINTER(print_i16, int16_t, PRId16)
INTEGER_PRINTER(print_i32, int32_t, PRId32)
INTEGER_PRINTER(print_i64, int64_t, PRId64)
INTEGER_PRINTER(print_u8, uint8_t, PRIu8)
INTEGER_PRINTER(print_u16, uint16_t, PRIu16)
INTEGER_PRINTER(print_u32, uint32_t, PRIu32)
INTEGER_PRINTER(print_u64, uint64_t, PRIu64)

static void print_bool(const unsigned char *element)
{
    printf("%s", *element ? "True" : "False");
}

static void print_f16(const unsigned char *element)
{
    LOAD(uint16_t);
    print_float(float16_value(value), 11, -24, 0);
}

static void print_bf16(const unsigned char *element)
{
    LOAD(uint16_t);
    print_float(bfloat16_value(value), 8, -133, 0);
}

static void print_f32(const unsigned char *element)
{
    LOAD(float);
    print_float((double)value, 24, 0, 0);
}

static void print_f64(const unsigned char *element)
{
    LOAD(double);
    print_float(value, 53, 0, 0);
}

static void print_c64(const unsigned char *element)
{
    float parts[2];
    memcpy(parts, element, sizeof parts);
    print_float((double)parts[0], 24, 0, 0);
    print_float((double)parts[1], 24, 0, 1);
    printf("j");
}

static void print_c128(const unsigned char *element)
{
    double parts[2];
    memcpy(parts, element, sizeof parts);
    print_float(parts[0], 53, 0, 0);
    print_float(parts[1], 53, 0, 1);
    printf("j");
}

void print_number(clw_dtype dtype, const void *element)
{
    static void (*const printers[CLW_DTYPE_COUNT])(const unsigned char *) = {
        [CLW_BOOL] = print_bool, [CLW_I8] = print_i8,     [CLW_I16] = print_i16,
        [CLW_I32] = print_i32,   [CLW_I64] = print_i64,   [CLW_U8] = print_u8,
        [CLW_U16] = print_u16,   [CLW_U32] = print_u32,   [CLW_U64] = print_u64,
        [CLW_F16] = print_f16,   [CLW_BF16] = print_bf16, [CLW_F32] = print_f32,
        [CLW_F64] = print_f64,   [CLW_C64] = print_c64,   [CLW_C128] = print_c128};
    printers[dtype](element);
}
