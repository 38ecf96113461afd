/* Masking and normalising a photograph: within an ellipse each channel gets mean 0 and deviation 1,
 * as networks are fed; outside it is 0. The mask is made of a row and a column, and the channels'
 * means and deviations are three numbers each; broadcasting fits them to the picture. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "examples/example.h"

enum { CHANNELS = 3 };

struct work {
    clw_array *image;            /* (height, width, 3) u8 */
    clw_array *y, *x;            /* (height, 1, 1), (width, 1), in half axes of the ellipse */
    clw_array *mask;             /* (height, width, 1) bool */
    clw_array *mean, *deviation; /* (3) */
    clw_array *normal, *picture; /* (height, width, 3) f32 and u8 */
};

/* The positions of pixels' centres, from `centre` in `half` axes; all in sides. */
static clw_status axis(clw_context *ctx, int ndim, int64_t count, float centre, float half,
                       clw_array **out, clw_error *err)
{
    const int64_t shape[3] = {count, 1, 1};
    float *const positions = malloc((size_t)count * sizeof *positions);
    if (!positions)
        return CLW_ERROR_MEMORY;
    for (int64_t i = 0; i < count; i++)
        positions[i] = (((float)i + 0.5f) / (float)count - centre) / half;
    const clw_status status =
        clw_array_from_host(ctx, CLW_F32, ndim, shape, NULL, positions, out, err);
    free(positions);
    return status;
}

/* Mean and deviation of each channel where the mask is set; returns how many pixels those are. The
 * host measures: clwise has no reductions. */
static int64_t measure(const float *values, const unsigned char *mask, int64_t count,
                       float mean[CHANNELS], float deviation[CHANNELS])
{
    int64_t inside = 0;
    double sum[CHANNELS] = {0}, squares[CHANNELS] = {0};
    for (int64_t i = 0; i < count; i++) {
        inside += mask[i];
        for (int c = 0; c < CHANNELS && mask[i]; c++) {
            const double value = values[i * CHANNELS + c];
            sum[c] += value;
            squares[c] += value * value;
        }
    }
    for (int c = 0; c < CHANNELS; c++) {
        mean[c] = (float)(sum[c] / (double)inside);
        deviation[c] = (float)sqrt(squares[c] / (double)inside - mean[c] * (double)mean[c]);
    }
    return inside;
}

static clw_status normalise(clw_context *ctx, struct work *w, clw_error *err)
{
    clw_status status =
        clw_eval(ctx, "where(mask, (image - mean) / deviation, 0)", &w->normal, err, "mask",
                 w->mask, "image", w->image, "mean", w->mean, "deviation", w->deviation, NULL);
    /* To look at: three deviations to either side, and the rest of the photograph dimmed. */
    if (!status)
        status = clw_eval(
            ctx, "u8(rint(where(mask, clip(normal * 42.5 + 127.5, 0, 255), f32(image) * 0.25)))",
            &w->picture, err, "mask", w->mask, "normal", w->normal, "image", w->image, NULL);
    return status ? status : clw_finish(ctx, err);
}

/* `mask` has room for a byte and `values` for three numbers a pixel. */
static clw_status work(clw_context *ctx, struct work *w, int height, int width,
                       unsigned char *pixels, unsigned char *mask, float *values, clw_error *err)
{
    const int64_t count = (int64_t)height * width;
    float mean[CHANNELS], deviation[CHANNELS];
    clw_status status;
    if ((status = clw_array_from_host(ctx, CLW_U8, CLW_SHAPE(height, width, CHANNELS), NULL, pixels,
                                      &w->image, err)) ||
        (status = axis(ctx, 3, height, 0.37f, 0.3f, &w->y, err)) ||
        (status = axis(ctx, 2, width, 0.64f, 0.22f, &w->x, err)) ||
        (status = clw_eval(ctx, "x * x + y * y < 1", &w->mask, err, "x", w->x, "y", w->y, NULL)) ||
        (status = clw_array_read(w->mask, mask, (size_t)count, err)))
        return status;
    for (int64_t i = 0; i < count * CHANNELS; i++)
        values[i] = pixels[i];
    const int64_t inside = measure(values, mask, count, mean, deviation);
    if ((status =
             clw_array_from_host(ctx, CLW_F32, CLW_SHAPE(CHANNELS), NULL, mean, &w->mean, err)) ||
        (status = clw_array_from_host(ctx, CLW_F32, CLW_SHAPE(CHANNELS), NULL, deviation,
                                      &w->deviation, err)))
        return status;
    const double start = seconds_now();
    if ((status = normalise(ctx, w, err)))
        return status;
    const double middle = seconds_now();
    if ((status = normalise(ctx, w, err)))
        return status;
    print_seconds(middle - start, seconds_now() - middle);
    if ((status =
             clw_array_read(w->normal, values, (size_t)count * CHANNELS * sizeof *values, err)) ||
        (status = clw_array_read(w->picture, pixels, (size_t)count * CHANNELS, err)))
        return status;
    printf("red_mean %.3f\nred_deviation %.3f\n", (double)mean[0], (double)deviation[0]);
    measure(values, mask, count, mean, deviation);
    printf("share_of_ellipse %.5f\n", (double)inside / (double)count);
    for (int c = 0; c < CHANNELS; c++)
        printf("mean%d %.7f\ndeviation%d %.7f\n", c, (double)mean[c], c, (double)deviation[c]);
    return CLW_OK;
}

static int run(clw_context *ctx, char **names)
{
    int height, width;
    unsigned char *const pixels = picture_read(names[0], &height, &width);
    if (!pixels)
        return EXIT_FAILURE;
    const size_t count = (size_t)height * (size_t)width;
    unsigned char *const mask = malloc(count);
    float *const values = malloc(count * CHANNELS * sizeof *values);
    struct work w = {0};
    clw_error err = {0};
    const clw_status status = mask && values
                                  ? work(ctx, &w, height, width, pixels, mask, values, &err)
                                  : CLW_ERROR_MEMORY;
    int result = finish(status, &err);
    if (!status && !picture_write(names[1], height, width, CHANNELS, pixels))
        result = EXIT_FAILURE;
    release_arrays(
        (clw_array *[]){w.image, w.y, w.x, w.mask, w.mean, w.deviation, w.normal, w.picture}, 8);
    free(pixels), free(mask), free(values);
    return result;
}

int main(int argc, char **argv)
{
    return example_main(argc, argv, "snake.png OUT.png", 2, run);
}
