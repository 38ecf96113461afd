/* Python literals, as far as the header of an .npy file may hold them: what ast.literal_eval takes
 * of strings, numbers, True, False, None, ..., tuples, lists, sets and dicts. */
#ifndef CLWISE_TOOLS_LITERAL_H
#define CLWISE_TOOLS_LITERAL_H

#include <stddef.h>
#include <stdint.h>

enum literal_kind {
    LITERAL_STRING,
    LITERAL_INTEGER,
    LITERAL_BOOL,
    LITERAL_FLOAT,
    LITERAL_COMPLEX,
    LITERAL_TUPLE,
    LITERAL_OTHER, /* valid, and nothing that a header may hold */
};

enum { LITERAL_TEXT_BYTES = 40, LITERAL_MAX_ITEMS = 64 };

struct literal {
    enum literal_kind kind;
    const unsigned char *start, *end; /* as written */
    int compound;                     /* has a sign or is a sum */
    char text[LITERAL_TEXT_BYTES];    /* of a string; one that is longer reads as "" */
    int64_t integer;                  /* of an integer, saturated; of a bool */
    int item_count;                   /* of a tuple */
    int all_integers;                 /* of a tuple: and bools are none */
    int64_t items[LITERAL_MAX_ITEMS]; /* of a tuple of integers: the first ones */
};

struct literal_parser {
    const unsigned char *at, *end;
    int depth;
    int python2; /* an L after a number is skipped */
};

static inline int literal_peek(const struct literal_parser *parser)
{
    return parser->at < parser->end ? *parser->at : -1;
}

static inline void literal_skip_blanks(struct literal_parser *parser)
{
    while (literal_peek(parser) == ' ' || literal_peek(parser) == '\t' ||
           literal_peek(parser) == '\f')
        parser->at++;
}

/* Each returns 1, or 0 where Python would raise an exception. */
int literal_begin(struct literal_parser *parser, const void *bytes, size_t size, int python2);
int literal_parse(struct literal_parser *parser, struct literal *value);
/* Takes `byte`, with white space before it. */
int literal_take(struct literal_parser *parser, char byte);
/* Opens and closes brackets, within which line breaks are white space. */
int literal_open(struct literal_parser *parser, char bracket);
int literal_close(struct literal_parser *parser, char bracket);
/* Only white space, comments and line breaks are left. */
int literal_at_end(struct literal_parser *parser);

#endif
