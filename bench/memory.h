/* Memory that peers work on. */
#ifndef CLWISE_BENCH_MEMORY_H
#define CLWISE_BENCH_MEMORY_H

#include <stddef.h>

/* In huge pages where the system grants them, as NumPy asks for; touched. NULL: there is none. For
 * free(). */
void *memory_pages(size_t bytes);

#endif
