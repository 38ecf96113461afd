#include "tools/formats.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "tools/image.h"
#include "tools/npy.h"
#include "tools/report.h"

static int open_npy(struct file *file, clw_error *error)
{
    return npy_header_read(&file->input, &file->header, error);
}

static int open_image(struct file *file, clw_error *error)
{
    const int status = image_read(&file->input, file->memory, &file->array, error);
    file->header.dtype = file->array.dtype;
    file->header.ndim = file->array.ndim;
    memcpy(file->header.shape, file->array.shape, sizeof file->header.shape);
    file->header.bytes = file->array.bytes;
    return status;
}

static const struct format formats[] = {
    {".npy", npy_magic, sizeof npy_magic, open_npy, npy_check, npy_write},
    {".png", image_magic, sizeof image_magic, open_image, image_check, image_write},
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

int format_streams(const struct format *format)
{
    return format->write == npy_write;
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

static int open_as_it_begins(struct file *file, clw_error *error)
{
    struct input *const input = &file->input;
    const int status = input_peek(input, error);
    if (status != DONE)
        return status;
    for (int i = 0; i < FORMATS; i++) {
        const size_t width = formats[i].magic_bytes;
        const size_t common = input->head_length < width ? input->head_length : width;
        if (common > 0 && memcmp(input->head, formats[i].magic, common) == 0)
            return formats[i].open(file, error);
    }
    return unknown_format(input, error);
}

int file_open(struct file *file, const char *path, uint64_t memory, clw_error *error)
{
    memset(file, 0, sizeof *file);
    file->memory = memory;
    int status = input_open(&file->input, path, error);
    if (status == DONE)
        status = open_as_it_begins(file, error);
    return status == DONE ? DONE : fail_in(error, file->input.name, status);
}

int file_load(struct file *file, clw_error *error)
{
    if (file->array.data)
        return DONE;
    const int status = npy_read_elements(&file->input, &file->header, &file->array, error);
    return status == DONE ? DONE : fail_in(error, file->input.name, status);
}

void file_close(struct file *file)
{
    host_array_finish(&file->array);
    input_close(&file->input);
}
