/* Python string literals: quotes of one or three, prefixes, escapes. */
#ifndef CLWISE_TOOLS_LITERAL_STRING_H
#define CLWISE_TOOLS_LITERAL_STRING_H

#include <stddef.h>

struct literal_string {
    const unsigned char *at, *end;
    char *text;    /* LITERAL_TEXT_BYTES, kept NUL-terminated */
    size_t length; /* also of what does not fit; text is "" then */
    int piece_count;
    int is_bytes;
};

int literal_string_begins(const unsigned char *at, const unsigned char *end);
/* One more piece at `at`, joined to those before. Returns 0 if it is malformed. */
int literal_string_parse(struct literal_string *string);

#endif
