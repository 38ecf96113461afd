#include <png.h>
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>

#include "tools/image.h"
#include "tools/image_pixels.h"
#include "tools/report.h"

struct writer {
    struct output *output;
    const struct elements *elements;
    clw_error *error;
    png_structp png;
    png_infop info;
    void *row;
};

static void on_error(png_structp png, png_const_charp words)
{
    struct writer *const writer = png_get_error_ptr(png);
    fail(writer->error, "%s: cannot be written: %s", writer->output->name, words);
    png_longjmp(png, 1);
}

static void on_warning(png_structp png, png_const_charp words)
{
    (void)png;
    (void)words;
}

static void on_write(png_structp png, png_bytep bytes, size_t count)
{
    struct writer *const writer = png_get_io_ptr(png);
    if (output_write(writer->output, bytes, count, writer->error) != DONE)
        png_longjmp(png, 1);
}

static void on_flush(png_structp png)
{
    (void)png;
}

static int channels_of(const struct elements *elements)
{
    return elements->ndim == 3 ? (int)elements->shape[2] : 1;
}

int image_check(const struct elements *elements, clw_error *error)
{
    const int64_t *const shape = elements->shape;
    const int ndim = elements->ndim;
    int good = image_sample_bits(elements->dtype) > 0 && (ndim == 2 || ndim == 3);
    good = good && shape[0] >= 1 && shape[0] <= IMAGE_MAX_SIDE;
    good = good && shape[1] >= 1 && shape[1] <= IMAGE_MAX_SIDE;
    good = good && (ndim == 2 || (shape[2] >= 1 && shape[2] <= 4));
    if (good)
        return DONE;
    char words[SHAPE_TEXT_BYTES];
    return fail(error,
                "%s of shape %s has no PNG form; one has bool, u8, u16 or a real float of shape "
                "(h, w) or (h, w, 1 to 4), with sides of 1 to %d",
                clw_dtype_name(elements->dtype), shape_text(ndim, shape, words, sizeof words),
                IMAGE_MAX_SIDE);
}

static void write_header(struct writer *writer)
{
    static const int colours[] = {0, PNG_COLOR_TYPE_GRAY, PNG_COLOR_TYPE_GRAY_ALPHA,
                                  PNG_COLOR_TYPE_RGB, PNG_COLOR_TYPE_RGB_ALPHA};
    const struct elements *const elements = writer->elements;
    const int bits = image_sample_bits(elements->dtype);
    png_set_write_fn(writer->png, writer, on_write, on_flush);
    png_set_user_limits(writer->png, IMAGE_MAX_SIDE, IMAGE_MAX_SIDE);
    png_set_IHDR(writer->png, writer->info, (png_uint_32)elements->shape[1],
                 (png_uint_32)elements->shape[0], bits, colours[channels_of(elements)],
                 PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
    png_write_info(writer->png, writer->info);
    const uint16_t one = 1;
    if (bits == 16 && *(const unsigned char *)&one == 1)
        png_set_swap(writer->png);
}

/* Everything that can leave by longjmp, which jumps to write_guarded. */
static void write_all(struct writer *writer)
{
    const struct elements *const elements = writer->elements;
    const int64_t count = elements->shape[1] * channels_of(elements);
    write_header(writer);
    for (int64_t row = 0; row < elements->shape[0]; row++) {
        if (elements->read(elements->data, row * count, count, writer->row, writer->error) != DONE)
            png_longjmp(writer->png, 1);
        image_samples(elements->dtype, writer->row, (size_t)count, writer->row);
        png_write_row(writer->png, writer->row);
    }
    png_write_end(writer->png, NULL);
}

static int write_guarded(struct writer *writer)
{
    if (setjmp(png_jmpbuf(writer->png)))
        return FAILED;
    write_all(writer);
    return DONE;
}

int image_write(struct output *output, const struct elements *elements, clw_error *error)
{
    struct writer writer = {output, elements, error, NULL, NULL, NULL};
    if (image_check(elements, error) != DONE)
        return FAILED;
    writer.row = malloc((size_t)elements->shape[1] * (size_t)channels_of(elements) *
                        clw_dtype_size(elements->dtype));
    writer.png = png_create_write_struct(PNG_LIBPNG_VER_STRING, &writer, on_error, on_warning);
    writer.info = writer.png ? png_create_info_struct(writer.png) : NULL;
    const int status = writer.info && writer.row
                           ? write_guarded(&writer)
                           : fail(error, "%s: cannot be written: out of memory", output->name);
    png_destroy_write_struct(&writer.png, &writer.info);
    free(writer.row);
    return status;
}
