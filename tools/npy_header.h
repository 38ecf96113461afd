/* The header of an .npy file, format versions 1.0, 2.0 and 3.0. What NumPy refuses is refused, and
 * what it accepts is accepted if clwise has the dtype and 32 axes are enough. */
#ifndef CLWISE_TOOLS_NPY_HEADER_H
#define CLWISE_TOOLS_NPY_HEADER_H

#include "tools/input.h"

struct npy_header {
    clw_dtype dtype;
    int swapped; /* the elements are in the other byte order */
    int fortran_order;
    int ndim;
    int64_t shape[CLW_MAX_NDIM];
    size_t bytes; /* of the elements */
};

extern const unsigned char npy_magic[6];
enum { NPY_MAX_HEADER = 10000 /* characters, as in NumPy */ };

/* Reads up to the first element. */
int npy_header_read(struct input *input, struct npy_header *header, clw_error *error);

/* What numpy.save writes before the elements, into bytes[0..NPY_HEADER_ROOM); returns its length.
 * The dtype is not bf16. */
enum { NPY_HEADER_ROOM = 1024 };
size_t npy_header_write(clw_dtype dtype, int ndim, const int64_t *shape, int fortran_order,
                        char *bytes);

#endif
