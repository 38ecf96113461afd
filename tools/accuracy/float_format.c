#include "tools/accuracy/float_format.h"

#include <float.h>
#include <math.h>
#include <string.h>

static const struct float_format formats[] = {
    {CLW_F16, 2, 11, -14, 15, 0x1p-14, 0x1.ffcp+15},
    {CLW_BF16, 2, 8, -126, 127, 0x1p-126, 0x1.fep+127},
    {CLW_F32, 4, 24, -126, 127, 0x1p-126, 0x1.fffffep+127},
    {CLW_F64, 8, 53, -1022, 1023, DBL_MIN, DBL_MAX},
};

int dtype_is_complex(clw_dtype dtype)
{
    return dtype == CLW_C64 || dtype == CLW_C128;
}

const struct float_format *float_format_of(clw_dtype dtype)
{
    const clw_dtype part = dtype == CLW_C64 ? CLW_F32 : dtype == CLW_C128 ? CLW_F64 : dtype;
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
        if (formats[i].dtype == part)
            return &formats[i];
    return NULL;
}

static uint64_t infinity_bits(const struct float_format *format)
{
    const int biased = format->max_exponent - format->min_exponent + 2;
    return (uint64_t)biased << (format->precision - 1);
}

static uint64_t sign_bit(const struct float_format *format)
{
    return (uint64_t)1 << (format->bytes * 8 - 1);
}

/* Formats that the host has too. */
static double decode_native(const struct float_format *format, uint64_t bits)
{
    const uint32_t half = (uint32_t)bits;
    float single = 0;
    double real = 0;
    memcpy(&real, &bits, sizeof real);
    memcpy(&single, &half, sizeof single);
    return format->bytes == 8 ? real : (double)single;
}

double float_decode(const struct float_format *format, uint64_t bits)
{
    if (format->bytes >= 4)
        return decode_native(format, bits);
    const uint64_t magnitude = bits & (sign_bit(format) - 1);
    const double sign = bits & sign_bit(format) ? -1 : 1;
    const int fraction_bits = format->precision - 1;
    const int biased = (int)(magnitude >> fraction_bits);
    const uint64_t hidden = (uint64_t)1 << fraction_bits;
    const uint64_t fraction = magnitude & (hidden - 1);
    if (magnitude > infinity_bits(format))
        return NAN;
    if (magnitude == infinity_bits(format))
        return sign * HUGE_VAL;
    const int quantum = format->min_exponent - fraction_bits;
    if (biased == 0)
        return copysign(ldexp((double)fraction, quantum), sign);
    return sign * ldexp((double)(fraction | hidden), quantum + biased - 1);
}

uint64_t float_encode(const struct float_format *format, double value)
{
    const uint64_t sign = signbit(value) ? sign_bit(format) : 0;
    const int fraction_bits = format->precision - 1;
    int exponent = 0;
    if (isnan(value))
        return infinity_bits(format) | (uint64_t)1 << (fraction_bits - 1);
    if (value == 0 || isinf(value))
        return sign | (value == 0 ? 0 : infinity_bits(format));
    frexp(value, &exponent);
    exponent = exponent - 1 < format->min_exponent ? format->min_exponent : exponent - 1;
    /* The significand counts quanta; a hidden bit of 1 adds one to the exponent field. */
    const uint64_t quanta = (uint64_t)rint(ldexp(fabs(value), fraction_bits - exponent));
    const uint64_t field = (uint64_t)(exponent - format->min_exponent);
    const uint64_t bits = (field << fraction_bits) + quanta;
    return sign | (bits < infinity_bits(format) ? bits : infinity_bits(format));
}

double float_round(const struct float_format *format, double value)
{
    return format->dtype == CLW_F64 ? value : float_decode(format, float_encode(format, value));
}

double float_smallest(const struct float_format *format)
{
    return ldexp(1, format->min_exponent - format->precision + 1);
}

double float_step(const struct float_format *format, double value, int64_t steps)
{
    const int64_t end = (int64_t)infinity_bits(format);
    const int64_t magnitude = (int64_t)float_encode(format, fabs(value));
    int64_t place = (signbit(value) ? -magnitude : magnitude) + steps;
    place = place > end ? end : place < -end ? -end : place;
    const double result = float_decode(format, (uint64_t)(place < 0 ? -place : place));
    return place < 0 ? -result : result;
}

double float_load(const struct float_format *format, const void *memory, size_t index)
{
    float single = 0;
    double real = 0;
    uint16_t half = 0;
    switch (format->dtype) {
    case CLW_F64:
        memcpy(&real, (const char *)memory + index * sizeof real, sizeof real);
        return real;
    case CLW_F32:
        memcpy(&single, (const char *)memory + index * sizeof single, sizeof single);
        return (double)single;
    default:
        memcpy(&half, (const char *)memory + index * sizeof half, sizeof half);
        return float_decode(format, half);
    }
}

void float_store(const struct float_format *format, void *memory, size_t index, double value)
{
    const float single = (float)value;
    uint16_t half = 0;
    switch (format->dtype) {
    case CLW_F64:
        memcpy((char *)memory + index * sizeof value, &value, sizeof value);
        break;
    case CLW_F32:
        memcpy((char *)memory + index * sizeof single, &single, sizeof single);
        break;
    default:
        half = (uint16_t)float_encode(format, value);
        memcpy((char *)memory + index * sizeof half, &half, sizeof half);
    }
}
