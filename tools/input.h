/* Bytes that come from a file, a pipe or memory, read once from front to back. */
#ifndef CLWISE_TOOLS_INPUT_H
#define CLWISE_TOOLS_INPUT_H

#include <clwise/clwise.h>

enum { INPUT_HEAD_BYTES = 8 };

struct input {
    const char *name;            /* for messages; borrowed */
    int fd;                      /* -1: memory */
    const unsigned char *memory; /* borrowed */
    uint64_t size;               /* UINT64_MAX: unknown until it ends */
    uint64_t position;
    unsigned char head[INPUT_HEAD_BYTES]; /* the first bytes, read ahead */
    size_t head_length;
};

/* "-" is standard input. Functions that can fail return an exit status. */
int input_open(struct input *input, const char *path, clw_error *error);
void input_open_memory(struct input *input, const char *name, const void *bytes, size_t size);
void input_close(struct input *input);

/* The first bytes, which stay to be read. */
int input_peek(struct input *input, clw_error *error);
/* Up to `count` bytes; *got is less only where the input ends. */
int input_read(struct input *input, void *bytes, size_t count, size_t *got, clw_error *error);
/* The same from byte `position` of a file; one behind input->position needs a regular file. */
int input_read_at(struct input *input, uint64_t position, void *bytes, size_t count, size_t *got,
                  clw_error *error);
/* Up to `count` bytes into new memory, to be freed, that is never much larger than what came. */
int input_read_new(struct input *input, size_t count, void **bytes, size_t *got, clw_error *error);

#endif
