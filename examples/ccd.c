/* CCD calibration: (raw - overscan) / flat, in electrons, of a FITS frame with an overscan. The
 * overscan is a column, one level for each row; the flat is a row, one sensitivity for each column.
 * There is no flat frame of that night: the medians of the frame's own columns, mostly sky, stand
 * in for one, which evens out columns where a real flat would even out pixels. */
#include <fitsio.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "examples/example.h"

/* Of this frame's header: columns, counted from 0, past the last. */
enum { OVERSCAN_FROM = 3, OVERSCAN_TO = 13, SKY_FROM = 16, SKY_TO = 528, SKY = SKY_TO - SKY_FROM };

struct frame {
    long height, width;
    float gain, read_noise; /* electrons per count; electrons */
    uint16_t *raw;
};

static int read_frame(const char *name, struct frame *frame)
{
    fitsfile *file = NULL;
    int status = 0, nothing;
    long sides[2] = {0}, first[2] = {1, 1};
    fits_open_image(&file, name, READONLY, &status);
    fits_get_img_size(file, 2, sides, &status);
    fits_read_key(file, TFLOAT, "GAIN", &frame->gain, NULL, &status);
    fits_read_key(file, TFLOAT, "RDNOISE", &frame->read_noise, NULL, &status);
    frame->width = sides[0];
    frame->height = sides[1];
    if (status == 0 && frame->width < SKY_TO)
        status = BAD_DIMEN;
    if (status == 0)
        frame->raw = malloc((size_t)(frame->width * frame->height) * sizeof *frame->raw);
    fits_read_pix(file, TUSHORT, first, frame->raw ? frame->width * frame->height : 0, NULL,
                  frame->raw, &nothing, &status);
    fits_report_error(stderr, status); /* nothing on success */
    status |= frame->raw == NULL;
    fits_close_file(file, &(int){0});
    return status == 0;
}

/* clwise has no reductions: medians are the host's. */
static void measure(const struct frame *frame, float *overscan, float *flat, float *scratch)
{
    float sum = 0;
    for (long y = 0; y < frame->height; y++) {
        for (int x = OVERSCAN_FROM; x < OVERSCAN_TO; x++)
            scratch[x] = frame->raw[y * frame->width + x];
        overscan[y] = median(scratch + OVERSCAN_FROM, OVERSCAN_TO - OVERSCAN_FROM);
    }
    for (int x = 0; x < SKY; x++) {
        for (long y = 0; y < frame->height; y++)
            scratch[y] = (float)frame->raw[y * frame->width + SKY_FROM + x] - overscan[y];
        sum += flat[x] = median(scratch, frame->height);
    }
    for (int x = 0; x < SKY; x++)
        flat[x] *= SKY / sum;
}

/* The sky, and its scatter beside that of photons and reading: a calibration that is right adds
 * nothing to it, and one in the wrong unit fails by far. `scratch` has room for all electrons. */
static void check(const struct frame *frame, const float *electrons, float *scratch)
{
    const long count = frame->height * SKY;
    for (long i = 0; i < count; i++)
        scratch[i] = electrons[i];
    const float sky = median(scratch, count);
    for (long i = 0; i < count; i++)
        scratch[i] = fabsf(electrons[i] - sky);
    const float scatter = 1.4826f * median(scratch, count);
    printf("sky_electrons %.2f\n", (double)sky);
    printf("scatter_over_noise %.4f\n",
           (double)(scatter / sqrtf(sky + frame->read_noise * frame->read_noise)));
}

/* The outputs are new arrays, or those of a call before. */
static clw_status calibrate(clw_context *ctx, clw_array *raw, clw_array *overscan, clw_array *flat,
                            clw_array *gain, clw_array **out, clw_array **grey, clw_error *err)
{
    clw_status status = clw_eval(ctx, "(raw - overscan) / flat * gain", out, err, "raw", raw,
                                 "overscan", overscan, "flat", flat, "gain", gain, NULL);
    if (!status)
        status = clw_eval(ctx, "u8(255 * sqrt(clip((x - 120) / 480, 0, 1)))", grey, err, "x", *out,
                          NULL);
    return status ? status : clw_finish(ctx, err);
}

static int run(clw_context *ctx, const struct frame *frame, const char *picture)
{
    const uint16_t *const data = frame->raw;
    const long height = frame->height, width = frame->width, count = height * SKY;
    const size_t room = (size_t)(count + width + height + SKY);
    float *const scratch = malloc(room * sizeof *scratch), flat[SKY];
    float *const electrons = malloc(room * sizeof *electrons), *const overscan = electrons + count;
    unsigned char *const pixels = malloc((size_t)count);
    clw_array *raw = NULL, *sky = NULL, *o = NULL, *f = NULL, *g = NULL, *e = NULL, *grey = NULL,
              *upright = NULL;
    clw_error err = {0};
    clw_status status = CLW_ERROR_MEMORY;
    if (!scratch || !electrons || !pixels)
        goto done;
    measure(frame, overscan, flat, scratch);
    /* The part with sky is a view: other strides over the same memory, nothing is copied. */
    status = clw_array_from_host(ctx, CLW_U16, CLW_SHAPE(height, width), NULL, data, &raw, &err);
    if (status ||
        (status = clw_array_view(raw, CLW_SHAPE(height, SKY), (const int64_t[]){width * 2, 2},
                                 SKY_FROM * 2, &sky, &err)) ||
        (status =
             clw_array_from_host(ctx, CLW_F32, CLW_SHAPE(height, 1), NULL, overscan, &o, &err)) ||
        (status = clw_array_from_host(ctx, CLW_F32, CLW_SHAPE(SKY), NULL, flat, &f, &err)) ||
        (status = clw_array_from_host(ctx, CLW_F32, 0, NULL, NULL, &frame->gain, &g, &err)))
        goto done;
    const double start = seconds_now();
    if ((status = calibrate(ctx, sky, o, f, g, &e, &grey, &err)))
        goto done;
    const double middle = seconds_now();
    if ((status = calibrate(ctx, sky, o, f, g, &e, &grey, &err)))
        goto done;
    print_seconds(middle - start, seconds_now() - middle);
    /* Row 1 of a FITS image is at the bottom. */
    if ((status = clw_array_read(e, electrons, (size_t)count * sizeof *electrons, &err)) ||
        (status = clw_array_view(grey, CLW_SHAPE(height, SKY), (const int64_t[]){-SKY, 1},
                                 (height - 1) * SKY, &upright, &err)) ||
        (status = clw_array_read(upright, pixels, (size_t)count, &err)))
        goto done;
    check(frame, electrons, scratch);
    status = picture_write(picture, (int)height, SKY, 1, pixels) ? CLW_OK : CLW_ERROR_IO;
done:
    release_arrays((clw_array *[]){raw, sky, o, f, g, e, grey, upright}, 8);
    free(scratch), free(electrons), free(pixels);
    return finish(status, &err);
}

static int work(clw_context *ctx, char **names)
{
    struct frame frame = {0};
    const int result = read_frame(names[0], &frame) ? run(ctx, &frame, names[1]) : EXIT_FAILURE;
    free(frame.raw);
    return result;
}

int main(int argc, char **argv)
{
    return example_main(argc, argv, "a8280271.fits OUT.png", 2, work);
}
