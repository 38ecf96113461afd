#include <png.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "examples/example.h"

static int file_missing(const char *name)
{
    if (access(name, R_OK) == 0)
        return 0;
    printf("SKIP: no file %s; sh examples/data.sh FOLDER fetches the data\n", name);
    return 1;
}

int example_main(int argc, char **argv, const char *usage, int count, example_fn work)
{
    if (argc != count + 1) {
        fprintf(stderr, "usage: %s %s\n", argv[0], usage);
        return 2;
    }
    for (int i = 1; i < count; i++) {
        if (file_missing(argv[i]))
            return EXIT_SKIPPED;
    }
    clw_context *ctx = NULL;
    clw_error err = {0};
    const clw_status status = clw_context_create(NULL, &ctx, &err);
    const int result = status ? finish(status, &err) : work(ctx, argv + 1);
    clw_context_release(ctx);
    return result;
}

double seconds_now(void)
{
    struct timespec now = {0};
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

void print_seconds(double first, double again)
{
    printf("took %.2f ms the first time, with building or loading kernels; %.2f ms again\n",
           first * 1e3, again * 1e3);
}

int finish(clw_status status, const clw_error *error)
{
    if (status == CLW_OK)
        return EXIT_SUCCESS;
    if (error->message[0] || status == CLW_ERROR_MEMORY)
        fprintf(stderr, "%s: %s\n", clw_status_name(status),
                error->message[0] ? error->message : "out of memory");
    return EXIT_FAILURE;
}

void release_arrays(clw_array *const *arrays, size_t count)
{
    for (size_t i = 0; i < count; i++)
        clw_array_release(arrays[i]);
}

static int ascending(const void *a, const void *b)
{
    const float x = *(const float *)a, y = *(const float *)b;
    return (x > y) - (x < y);
}

float median(float *values, int64_t count)
{
    qsort(values, (size_t)count, sizeof *values, ascending);
    return (values[(count - 1) / 2] + values[count / 2]) / 2;
}

unsigned char *picture_read(const char *name, int *height, int *width)
{
    png_image image = {.version = PNG_IMAGE_VERSION};
    unsigned char *pixels = NULL;
    if (png_image_begin_read_from_file(&image, name)) {
        image.format = PNG_FORMAT_RGB;
        pixels = malloc(PNG_IMAGE_SIZE(image));
        if (pixels && png_image_finish_read(&image, NULL, pixels, 0, NULL)) {
            *height = (int)image.height;
            *width = (int)image.width;
            return pixels;
        }
    }
    fprintf(stderr, "%s: cannot be read: %s\n", name,
            image.warning_or_error ? image.message : "out of memory");
    png_image_free(&image);
    free(pixels);
    return NULL;
}

int picture_write(const char *name, int height, int width, int channels,
                  const unsigned char *pixels)
{
    png_image image = {.version = PNG_IMAGE_VERSION,
                       .height = (png_uint_32)height,
                       .width = (png_uint_32)width,
                       .format = channels == 1 ? PNG_FORMAT_GRAY : PNG_FORMAT_RGB};
    if (png_image_write_to_file(&image, name, 0, pixels, 0, NULL)) {
        printf("wrote %s\n", name);
        return 1;
    }
    fprintf(stderr, "%s: cannot be written: %s\n", name, image.message);
    return 0;
}
