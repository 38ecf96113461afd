/* The formats of files, told by name for outputs and by the first bytes for inputs. */
#ifndef CLWISE_TOOLS_FORMATS_H
#define CLWISE_TOOLS_FORMATS_H

#include "tools/elements.h"
#include "tools/host_array.h"
#include "tools/input.h"

struct format {
    const char *extension;
    const unsigned char *magic;
    size_t magic_bytes;
    int (*read)(struct input *input, struct host_array *array, clw_error *error);
    int (*check)(const struct elements *elements, clw_error *error);
    int (*write)(struct output *output, const struct elements *elements, clw_error *error);
};

/* By the extension; "-" is .npy. NULL if there is none for it. */
const struct format *format_of_name(const char *path);

/* Reads a file, or standard input for "-". Sentences begin with its name. */
int file_read(const char *path, struct host_array *array, clw_error *error);

#endif
