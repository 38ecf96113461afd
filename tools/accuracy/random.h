/* A stream of seeded random numbers: SplitMix64 (Steele, Lea, Flood 2014). */
#ifndef CLWISE_TOOLS_ACCURACY_RANDOM_H
#define CLWISE_TOOLS_ACCURACY_RANDOM_H

#include <stdint.h>

struct random_stream {
    uint64_t state;
};

static inline uint64_t random_bits(struct random_stream *stream)
{
    uint64_t z = stream->state += 0x9e3779b97f4a7c15;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    return z ^ (z >> 31);
}

/* In [0, 1). */
static inline double random_unit(struct random_stream *stream)
{
    return (double)(random_bits(stream) >> 11) * 0x1p-53;
}

static inline int random_below(struct random_stream *stream, int count)
{
    return (int)(random_unit(stream) * count);
}

#endif
