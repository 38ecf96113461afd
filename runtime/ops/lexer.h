/* Cuts the text of an expression into tokens. */
#ifndef CLWISE_OPS_LEXER_H
#define CLWISE_OPS_LEXER_H

#include "runtime/ops/op.h"

enum token_kind {
    TOKEN_END,
    TOKEN_SEPARATOR, /* ';', or a line end outside of parentheses */
    TOKEN_NAME,
    TOKEN_NUMBER,
    TOKEN_SYMBOL
};

struct token {
    enum token_kind kind;
    const char *start;
    size_t length;
    clw_scalar number; /* of TOKEN_NUMBER */
};

/* Copying a lexer saves its place. */
struct lexer {
    const char *text, *at; /* NUL-terminated; borrowed */
    int parentheses;       /* open ones: between them a line end is a blank */
};

enum { TOKEN_WORDS_SIZE = 64 };

void lexer_init(struct lexer *lexer, const char *text);
/* SYNTAX for a character or number that cannot begin or end so; MEMORY. */
clw_status lexer_next(struct lexer *lexer, struct token *token, clw_error *error);

int token_is(const struct token *token, const char *symbol);
/* "'sin'", "the end", "the end of the line"; long tokens are cut. */
const char *token_words(const struct token *token, char words[TOKEN_WORDS_SIZE]);

#endif
