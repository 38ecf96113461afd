#include <png.h>
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>

#include "tools/image.h"
#include "tools/progress.h"
#include "tools/report.h"

const unsigned char image_magic[8] = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};

enum { MAX_CHUNK_BYTES = 16 << 20 };

struct reader {
    struct input *input;
    uint64_t memory;
    struct host_array *array;
    clw_error *error;
    png_structp png;
    png_infop info;
    unsigned char *indices; /* of a palette image; else NULL */
};

static void on_error(png_structp png, png_const_charp words)
{
    struct reader *const reader = png_get_error_ptr(png);
    fail(reader->error, "is damaged: %s", words);
    png_longjmp(png, 1);
}

static void on_warning(png_structp png, png_const_charp words)
{
    (void)png;
    (void)words;
}

static void on_read(png_structp png, png_bytep bytes, size_t count)
{
    struct reader *const reader = png_get_io_ptr(png);
    size_t got;
    if (input_read(reader->input, bytes, count, &got, reader->error) != DONE)
        png_longjmp(png, 1);
    if (got < count) {
        fail(reader->error, "is truncated after %llu bytes",
             (unsigned long long)reader->input->position);
        png_longjmp(png, 1);
    }
}

static int refuse(struct reader *reader)
{
    png_longjmp(reader->png, 1);
    return FAILED;
}

static int host_is_little(void)
{
    const uint16_t one = 1;
    unsigned char first;
    memcpy(&first, &one, 1);
    return first == 1;
}

static int has_palette(const struct reader *reader)
{
    return png_get_color_type(reader->png, reader->info) == PNG_COLOR_TYPE_PALETTE;
}

/* libpng would expand a palette too, but without a look at colours that it does not have. */
static void set_transformations(const struct reader *reader)
{
    if (has_palette(reader))
        png_set_packing(reader->png);
    else
        png_set_expand(reader->png);
    if (host_is_little())
        png_set_swap(reader->png);
}

static int count_channels(const struct reader *reader)
{
    if (!has_palette(reader))
        return png_get_channels(reader->png, reader->info);
    return png_get_valid(reader->png, reader->info, PNG_INFO_tRNS) ? 4 : 3;
}

static void take_shape(struct reader *reader)
{
    struct host_array *const array = reader->array;
    const int channels = count_channels(reader);
    array->dtype = png_get_bit_depth(reader->png, reader->info) == 16 ? CLW_U16 : CLW_U8;
    array->ndim = channels == 1 ? 2 : 3;
    array->shape[0] = png_get_image_height(reader->png, reader->info);
    array->shape[1] = png_get_image_width(reader->png, reader->info);
    array->shape[2] = channels;
    host_array_set_strides(array, 0);
    if (!host_array_bytes(array->dtype, array->ndim, array->shape, &array->bytes) ||
        array->bytes > IMAGE_MAX_BYTES) {
        fail(reader->error, "has %lld x %lld pixels, more than the %d bytes allowed for an image",
             (long long)array->shape[1], (long long)array->shape[0], IMAGE_MAX_BYTES);
        refuse(reader);
    }
}

/* Indices of a palette are there beside the colours that they become. */
static void check_memory(struct reader *reader)
{
    const struct host_array *const array = reader->array;
    const uint64_t pixels = (uint64_t)(array->shape[0] * array->shape[1]);
    const uint64_t needed = array->bytes + (has_palette(reader) ? pixels : 0);
    if (needed <= reader->memory)
        return;
    fail(reader->error,
         "an image is read at once: its %lld x %lld pixels take %llu bytes, and --memory leaves "
         "%llu",
         (long long)array->shape[1], (long long)array->shape[0], (unsigned long long)needed,
         (unsigned long long)reader->memory);
    refuse(reader);
}

static unsigned char *allocate(struct reader *reader, size_t bytes)
{
    unsigned char *const memory = host_memory(bytes);
    if (!memory) {
        fail(reader->error, "no memory for %zu bytes", bytes);
        refuse(reader);
    }
    return memory;
}

static void read_rows(struct reader *reader, unsigned char *pixels, size_t stride, int passes)
{
    for (int pass = 0; pass < passes; pass++)
        for (int64_t row = 0; row < reader->array->shape[0]; row++) {
            png_read_row(reader->png, pixels + (size_t)row * stride, NULL);
            progress_advance(stride);
        }
}

static void look_up_colours(struct reader *reader)
{
    struct host_array *const array = reader->array;
    png_colorp colours = NULL;
    png_bytep alphas = NULL;
    int colour_count = 0, alpha_count = 0;
    unsigned char *pixel = array->data;
    const size_t count = (size_t)(array->shape[0] * array->shape[1]);
    png_get_PLTE(reader->png, reader->info, &colours, &colour_count);
    png_get_tRNS(reader->png, reader->info, &alphas, &alpha_count, NULL);
    for (size_t i = 0; i < count; i++, pixel += array->shape[2]) {
        const int index = reader->indices[i];
        if (index >= colour_count) {
            fail(reader->error, "is damaged: a pixel has colour %d of a palette of %d", index,
                 colour_count);
            refuse(reader);
        }
        memcpy(pixel, &colours[index], 3);
        if (array->shape[2] == 4)
            pixel[3] = index < alpha_count ? alphas[index] : 255;
    }
}

/* Everything that can leave by longjmp, which jumps to read_guarded. */
static void read_all(struct reader *reader)
{
    png_set_read_fn(reader->png, reader, on_read);
    png_set_user_limits(reader->png, IMAGE_MAX_SIDE, IMAGE_MAX_SIDE);
    png_set_chunk_malloc_max(reader->png, MAX_CHUNK_BYTES);
    png_set_crc_action(reader->png, PNG_CRC_ERROR_QUIT, PNG_CRC_ERROR_QUIT);
    png_read_info(reader->png, reader->info);
    set_transformations(reader);
    const int passes = png_set_interlace_handling(reader->png);
    png_read_update_info(reader->png, reader->info);
    take_shape(reader);
    check_memory(reader);
    struct host_array *const array = reader->array;
    array->data = allocate(reader, array->bytes);
    size_t stride = (size_t)array->strides[0];
    if (has_palette(reader)) {
        stride = (size_t)array->shape[1];
        reader->indices = allocate(reader, (size_t)array->shape[0] * stride);
    }
    progress_begin("reading", reader->input->name,
                   (uint64_t)passes * (uint64_t)array->shape[0] * stride);
    read_rows(reader, reader->indices ? reader->indices : array->data, stride, passes);
    png_read_end(reader->png, NULL);
    if (reader->indices)
        look_up_colours(reader);
}

static int read_guarded(struct reader *reader)
{
    if (setjmp(png_jmpbuf(reader->png)))
        return FAILED;
    read_all(reader);
    return DONE;
}

int image_read(struct input *input, uint64_t memory, struct host_array *array, clw_error *error)
{
    struct reader reader = {input, memory, array, error, NULL, NULL, NULL};
    memset(array, 0, sizeof *array);
    reader.png = png_create_read_struct(PNG_LIBPNG_VER_STRING, &reader, on_error, on_warning);
    reader.info = reader.png ? png_create_info_struct(reader.png) : NULL;
    const int status =
        reader.info ? read_guarded(&reader) : fail(error, "no memory for a PNG reader");
    progress_end();
    if (status != DONE)
        host_array_finish(array);
    free(reader.indices);
    png_destroy_read_struct(&reader.png, &reader.info, NULL);
    return status;
}
