/* .npy files. */
#ifndef CLWISE_TOOLS_NPY_H
#define CLWISE_TOOLS_NPY_H

#include "tools/elements.h"
#include "tools/host_array.h"
#include "tools/input.h"
#include "tools/npy_header.h"

/* Reads the whole array. Fortran order becomes strides, the other byte order is swapped. */
int npy_read(struct input *input, struct host_array *array, clw_error *error);
/* The same, after the header. */
int npy_read_elements(struct input *input, const struct npy_header *header,
                      struct host_array *array, clw_error *error);
/* `count` bytes at `bytes`, whole elements, into the host's byte order and back. */
void npy_swap(clw_dtype dtype, void *bytes, size_t count);
/* A sentence for elements of which only `got` bytes are there. */
int npy_truncated(const struct npy_header *header, uint64_t got, clw_error *error);
/* Whether elements of this dtype and shape can be written; else a sentence that says why not. */
int npy_check(const struct elements *elements, clw_error *error);
int npy_write(struct output *output, const struct elements *elements, clw_error *error);

#endif
