#include "tools/formats.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "tools/image.h"
#include "tools/npy.h"
#include "tools/npy_header.h"
#include "tools/report.h"

static const struct format formats[] = {
    {".npy", npy_magic, sizeof npy_magic, npy_read, npy_check, npy_write},
    {".png", image_magic, sizeof image_magic, image_read, image_check, image_write},
};
enum { FORMATS = sizeof formats / sizeof formats[0] };

const struct format *format_of_name(const char *path)
{
    const size_t length = strlen(path);
    if (strcmp(path, "-") == 0)
        return &formats[0];
    for (int i = 0; i < FORMATS; i++) {
        const size_t width = strlen(formats[i].extension);
        if (length > width && strcasecmp(path + length - width, formats[i].extension) == 0)
            return &formats[i];
    }
    return NULL;
}

static int unknown_format(const struct input *input, clw_error *error)
{
    char bytes[3 * INPUT_HEAD_BYTES + 1] = "";
    if (input->head_length == 0)
        return fail(error, "is empty");
    if (memcmp(input->head, "PK\3\4", 4) == 0)
        return fail(error, "is an archive; unzip gives the .npy files of an .npz");
    for (size_t i = 0; i < input->head_length; i++)
        snprintf(bytes + 3 * i, 4, " %02x", input->head[i]);
    return fail(error, "is neither an .npy nor a PNG file: it begins with%s", bytes);
}

static int read_open(struct input *input, struct host_array *array, clw_error *error)
{
    const int status = input_peek(input, error);
    if (status != DONE)
        return status;
    for (int i = 0; i < FORMATS; i++) {
        const size_t width = formats[i].magic_bytes;
        const size_t common = input->head_length < width ? input->head_length : width;
        if (common > 0 && memcmp(input->head, formats[i].magic, common) == 0)
            return formats[i].read(input, array, error);
    }
    return unknown_format(input, error);
}

int file_read(const char *path, struct host_array *array, clw_error *error)
{
    struct input input;
    int status = input_open(&input, path, error);
    if (status == DONE) {
        status = read_open(&input, array, error);
        input_close(&input);
    }
    return status == DONE ? DONE : fail_in(error, input.name, status);
}
