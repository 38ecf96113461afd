/* PNG files: every kind read as the array it means, damaged ones refused, and round trips. */
#include "tests/temporary.h"
#include "tools/image.h"
#include "tools/image_pixels.h"
#include "tools/report.h"

#include <png.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#undef fail /* cmocka's macro hides the function of tools/report.h */

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct png_bytes {
    unsigned char bytes[8192];
    size_t size;
};

static void append(png_structp png, png_bytep bytes, size_t count)
{
    struct png_bytes *const file = png_get_io_ptr(png);
    assert_true(file->size + count <= sizeof file->bytes);
    memcpy(file->bytes + file->size, bytes, count);
    file->size += count;
}

static void no_flush(png_structp png)
{
    (void)png;
}

struct picture {
    int width, height, depth, colour, interlace, transparent;
    size_t stride;
    unsigned char rows[128]; /* packed, as libpng takes them */
};

static const png_color palette[] = {{10, 20, 30}, {40, 50, 60}, {70, 80, 90}};

static void draw(const struct picture *picture, struct png_bytes *file)
{
    png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, NULL, NULL);
    assert_non_null(png);
    png_infop info = png_create_info_struct(png);
    assert_non_null(info);
    file->size = 0;
    png_set_write_fn(png, file, append, no_flush);
    png_set_IHDR(png, info, (png_uint_32)picture->width, (png_uint_32)picture->height,
                 picture->depth, picture->colour, picture->interlace, PNG_COMPRESSION_TYPE_DEFAULT,
                 PNG_FILTER_TYPE_DEFAULT);
    if (picture->colour == PNG_COLOR_TYPE_PALETTE)
        png_set_PLTE(png, info, palette, 3);
    const png_color_16 grey = {.gray = 0};
    if (picture->transparent)
        png_set_tRNS(png, info, (const unsigned char[]){0, 128}, 2, &grey);
    png_write_info(png, info);
    const int passes = png_set_interlace_handling(png);
    for (int pass = 0; pass < passes; pass++)
        for (int row = 0; row < picture->height; row++)
            png_write_row(png, picture->rows + (size_t)row * picture->stride);
    png_write_end(png, NULL);
    png_destroy_write_struct(&png, &info);
}

static int read_bytes(const void *bytes, size_t size, struct host_array *array, clw_error *error)
{
    struct input input;
    input_open_memory(&input, "file", bytes, size);
    return image_read(&input, UINT64_MAX, array, error);
}

static void kinds(void **state)
{
    (void)state;
    static const struct {
        struct picture picture;
        clw_dtype dtype;
        int channels;
        size_t bytes;
        unsigned char expected[24];
    } cases[] = {
        {{4, 2, 1, PNG_COLOR_TYPE_GRAY, 0, 0, 1, {0xa0, 0x50}},
         CLW_U8,
         1,
         8,
         {255, 0, 255, 0, 0, 255, 0, 255}},
        {{2, 2, 4, PNG_COLOR_TYPE_GRAY, 0, 0, 1, {0x0f, 0x18}}, CLW_U8, 1, 4, {0, 255, 17, 136}},
        {{3, 1, 8, PNG_COLOR_TYPE_GRAY, 0, 0, 3, {7, 8, 9}}, CLW_U8, 1, 3, {7, 8, 9}},
        {{2, 1, 8, PNG_COLOR_TYPE_GRAY, 0, 1, 2, {0, 9}}, CLW_U8, 2, 4, {0, 0, 9, 255}},
        {{2, 1, 8, PNG_COLOR_TYPE_GRAY_ALPHA, 0, 0, 4, {1, 2, 3, 4}}, CLW_U8, 2, 4, {1, 2, 3, 4}},
        {{1, 2, 8, PNG_COLOR_TYPE_RGB, 0, 0, 3, {1, 2, 3, 4, 5, 6}},
         CLW_U8,
         3,
         6,
         {1, 2, 3, 4, 5, 6}},
        {{1, 1, 8, PNG_COLOR_TYPE_RGB_ALPHA, 0, 0, 4, {1, 2, 3, 4}}, CLW_U8, 4, 4, {1, 2, 3, 4}},
        {{3, 1, 2, PNG_COLOR_TYPE_PALETTE, 0, 0, 1, {0x18}},
         CLW_U8,
         3,
         9,
         {10, 20, 30, 40, 50, 60, 70, 80, 90}},
        {{3, 1, 8, PNG_COLOR_TYPE_PALETTE, 0, 1, 3, {0, 1, 2}},
         CLW_U8,
         4,
         12,
         {10, 20, 30, 0, 40, 50, 60, 128, 70, 80, 90, 255}},
        {{3, 3, 8, PNG_COLOR_TYPE_GRAY, PNG_INTERLACE_ADAM7, 0, 3, {1, 2, 3, 4, 5, 6, 7, 8, 9}},
         CLW_U8,
         1,
         9,
         {1, 2, 3, 4, 5, 6, 7, 8, 9}},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct png_bytes file;
        struct host_array array;
        clw_error error = {CLW_OK, ""};
        draw(&cases[i].picture, &file);
        assert_int_equal(read_bytes(file.bytes, file.size, &array, &error), DONE);
        assert_int_equal(array.dtype, cases[i].dtype);
        assert_int_equal(array.ndim, cases[i].channels == 1 ? 2 : 3);
        assert_int_equal(array.shape[0], cases[i].picture.height);
        assert_int_equal(array.shape[1], cases[i].picture.width);
        if (array.ndim == 3)
            assert_int_equal(array.shape[2], cases[i].channels);
        assert_int_equal(array.bytes, cases[i].bytes);
        assert_memory_equal(array.data, cases[i].expected, cases[i].bytes);
        host_array_finish(&array);
    }
}

