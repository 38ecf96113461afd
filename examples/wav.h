/* Sounds of .wav files, and pictures of sounds. */
#ifndef CLWISE_EXAMPLES_WAV_H
#define CLWISE_EXAMPLES_WAV_H

#include <stdint.h>

/* Samples of a mono file of 16 bits at `rate`, for free(); NULL and a line on stderr if the file is
 * no such one. */
int16_t *wav_read(const char *name, uint32_t rate, int64_t *count);

/* How much stronger what was sent is than what was added to it, from one sample to another. */
double decibels(const float *sent, const float *heard, int64_t from, int64_t to);

/* A picture of sounds of `count` samples from -1 to 1, one below the other; 0 on failure. */
int waves_draw(const char *name, const float *const *sounds, int lanes, int64_t count);

#endif
