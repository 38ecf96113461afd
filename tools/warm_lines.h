/* Requests to build kernels for, a line each as clw_warm takes them. */
#ifndef CLWISE_TOOLS_WARM_LINES_H
#define CLWISE_TOOLS_WARM_LINES_H

#include <stddef.h>

#include <clwise/clwise.h>

struct lines {
    char **words;
    int count, capacity;
};

/* The line unless it is there already; its bytes are copied. */
int lines_add(struct lines *lines, const char *words, clw_error *error);
void lines_finish(struct lines *lines);

/* Every line of a file, "-": standard input. */
int lines_read(struct lines *lines, const char *path, clw_error *error);
/* A line for each of the ops, each of its loops that has one of the dtypes and otherwise only those
 * that the op has for every dtype, and each of the patterns; names are separated by commas, "all"
 * stands for all of them. A name that is none is a misuse. */
int lines_make(struct lines *lines, clw_context *context, const char *ops, const char *dtypes,
               const char *patterns, clw_error *error);

#endif
