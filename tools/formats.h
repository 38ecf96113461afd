/* The formats of files, told by name for outputs and by the first bytes for inputs. */
#ifndef CLWISE_TOOLS_FORMATS_H
#define CLWISE_TOOLS_FORMATS_H

#include "tools/elements.h"
#include "tools/host_array.h"
#include "tools/input.h"
#include "tools/npy_header.h"

/* A file whose dtype and shape are known. */
struct file {
    struct input input;       /* at the first element, if array.data is NULL */
    struct npy_header header; /* what is in it, whatever its format */
    uint64_t memory;          /* bytes that an image may take */
    struct host_array array;  /* its elements, once they are read; the caller may take the data */
};

struct format {
    const char *extension;
    const unsigned char *magic;
    size_t magic_bytes;
    int (*open)(struct file *file, clw_error *error); /* of a file whose first bytes were peeked */
    int (*check)(const struct elements *elements, clw_error *error);
    int (*write)(struct output *output, const struct elements *elements, clw_error *error);
};

/* By the extension; "-" is .npy. NULL if there is none for it. */
const struct format *format_of_name(const char *path);

/* Whether it can be written before all of it is known. */
int format_streams(const struct format *format);

/* Opens a file, or standard input for "-"; an image is read at once, if it takes `memory`
 * bytes at most. Sentences of both begin with
 * its name. file_close is due in every case. */
int file_open(struct file *file, const char *path, uint64_t memory, clw_error *error);
/* Reads the elements into file->array. */
int file_load(struct file *file, clw_error *error);
void file_close(struct file *file);

#endif
