/* One element in words: digits that read back as the same value, and few of them. */
#ifndef CLWISE_TOOLS_ELEMENT_TEXT_H
#define CLWISE_TOOLS_ELEMENT_TEXT_H

#include <clwise/clwise.h>

enum { ELEMENT_TEXT_BYTES = 64 };

/* Into words[0..ELEMENT_TEXT_BYTES). */
void element_text(clw_dtype dtype, const void *element, char *words);

#endif
