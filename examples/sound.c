/* Two voices on the air. AM: each voice on a carrier of its own. QAM: both on one complex carrier,
 * one as its real and one as its imaginary part. Both are demodulated with the same carriers, and
 * the noise of what arrives is measured. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "examples/example.h"
#include "examples/filter.h"
#include "examples/wav.h"

enum { RATE = 48000, VOICES = 2, MARGIN = FILTER_MARGIN };

/* Arrays; TONE is the complex carriers, and FIRST, LEFT, RIGHT and the like are rows. */
enum { LINE, LINE_INSIDE, ZLINE, ZLINE_INSIDE, T, HERTZ, RAW, VOICE, LEFT, RIGHT, TONE, FIRST };
enum { AM = FIRST + 1, AM_HEARD, QAM, Z, HEARD, HEARD_LEFT, HEARD_RIGHT, ARRAYS };

static clw_status make(clw_context *ctx, const int16_t *raw, int64_t n, clw_array **a,
                       clw_error *err)
{
    const int32_t hertz[VOICES] = {10000, 14000};
    const int64_t line = n + 2 * MARGIN;
    int32_t *const t = malloc((size_t)n * sizeof *t);
    float *const zeros = calloc((size_t)line * VOICES, sizeof *zeros);
    clw_status status = t && zeros ? CLW_OK : CLW_ERROR_MEMORY;
    for (int32_t i = 0; !status && i < n; i++)
        t[i] = i;
    const struct {
        int array;
        clw_dtype dtype;
        int ndim;
        int64_t shape[2];
        const void *data;
    } made[] = {{LINE, CLW_F32, 2, {VOICES, line}, zeros},
                {ZLINE, CLW_C64, 1, {line}, zeros},
                {T, CLW_I32, 1, {n}, t},
                {HERTZ, CLW_I32, 2, {VOICES, 1}, hertz},
                {RAW, CLW_I16, 2, {VOICES, n}, raw},
                {VOICE, CLW_F32, 2, {VOICES, n}, zeros},
                {HEARD, CLW_F32, 2, {VOICES, n}, zeros}};
    for (size_t i = 0; !status && i < sizeof made / sizeof made[0]; i++)
        status = clw_array_from_host(ctx, made[i].dtype, made[i].ndim, made[i].shape, NULL,
                                     made[i].data, &a[made[i].array], err);
    if (!status)
        status = clw_array_empty(ctx, CLW_C64, CLW_SHAPE(VOICES, n), &a[TONE], err);
    /* Views: sounds to filter lie in lines with zeros at both ends; voices are rows. */
    const struct {
        int base, array, ndim;
        int64_t strides[2], offset;
    } seen[] = {{LINE, LINE_INSIDE, 2, {4 * line, 4}, 4 * MARGIN},
                {ZLINE, ZLINE_INSIDE, 1, {8}, 8 * MARGIN},
                {TONE, FIRST, 1, {8}, 0},
                {VOICE, LEFT, 1, {4}, 0},
                {VOICE, RIGHT, 1, {4}, 4 * n},
                {HEARD, HEARD_LEFT, 1, {4}, 0},
                {HEARD, HEARD_RIGHT, 1, {4}, 4 * n}};
    for (size_t i = 0; !status && i < sizeof seen / sizeof seen[0]; i++)
        status = clw_array_view(a[seen[i].base], seen[i].ndim,
                                (const int64_t[]){seen[i].ndim == 2 ? VOICES : n, n},
                                seen[i].strides, seen[i].offset, &a[seen[i].array], err);
    free(t), free(zeros);
    return status;
}

