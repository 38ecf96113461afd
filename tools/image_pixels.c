#include "tools/image_pixels.h"

#include <string.h>

#include "tools/float16.h"

static double load_f16(const void *element)
{
    uint16_t bits;
    memcpy(&bits, element, sizeof bits);
    return float16_value(bits);
}

static double load_bf16(const void *element)
{
    uint16_t bits;
    memcpy(&bits, element, sizeof bits);
    return bfloat16_value(bits);
}

static double load_f32(const void *element)
{
    float value;
    memcpy(&value, element, sizeof value);
    return (double)value;
}

static double load_f64(const void *element)
{
    double value;
    memcpy(&value, element, sizeof value);
    return value;
}

static double load_bool(const void *element)
{
    return *(const unsigned char *)element != 0;
}

/* `load` NULL: samples are the elements themselves. */
static const struct form {
    int bits;
    double (*load)(const void *element);
} forms[CLW_DTYPE_COUNT] = {
    [CLW_BOOL] = {8, load_bool}, [CLW_U8] = {8, NULL},        [CLW_U16] = {16, NULL},
    [CLW_F16] = {8, load_f16},   [CLW_BF16] = {8, load_bf16}, [CLW_F32] = {8, load_f32},
    [CLW_F64] = {8, load_f64}};

int image_sample_bits(clw_dtype dtype)
{
    return forms[dtype].bits;
}

/* NaN fails both comparisons that would take it from 0. */
static unsigned char sample_of(double value)
{
    const double clipped = value > 0 ? (value < 1 ? value : 1) : 0;
    return (unsigned char)(clipped * 255 + 0.5);
}

void image_samples(clw_dtype dtype, const void *elements, size_t count, void *samples)
{
    const size_t size = clw_dtype_size(dtype);
    const unsigned char *const from = elements;
    unsigned char *const to = samples;
    if (!forms[dtype].load) {
        memmove(samples, elements, count * size);
        return;
    }
    for (size_t i = 0; i < count; i++)
        to[i] = sample_of(forms[dtype].load(from + i * size));
}
