/* Arithmetic that says when it does not fit. */
#ifndef CLWISE_PLAN_CHECKED_H
#define CLWISE_PLAN_CHECKED_H

#include <stdint.h>

static inline uint64_t magnitude(int64_t value)
{
    return value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
}

/* 1 and *product = a * b, or 0 if that exceeds 64 bits. Compilers know the pattern: no division. */
static inline int multiply_fits(uint64_t a, uint64_t b, uint64_t *product)
{
    if (a && b > UINT64_MAX / a)
        return 0;
    *product = a * b;
    return 1;
}

static inline int add_fits(uint64_t a, uint64_t b, uint64_t *sum)
{
    *sum = a + b;
    return *sum >= a;
}

static inline uint64_t subtract_down_to_zero(uint64_t a, uint64_t b)
{
    return a > b ? a - b : 0;
}

#endif