static clw_status transmit(clw_context *ctx, clw_array **a, clw_error *err)
{
    clw_status status;
    /* (VOICES, 1) times (n). Phases are exact in integers first: f32 would run out of digits. */
    if ((status = clw_eval(ctx, "exp(1j * f32(hertz * t % 48000) * (2 * pi / 48000))", &a[TONE],
                           err, "hertz", a[HERTZ], "t", a[T], NULL)) ||
        (status = clw_eval(ctx, "f32(raw) / 32768", &a[LINE_INSIDE], err, "raw", a[RAW], NULL)) ||
        (status = low_pass(ctx, a[LINE], 4000.0 / RATE, &a[VOICE], err)))
        return status;
    if ((status = clw_eval(ctx, "(1 + 0.8 * voice) * real(tone)", &a[AM], err, "voice", a[VOICE],
                           "tone", a[TONE], NULL)) ||
        (status = clw_eval(ctx, "2 * am * real(tone)", &a[LINE_INSIDE], err, "am", a[AM], "tone",
                           a[TONE], NULL)) ||
        (status = low_pass(ctx, a[LINE], 10000.0 / RATE, &a[AM_HEARD], err)) ||
        (status = clw_eval(ctx, "(y - 1) / 0.8", &a[AM_HEARD], err, "y", a[AM_HEARD], NULL)))
        return status;
    if ((status = clw_eval(ctx, "real((left + 1j * right) * tone)", &a[QAM], err, "left", a[LEFT],
                           "right", a[RIGHT], "tone", a[FIRST], NULL)) ||
        (status = clw_eval(ctx, "2 * qam * conj(tone)", &a[ZLINE_INSIDE], err, "qam", a[QAM],
                           "tone", a[FIRST], NULL)) ||
        (status = low_pass(ctx, a[ZLINE], 10000.0 / RATE, &a[Z], err)) ||
        (status = clw_eval(ctx, "real(z)", &a[HEARD_LEFT], err, "z", a[Z], NULL)) ||
        (status = clw_eval(ctx, "imag(z)", &a[HEARD_RIGHT], err, "z", a[Z], NULL)))
        return status;
    return clw_finish(ctx, err);
}

/* Prints the figures, without the ends, where the filter saw silence; draws what was sent, the air
 * with QAM, and what was heard. */
static clw_status report(clw_array *const *a, int64_t n, const char *picture, clw_error *err)
{
    const size_t bytes = (size_t)n * VOICES * sizeof(float);
    float *const sent = malloc(bytes), *const heard = malloc(bytes), *const am = malloc(bytes);
    float *const air = malloc(bytes);
    clw_status status = CLW_ERROR_MEMORY;
    if (sent && heard && am && air && !(status = clw_array_read(a[VOICE], sent, bytes, err)) &&
        !(status = clw_array_read(a[HEARD], heard, bytes, err)) &&
        !(status = clw_array_read(a[AM_HEARD], am, bytes, err)) &&
        !(status = clw_array_read(a[QAM], air, bytes / VOICES, err))) {
        for (int64_t i = 0; i < VOICES; i++)
            printf("am_decibels%d %.2f\nqam_decibels%d %.2f\n", (int)i,
                   decibels(sent + i * n, am + i * n, MARGIN, n - MARGIN), (int)i,
                   decibels(sent + i * n, heard + i * n, MARGIN, n - MARGIN));
        const float *const lanes[] = {sent, sent + n, air, heard, heard + n};
        status = waves_draw(picture, lanes, 5, n) ? CLW_OK : CLW_ERROR_IO;
    }
    free(sent), free(heard), free(am), free(air);
    return status;
}

static int run(clw_context *ctx, char **names)
{
    int64_t n[VOICES] = {0};
    clw_array *a[ARRAYS] = {0};
    clw_error err = {0};
    clw_status status = CLW_ERROR_IO;
    int16_t *left = wav_read(names[0], RATE, &n[0]), *right = wav_read(names[1], RATE, &n[1]);
    const int64_t count = n[0] < n[1] ? n[0] : n[1];
    int16_t *const raw = malloc(sizeof *raw * (size_t)(VOICES * count + 1));
    if (left && right && raw && count > 2 * MARGIN) {
        memcpy(raw, left, (size_t)count * 2);
        memcpy(raw + count, right, (size_t)count * 2);
        printf("samples %d\n", (int)count);
        status = make(ctx, raw, count, a, &err);
        const double start = seconds_now();
        status = status ? status : transmit(ctx, a, &err);
        const double middle = seconds_now();
        status = status ? status : transmit(ctx, a, &err);
        print_seconds(middle - start, seconds_now() - middle);
        status = status ? status : report(a, count, names[2], &err);
    }
    release_arrays(a, ARRAYS);
    free(left), free(right), free(raw);
    return finish(status, &err);
}

int main(int argc, char **argv)
{
    return example_main(argc, argv, "Front_Left.wav Front_Right.wav OUT.png", 3, run);
}
