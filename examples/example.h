/* What the examples share: PNG pictures, time, and the test's exit status for a missing file. */
#ifndef CLWISE_EXAMPLES_EXAMPLE_H
#define CLWISE_EXAMPLES_EXAMPLE_H

#include <clwise/clwise.h>

/* What meson takes for a test that was skipped. */
enum { EXIT_SKIPPED = 77 };

/* Runs `work` with a context on the default device and the `count` names of `usage`: input files,
 * then one to write. Returns its status, or EXIT_SKIPPED and a line that says so if an input is not
 * there. */
typedef int (*example_fn)(clw_context *context, char **names);
int example_main(int argc, char **argv, const char *usage, int count, example_fn work);

double seconds_now(void);

/* Prints the times of two runs of the same work. */
void print_seconds(double first, double again);

/* The status of a program: prints the message of a failure. One that has none was told before. */
int finish(clw_status status, const clw_error *error);

void release_arrays(clw_array *const *arrays, size_t count);

/* Sorts the values; there is at least one. */
float median(float *values, int64_t count);

/* Pixels of 8-bit RGB, (height, width, 3), for free(); NULL and a line on stderr on failure. */
unsigned char *picture_read(const char *name, int *height, int *width);

/* 0 and a line on stderr on failure. `channels` is 1 (grey) or 3 (RGB). */
int picture_write(const char *name, int height, int width, int channels,
                  const unsigned char *pixels);

#endif
