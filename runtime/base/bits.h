/* Facts about bits. */
#ifndef CLWISE_BASE_BITS_H
#define CLWISE_BASE_BITS_H

#include <stdint.h>

/* How many bits the number needs; 0 for 0. */
static inline int bit_length(uint64_t x)
{
    int length = 0;
    for (; x; x >>= 1)
        length++;
    return length;
}

#endif
