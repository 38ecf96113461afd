#include "tools/element_text.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tools/float16.h"

enum { FLOAT_BYTES = 30, MAX_PLACES = 16 };

/* What decides whether digits read back as a value: bits of the significand, least exponent. */
struct precision {
    int bits, least_exponent;
};

static const struct precision f16 = {11, -24}, bf16 = {8, -133}, f32 = {24, -149},
                              f64 = {53, -1074};

/* Nearer than a quarter of a unit in the last place: so none of the neighbours is as near, be the
 * value a power of two or not. */
static int is_near(double read, double value, const struct precision *precision)
{
    int exponent;
    frexp(value, &exponent);
    const int unit = exponent - precision->bits;
    const int least = precision->least_exponent;
    return fabs(read - value) < ldexp(0.25, unit < least ? least : unit);
}

static int reads_back(const char *words, double value, const struct precision *precision)
{
    if (precision == &f64)
        return strtod(words, NULL) == value;
    if (precision == &f32)
        return strtof(words, NULL) == (float)value;
    return strtod(words, NULL) == value || is_near(strtod(words, NULL), value, precision);
}

/* With an exponent, as few digits as read back; returns how many follow the point. */
static int shortest(double value, const struct precision *precision, char *words)
{
    int places = -1;
    do
        snprintf(words, FLOAT_BYTES, "%.*e", ++places, value);
    while (places < MAX_PLACES && !reads_back(words, value, precision));
    return places;
}

/* Without an exponent from 0.0001 to 10^16, as Python has it. */
static void float_text(double value, const struct precision *precision, char *words)
{
    if (!isfinite(value)) {
        strcpy(words, isnan(value) ? "nan" : value < 0 ? "-inf" : "inf");
        return;
    }
    const int places = shortest(value, precision, words);
    const int exponent = atoi(strchr(words, 'e') + 1);
    if (exponent >= -4 && exponent < 16)
        snprintf(words, FLOAT_BYTES, "%.*f", places - exponent > 1 ? places - exponent : 1, value);
}

static void complex_text(double real, double imaginary, const struct precision *precision,
                         char *words)
{
    char parts[2][FLOAT_BYTES];
    float_text(real, precision, parts[0]);
    float_text(imaginary, precision, parts[1]);
    snprintf(words, ELEMENT_TEXT_BYTES, "%s%s%sj", parts[0], parts[1][0] == '-' ? "" : "+",
             parts[1]);
}

#define LOAD(type)                                                                                 \
    type value;                                                                                    \
    memcpy(&value, element, sizeof value)

#define INTEGER_TEXT(name, type, format)                                                           \
    static void name(const unsigned char *element, char *words)                                    \
    {                                                                                              \
        LOAD(type);                                                                                \
        snprintf(words, ELEMENT_TEXT_BYTES, "%" format, value);                                    \
    }

INTEGER_TEXT(i8_text, int8_t, PRId8)
INTEGER_TEXT(i16_text, int16_t, PRId16)
INTEGER_TEXT(i32_text, int32_t, PRId32)
INTEGER_TEXT(i64_text, int64_t, PRId64)
INTEGER_TEXT(u8_text, uint8_t, PRIu8)
INTEGER_TEXT(u16_text, uint16_t, PRIu16)
INTEGER_TEXT(u32_text, uint32_t, PRIu32)
INTEGER_TEXT(u64_text, uint64_t, PRIu64)

static void bool_text(const unsigned char *element, char *words)
{
    strcpy(words, *element ? "True" : "False");
}

static void f16_text(const unsigned char *element, char *words)
{
    LOAD(uint16_t);
    float_text(float16_value(value), &f16, words);
}

static void bf16_text(const unsigned char *element, char *words)
{
    LOAD(uint16_t);
    float_text(bfloat16_value(value), &bf16, words);
}

static void f32_text(const unsigned char *element, char *words)
{
    LOAD(float);
    float_text((double)value, &f32, words);
}

static void f64_text(const unsigned char *element, char *words)
{
    LOAD(double);
    float_text(value, &f64, words);
}

static void c64_text(const unsigned char *element, char *words)
{
    float parts[2];
    memcpy(parts, element, sizeof parts);
    complex_text((double)parts[0], (double)parts[1], &f32, words);
}

static void c128_text(const unsigned char *element, char *words)
{
    double parts[2];
    memcpy(parts, element, sizeof parts);
    complex_text(parts[0], parts[1], &f64, words);
}

void element_text(clw_dtype dtype, const void *element, char *words)
{
    static void (*const texts[CLW_DTYPE_COUNT])(const unsigned char *, char *) = {
        [CLW_BOOL] = bool_text, [CLW_I8] = i8_text,   [CLW_I16] = i16_text,   [CLW_I32] = i32_text,
        [CLW_I64] = i64_text,   [CLW_U8] = u8_text,   [CLW_U16] = u16_text,   [CLW_U32] = u32_text,
        [CLW_U64] = u64_text,   [CLW_F16] = f16_text, [CLW_BF16] = bf16_text, [CLW_F32] = f32_text,
        [CLW_F64] = f64_text,   [CLW_C64] = c64_text, [CLW_C128] = c128_text};
    texts[dtype](element, words);
}
