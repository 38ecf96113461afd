#include "runtime/base/text.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "runtime/base/memory.h"

void text_init(struct text *text, const clw_allocator *allocator)
{
    *text = (struct text){.allocator = allocator};
}

void text_finish(struct text *text)
{
    memory_free(text->allocator, text->data);
    text_init(text, text->allocator);
}

/* Room for `more` bytes and a NUL. */
static int reserve(struct text *text, size_t more)
{
    if (text->failed)
        return 0;
    const size_t needed = text->length + more + 1;
    if (needed <= text->capacity)
        return 1;
    const size_t capacity = needed < 128 ? 256 : 2 * needed;
    char *data = memory_grow(text->allocator, text->data, text->length, capacity);
    text->failed = !data;
    if (!data)
        return 0;
    text->data = data;
    text->capacity = capacity;
    return 1;
}

void text_add_bytes(struct text *text, const void *bytes, size_t count)
{
    if (!reserve(text, count))
        return;
    if (count)
        memcpy(text->data + text->length, bytes, count);
    text->length += count;
    text->data[text->length] = '\0';
}

void text_add(struct text *text, const char *words)
{
    text_add_bytes(text, words, strlen(words));
}

void text_addf(struct text *text, const char *format, ...)
{
    va_list arguments, again;
    va_start(arguments, format);
    va_copy(again, arguments);
    const int count = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    if (count >= 0 && reserve(text, (size_t)count)) {
        vsnprintf(text->data + text->length, (size_t)count + 1, format, again);
        text->length += (size_t)count;
    }
    va_end(again);
}

const char *text_words(const struct text *text)
{
    return text->length ? text->data : "";
}

char *text_take(struct text *text)
{
    if (reserve(text, 0))
        text->data[text->length] = '\0';
    if (text->failed) {
        text_finish(text);
        return NULL;
    }
    char *data = text->data;
    text_init(text, text->allocator);
    return data;
}
