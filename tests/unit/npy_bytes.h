/* .npy files in memory, for tests. */
#ifndef CLWISE_TESTS_NPY_BYTES_H
#define CLWISE_TESTS_NPY_BYTES_H

#include <stdint.h>
#include <stdio.h>
#include <string.h>

struct npy_bytes {
    unsigned char bytes[4096];
    size_t size;
};

/* A file with this header, of `length` bytes, and elements 0, 1, 2, ... as bytes. */
static inline void npy_bytes_make(struct npy_bytes *file, int version, const void *header,
                                  size_t length, size_t element_bytes)
{
    const size_t width = version == 1 ? 2 : 4;
    unsigned char *at = file->bytes;
    memcpy(at, "\x93NUMPY", 6);
    at[6] = (unsigned char)version;
    at[7] = 0;
    for (size_t i = 0; i < width; i++)
        at[8 + i] = (unsigned char)(length >> 8 * i);
    at += 8 + width;
    memcpy(at, header, length);
    at += length;
    for (size_t i = 0; i < element_bytes; i++)
        *at++ = (unsigned char)i;
    file->size = (size_t)(at - file->bytes);
}

/* One with descr, fortran_order and shape as given, in words. */
static inline void npy_bytes_of(struct npy_bytes *file, const char *descr,
                                const char *fortran_order, const char *shape, size_t element_bytes)
{
    char header[1024];
    const int length =
        snprintf(header, sizeof header, "{'descr': %s, 'fortran_order': %s, 'shape': %s, }\n",
                 descr, fortran_order, shape);
    npy_bytes_make(file, 1, header, (size_t)length, element_bytes);
}

#endif
