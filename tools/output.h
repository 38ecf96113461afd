/* Files that appear whole or not at all: written beside their target, then renamed over it. */
#ifndef CLWISE_TOOLS_OUTPUT_H
#define CLWISE_TOOLS_OUTPUT_H

#include <clwise/clwise.h>

enum { MAX_OUTPUTS = 16 };

struct output {
    const char *path; /* as given; borrowed */
    const char *name; /* for messages */
    char *target;     /* what the path leads to */
    char *temporary;  /* NULL: a device, pipe or standard output, written directly */
    int fd;
    int in_hole;   /* the file ends with a hole that it does not have yet */
    int slot;      /* among the files that a signal removes */
    int exchanged; /* the temporary now holds what the target held before */
    int renamed;
};

/* "-" is standard output. Functions that can fail return an exit status, and their sentences begin
 * with the path. */
int output_open(struct output *output, const char *path, clw_error *error);
int output_write(struct output *output, const void *bytes, size_t count, clw_error *error);
/* The same, but zeros become holes where the file can have them. */
int output_write_sparse(struct output *output, const void *bytes, size_t count, clw_error *error);
/* Puts all files in place, or none. */
int outputs_commit(struct output *outputs, int count, clw_error *error);
/* Removes what was not committed; to be called after output_open in every case. */
void output_finish(struct output *output);

#endif
