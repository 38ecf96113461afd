/* Random numbers for tests, from a seed that is printed. */
#ifndef CLWISE_TESTS_RANDOM_STREAM_H
#define CLWISE_TESTS_RANDOM_STREAM_H

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

struct random_stream {
    uint64_t state;
};

/* splitmix64 */
static inline uint64_t mix_bits(uint64_t bits)
{
    bits = (bits ^ (bits >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    bits = (bits ^ (bits >> 27)) * UINT64_C(0x94d049bb133111eb);
    return bits ^ (bits >> 31);
}

static inline uint64_t random_bits(struct random_stream *stream)
{
    return mix_bits(stream->state += UINT64_C(0x9e3779b97f4a7c15));
}

/* low and high included; they lie less than 2^32 apart. */
static inline int64_t random_between(struct random_stream *stream, int64_t low, int64_t high)
{
    const uint64_t choices = (uint64_t)(high - low) + 1;
    return low + (int64_t)(((random_bits(stream) >> 32) * choices) >> 32);
}

static inline int one_in(struct random_stream *stream, int n)
{
    return random_between(stream, 1, n) == 1;
}

/* CLWISE_SEED or else a fixed one. */
static inline struct random_stream random_stream_from_seed(void)
{
    const char *const words = getenv("CLWISE_SEED");
    const uint64_t seed = words ? strtoull(words, NULL, 0) : 1;
    printf("CLWISE_SEED=%" PRIu64 "\n", seed);
    fflush(stdout);
    return (struct random_stream){mix_bits(seed)};
}

#endif