static void sixteen_bits_in_host_order(void **state)
{
    (void)state;
    static const struct picture picture = {2, 1, 16, PNG_COLOR_TYPE_GRAY,
                                           0, 0, 4,  {0x12, 0x34, 0xff, 0x00}};
    struct png_bytes file;
    struct host_array array;
    clw_error error;
    draw(&picture, &file);
    assert_int_equal(read_bytes(file.bytes, file.size, &array, &error), DONE);
    assert_int_equal(array.dtype, CLW_U16);
    assert_memory_equal(array.data, ((const uint16_t[]){0x1234, 0xff00}), 4);
    host_array_finish(&array);
}

static void small_file(struct png_bytes *file, int interlace)
{
    struct picture picture = {7, 5, 8, PNG_COLOR_TYPE_RGB, interlace, 0, 21, {0}};
    for (size_t i = 0; i < sizeof picture.rows; i++)
        picture.rows[i] = (unsigned char)(i * i);
    draw(&picture, file);
}

static void truncated(void **state)
{
    (void)state;
    for (int interlace = 0; interlace < 2; interlace++) {
        struct png_bytes file;
        small_file(&file, interlace);
        for (size_t size = 0; size < file.size; size++) {
            struct host_array array;
            clw_error error = {CLW_OK, ""};
            assert_int_equal(read_bytes(file.bytes, size, &array, &error), FAILED);
            assert_non_null(strstr(error.message, "is truncated after"));
            assert_null(array.data);
        }
    }
}

/* Checksums cover all of the file, so that a change of any bit is noticed. */
static void damaged(void **state)
{
    (void)state;
    for (int interlace = 0; interlace < 2; interlace++) {
        struct png_bytes file;
        small_file(&file, interlace);
        for (size_t bit = 0; bit < 8 * file.size; bit++) {
            struct host_array array;
            clw_error error = {CLW_OK, ""};
            file.bytes[bit / 8] ^= (unsigned char)(1 << bit % 8);
            assert_int_equal(read_bytes(file.bytes, file.size, &array, &error), FAILED);
            assert_true(strlen(error.message) > 10);
            assert_null(array.data);
            file.bytes[bit / 8] ^= (unsigned char)(1 << bit % 8);
        }
    }
}

static void colour_beyond_the_palette(void **state)
{
    (void)state;
    const struct picture picture = {2, 1, 4, PNG_COLOR_TYPE_PALETTE, 0, 0, 1, {0x17}};
    struct png_bytes file;
    struct host_array array;
    clw_error error;
    draw(&picture, &file);
    assert_int_equal(read_bytes(file.bytes, file.size, &array, &error), FAILED);
    assert_string_equal(error.message, "is damaged: a pixel has colour 7 of a palette of 3");
}

/* A header alone may claim any size; its memory is not asked for. */
static void too_large(void **state)
{
    (void)state;
    struct png_bytes file = {.size = 0};
    png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, NULL, NULL);
    png_infop info = png_create_info_struct(png);
    struct host_array array;
    clw_error error;
    png_set_write_fn(png, &file, append, no_flush);
    png_set_IHDR(png, info, 900000, 900000, 16, PNG_COLOR_TYPE_RGB_ALPHA, 0, 0, 0);
    png_write_info(png, info);
    png_write_chunk(png, (const unsigned char *)"IDAT", (const unsigned char[]){0}, 1);
    png_destroy_write_struct(&png, &info);
    assert_int_equal(read_bytes(file.bytes, file.size, &array, &error), FAILED);
    assert_string_equal(error.message, "has 900000 x 900000 pixels, more than the 1073741824 bytes "
                                       "allowed for an image");
}

static int read_memory(void *data, int64_t first, int64_t count, void *bytes, clw_error *error)
{
    const struct host_array *const array = data;
    const size_t size = clw_dtype_size(array->dtype);
    (void)error;
    memcpy(bytes, (const char *)array->data + (size_t)first * size, (size_t)count * size);
    return DONE;
}

