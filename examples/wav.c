#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "examples/example.h"
#include "examples/wav.h"

static uint32_t number(const unsigned char *bytes, int count)
{
    uint32_t value = 0;
    for (int i = count - 1; i >= 0; i--)
        value = value << 8 | bytes[i];
    return value;
}

/* The samples of a chunk of `bytes` bytes; fewer if the file ends before. */
static int16_t *read_samples(FILE *file, size_t bytes, int64_t *count)
{
    unsigned char *const data = malloc(bytes + 1);
    int16_t *const samples = malloc(bytes + 1);
    if (data && samples) {
        *count = (int64_t)(fread(data, 1, bytes, file) / 2);
        for (int64_t i = 0; i < *count; i++)
            samples[i] = (int16_t)number(data + 2 * i, 2);
    }
    free(data);
    return samples;
}

int16_t *wav_read(const char *name, uint32_t rate, int64_t *count)
{
    unsigned char head[12], chunk[8], format[16] = {0};
    int16_t *samples = NULL;
    FILE *const file = fopen(name, "rb");
    int good = file && fread(head, 1, 12, file) == 12 && memcmp(head, "RIFF", 4) == 0;
    *count = 0;
    while (good && !samples && fread(chunk, 1, 8, file) == 8) {
        const uint32_t bytes = number(chunk + 4, 4);
        long rest = (long)bytes + bytes % 2;
        if (memcmp(chunk, "fmt ", 4) == 0 && bytes >= 16) {
            good = fread(format, 1, 16, file) == 16 && number(format, 2) == 1 &&
                   number(format + 2, 2) == 1 && number(format + 4, 4) == rate &&
                   number(format + 14, 2) == 16;
            rest -= 16;
        } else if (memcmp(chunk, "data", 4) == 0 && format[0] && bytes < 1u << 30) {
            samples = read_samples(file, bytes, count);
        }
        good = good && fseek(file, rest, SEEK_CUR) == 0;
    }
    if (!samples)
        fprintf(stderr, "%s: not a mono sound of 16 bits at %u Hz\n", name, (unsigned)rate);
    if (file)
        fclose(file);
    return samples;
}

double decibels(const float *sent, const float *heard, int64_t from, int64_t to)
{
    double signal = 0, noise = 0;
    for (int64_t i = from; i < to; i++) {
        const double difference = (double)heard[i] - (double)sent[i];
        signal += (double)sent[i] * (double)sent[i];
        noise += difference * difference;
    }
    return 10 * log10(signal / noise);
}

enum { LANE = 110, WIDTH = 900 };

static void draw_lane(unsigned char *pixels, int lane, const float *values, int64_t count)
{
    const int64_t middle = (int64_t)lane * LANE + LANE / 2;
    for (int64_t i = 0; i < count; i++) {
        const double value = fmin(fmax((double)values[i], -1), 1);
        const int64_t reach = (int64_t)(value * (LANE / 2 - 4)), x = i * WIDTH / count;
        for (int64_t y = reach < 0 ? reach : 0; y <= (reach > 0 ? reach : 0); y++)
            pixels[(middle - y) * WIDTH + x] = 40;
    }
}

int waves_draw(const char *name, const float *const *sounds, int lanes, int64_t count)
{
    unsigned char *const pixels = malloc((size_t)lanes * LANE * WIDTH);
    if (!pixels)
        return 0;
    memset(pixels, 245, (size_t)lanes * LANE * WIDTH);
    for (int lane = 0; lane < lanes; lane++)
        draw_lane(pixels, lane, sounds[lane], count);
    const int good = picture_write(name, lanes * LANE, WIDTH, 1, pixels);
    free(pixels);
    return good;
}
