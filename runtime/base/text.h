/* A string builder with a sticky error: check once, at the end. */
#ifndef CLWISE_BASE_TEXT_H
#define CLWISE_BASE_TEXT_H

#include "runtime/base/error.h"

struct text {
    const clw_allocator *allocator;
    char *data; /* NUL-terminated once anything was added; NULL before */
    size_t length, capacity;
    int failed; /* memory ran out: data is not whole */
};

void text_init(struct text *text, const clw_allocator *allocator);
void text_finish(struct text *text);
void text_add(struct text *text, const char *words);
void text_add_bytes(struct text *text, const void *bytes, size_t count);
void text_addf(struct text *text, const char *format, ...) PRINTF_LIKE(2, 3);
/* The words so far, "" if none; the builder's. */
const char *text_words(const struct text *text);
/* Hands the string to the caller, to be freed with the same allocator; NULL if memory ran out. */
char *text_take(struct text *text);

#endif
