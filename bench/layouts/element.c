/* Elements as numbers of the host. */
#include "bench/layouts/layouts.h"

#include <string.h>

/* The halves of floats here are sixteenths of small integers: normal in f16, exact in both. */
static uint16_t half_of(clw_dtype dtype, float value)
{
    uint32_t bits;
    memcpy(&bits, &value, sizeof bits);
    if (dtype == CLW_BF16)
        return (uint16_t)(bits >> 16);
    const uint32_t sign = bits >> 16 & 0x8000, rest = bits & 0x7fffffff;
    return (uint16_t)(rest ? sign | ((rest - ((uint32_t)112 << 23)) >> 13) : sign);
}

static float half_value(clw_dtype dtype, uint16_t half)
{
    float value;
    uint32_t bits = (uint32_t)half << 16;
    if (dtype == CLW_F16) {
        bits = (uint32_t)(half & 0x8000) << 16;
        if (half & 0x7fff)
            bits |= ((uint32_t)(half & 0x7fff) << 13) + ((uint32_t)112 << 23);
    }
    memcpy(&value, &bits, sizeof value);
    return value;
}

double element_load(const void *memory, clw_dtype dtype)
{
    switch (dtype) {
    case CLW_BOOL:
    case CLW_U8:
        return *(const uint8_t *)memory;
    case CLW_I16:
        return *(const int16_t *)memory;
    case CLW_F16:
    case CLW_BF16:
        return (double)half_value(dtype, *(const uint16_t *)memory);
    case CLW_F32:
        return (double)*(const float *)memory;
    default:
        return *(const double *)memory;
    }
}

void element_store(void *memory, clw_dtype dtype, double value)
{
    switch (dtype) {
    case CLW_BOOL:
    case CLW_U8:
        *(uint8_t *)memory = (uint8_t)(int)value;
        break;
    case CLW_I16:
        *(int16_t *)memory = (int16_t)value;
        break;
    case CLW_F16:
    case CLW_BF16:
        *(uint16_t *)memory = half_of(dtype, (float)value);
        break;
    case CLW_F32:
        *(float *)memory = (float)value;
        break;
    default:
        *(double *)memory = value;
    }
}

/* A linear congruential generator. */
void element_fill(void *memory, clw_dtype dtype, size_t elements, uint32_t state)
{
    const size_t size = clw_dtype_size(dtype);
    for (size_t i = 0; i < elements; ++i) {
        state = state * 1664525u + 1013904223u;
        const int number = (int)(state >> 27); /* 0 to 31 */
        const double value = dtype == CLW_BOOL  ? number & 1
                             : dtype == CLW_U8  ? number * 8
                             : dtype == CLW_I16 ? number - 16
                                                : (number - 16) / 16.0;
        element_store((char *)memory + i * size, dtype, value);
    }
}
