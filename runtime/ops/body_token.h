/* The tokens of a body, as the preprocessor of OpenCL C takes them apart. */
#ifndef CLWISE_OPS_BODY_TOKEN_H
#define CLWISE_OPS_BODY_TOKEN_H

#include "runtime/ops/op.h"

enum token_kind {
    TOKEN_END,
    TOKEN_NAME,
    TOKEN_MARK,      /* one character: an operator, a bracket */
    TOKEN_OTHER,     /* a number, a string, a character */
    TOKEN_DIRECTIVE, /* the name after '#' at the begin of a line; the rest of it is skipped */
    TOKEN_COMMENT,   /* one that does not end */
    TOKEN_STRING     /* one that does not end in its line */
};

struct token {
    enum token_kind kind;
    int line;
    char mark;                /* of TOKEN_MARK */
    char name[OP_NAME_SIZE];  /* of TOKEN_NAME and TOKEN_DIRECTIVE; cut if it is too long */
    char macro[OP_NAME_SIZE]; /* of a directive: the name after it, as in #define NAME; or "" */
};

struct tokens {
    const char *at, *end;
    int line;
    int is_inside; /* of a line: something else than blanks came before */
};

void tokens_init(struct tokens *tokens, const struct source *source);
struct token tokens_next(struct tokens *tokens);

#endif
