/* One element in words: the shortest that read back as the same value. */
#ifndef CLWISE_TOOLS_PRINT_NUMBER_H
#define CLWISE_TOOLS_PRINT_NUMBER_H

#include <clwise/clwise.h>

void print_number(clw_dtype dtype, const void *element);

#endif
