/* Memory that peers work on. */
#ifndef CLWISE_BENCH_MEMORY_H
#define CLWISE_BENCH_MEMORY_H

#define CLWISE_NO_OPS
#include <clwise/clwise.h>

#include <stdbool.h>
#include <stddef.h>

/* In huge pages where the system grants them, as NumPy asks for; touched. NULL: there is none. For
 * free(). */
void *memory_pages(size_t bytes);
/* An array of one axis on the memory, which stays the caller's. */
bool memory_wrap(clw_context *context, clw_dtype dtype, size_t elements, void *memory,
                 clw_array **array, clw_error *error);
/* Element `index` of an array of floats, its real part; NAN where it cannot be read. */
double array_value(const clw_array *array, size_t index);

#endif
