/* The dtype strings of .npy headers: "<f8", "|b1", ">i4", and the rest that numpy.dtype knows. */
#ifndef CLWISE_TOOLS_NPY_DESCR_H
#define CLWISE_TOOLS_NPY_DESCR_H

#include <clwise/clwise.h>

/* CLW_DTYPE_COUNT if it is none of clwise's. *swapped: in the other byte order than the host's. */
clw_dtype npy_descr_parse(const char *text, int *swapped);
/* "<f8"; NULL for bf16, which NumPy lacks. Static. */
const char *npy_descr(clw_dtype dtype);

#endif