/* Writes the array and reads it back. */
static void through_a_file(const struct host_array *from, struct host_array *to)
{
    char path[200];
    const struct elements elements = {from->dtype, from->ndim, from->shape, read_memory,
                                      (void *)from};
    struct output output;
    struct input input;
    clw_error error = {CLW_OK, ""};
    temporary_name(path, sizeof path);
    const int fd = mkstemp(path);
    assert_true(fd >= 0);
    close(fd);
    assert_int_equal(output_open(&output, path, &error), DONE);
    assert_int_equal(image_write(&output, &elements, &error), DONE);
    assert_int_equal(outputs_commit(&output, 1, &error), DONE);
    output_finish(&output);
    assert_int_equal(input_open(&input, path, &error), DONE);
    assert_int_equal(image_read(&input, UINT64_MAX, to, &error), DONE);
    input_close(&input);
    assert_int_equal(unlink(path), 0);
}

static void round_trips(void **state)
{
    (void)state;
    uint16_t samples[3 * 5 * 4];
    for (size_t i = 0; i < sizeof samples / sizeof samples[0]; i++)
        samples[i] = (uint16_t)(i * 2654435761u);
    for (int channels = 1; channels <= 4; channels++)
        for (int wide = 0; wide < 2; wide++) {
            struct host_array from = {.dtype = wide ? CLW_U16 : CLW_U8,
                                      .ndim = 3,
                                      .shape = {3, 5, channels},
                                      .data = samples},
                              to;
            through_a_file(&from, &to);
            assert_int_equal(to.dtype, from.dtype);
            assert_int_equal(to.ndim, channels == 1 ? 2 : 3);
            assert_int_equal(to.bytes, 3 * 5 * channels * (wide ? 2 : 1));
            assert_memory_equal(to.data, samples, to.bytes);
            host_array_finish(&to);
        }
}

static void other_dtypes_as_8_bits(void **state)
{
    (void)state;
    static const unsigned char flags[] = {0, 1, 2, 0};
    static const float singles[] = {-1, NAN, 0.5f, 1.5f, 1.0f / 255, 0.1f, INFINITY, -INFINITY};
    static const double doubles[] = {0, 1, 0.00196, 0.00197};
    static const uint16_t halves[] = {0x3800, 0x3c00, 0x0001, 0x7c00, 0xfc00, 0x7e00, 0x3400, 0};
    static const uint16_t brains[] = {0x3f00, 0x3f80};
    static const struct {
        clw_dtype dtype;
        int64_t count;
        const void *data;
        unsigned char expected[8];
    } cases[] = {{CLW_BOOL, 4, flags, {0, 255, 255, 0}},
                 {CLW_F32, 8, singles, {0, 0, 128, 255, 1, 26, 255, 0}},
                 {CLW_F64, 4, doubles, {0, 255, 0, 1}},
                 {CLW_F16, 8, halves, {128, 255, 0, 255, 0, 0, 64, 0}},
                 {CLW_BF16, 2, brains, {128, 255}}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const struct host_array from = {.dtype = cases[i].dtype,
                                        .ndim = 2,
                                        .shape = {1, cases[i].count},
                                        .data = (void *)cases[i].data};
        struct host_array to;
        through_a_file(&from, &to);
        assert_int_equal(to.dtype, CLW_U8);
        assert_memory_equal(to.data, cases[i].expected, (size_t)cases[i].count);
        host_array_finish(&to);
    }
}

static void refused_shapes(void **state)
{
    (void)state;
    static const struct {
        clw_dtype dtype;
        int ndim;
        int64_t shape[4];
    } cases[] = {{CLW_I64, 2, {2, 3}},     {CLW_U8, 1, {3}},          {CLW_U8, 0, {0}},
                 {CLW_U8, 2, {0, 3}},      {CLW_U8, 3, {2, 3, 5}},    {CLW_U8, 3, {2, 3, 0}},
                 {CLW_C64, 2, {2, 3}},     {CLW_U8, 4, {1, 1, 1, 1}}, {CLW_I8, 2, {2, 3}},
                 {CLW_U8, 2, {1, 1000001}}};
    clw_error error;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const struct elements elements = {cases[i].dtype, cases[i].ndim, cases[i].shape, NULL,
                                          NULL};
        assert_int_equal(image_check(&elements, &error), FAILED);
    }
    assert_string_equal(error.message,
                        "u8 of shape (1, 1000001) has no PNG form; one has bool, u8, u16 or a real "
                        "float of shape (h, w) or (h, w, 1 to 4), with sides of 1 to 1000000");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(kinds),
        cmocka_unit_test(sixteen_bits_in_host_order),
        cmocka_unit_test(truncated),
        cmocka_unit_test(damaged),
        cmocka_unit_test(colour_beyond_the_palette),
        cmocka_unit_test(too_large),
        cmocka_unit_test(round_trips),
        cmocka_unit_test(other_dtypes_as_8_bits),
        cmocka_unit_test(refused_shapes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
