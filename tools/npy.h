/* .npy files. */
#ifndef CLWISE_TOOLS_NPY_H
#define CLWISE_TOOLS_NPY_H

#include "tools/elements.h"
#include "tools/host_array.h"
#include "tools/input.h"

/* Reads the whole array. Fortran order becomes strides, the other byte order is swapped. */
int npy_read(struct input *input, struct host_array *array, clw_error *error);
/* Whether elements of this dtype and shape can be written; else a sentence that says why not. */
int npy_check(const struct elements *elements, clw_error *error);
int npy_write(struct output *output, const struct elements *elements, clw_error *error);

#endif
