#include "runtime/ops/body_token.h"

/* Where the next character is: a backslash before the end of a line joins lines. */
static const char *joined(struct tokens *tokens)
{
    for (;;) {
        const char *at = tokens->at;
        if (at == tokens->end || *at != '\\')
            return at;
        at++;
        if (at < tokens->end && *at == '\r')
            at++;
        if (at == tokens->end || *at != '\n')
            return tokens->at;
        tokens->at = at + 1;
        tokens->line++;
    }
}

/* The next character without taking it; '\0' at the end, for bodies have no NUL. */
static char peek(struct tokens *tokens)
{
    const char *at = joined(tokens);
    return at < tokens->end ? *at : '\0';
}

static char take(struct tokens *tokens)
{
    const char c = peek(tokens);
    if (c == '\0')
        return c;
    tokens->at++;
    if (c == '\n') {
        tokens->line++;
        tokens->is_inside = 0;
    }
    return c;
}

static int is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\f' || c == '\v' || c == '\n';
}

static int is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static int is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

/* 0 if there is no end. */
static int skip_long_comment(struct tokens *tokens)
{
    for (char last = ' ', c = take(tokens); c; last = c, c = take(tokens))
        if (last == '*' && c == '/')
            return 1;
    return 0;
}

/* Blanks and comments; in a directive only up to the end of its line. 0 for a comment without end.
 */
static int skip_blanks(struct tokens *tokens, int in_line)
{
    for (;;) {
        const char c = peek(tokens);
        if (is_blank(c) && !(in_line && c == '\n')) {
            take(tokens);
            continue;
        }
        if (c != '/')
            return 1;
        const struct tokens before = *tokens;
        take(tokens);
        if (peek(tokens) == '/') {
            while (peek(tokens) && peek(tokens) != '\n')
                take(tokens);
        } else if (peek(tokens) == '*') {
            take(tokens);
            if (!skip_long_comment(tokens)) {
                *tokens = before;
                return 0;
            }
        } else {
            *tokens = before;
            return 1;
        }
    }
}

static void take_name(struct tokens *tokens, char name[OP_NAME_SIZE])
{
    int length = 0;
    for (char c = peek(tokens); is_letter(c) || (length && is_digit(c)); c = peek(tokens)) {
        if (length < OP_NAME_SIZE - 1)
            name[length++] = c;
        take(tokens);
    }
    name[length] = '\0';
}

/* 0 if the line ends first. */
static int skip_string(struct tokens *tokens, char quote)
{
    for (char c = peek(tokens); c && c != '\n'; c = peek(tokens)) {
        take(tokens);
        if (c == quote)
            return 1;
        if (c == '\\' && peek(tokens) != '\n')
            take(tokens);
    }
    return 0;
}

/* What follows '#', to the end of the line. */
static void take_directive(struct tokens *tokens, struct token *token)
{
    int is_whole = skip_blanks(tokens, 1);
    take_name(tokens, token->name);
    is_whole = is_whole && skip_blanks(tokens, 1);
    take_name(tokens, token->macro);
    for (char c = peek(tokens); is_whole && c && c != '\n'; c = peek(tokens)) {
        take(tokens);
        is_whole = skip_blanks(tokens, 1);
    }
    token->kind = is_whole ? TOKEN_DIRECTIVE : TOKEN_COMMENT;
}

void tokens_init(struct tokens *tokens, const struct source *source)
{
    *tokens = (struct tokens){source->text, source->text + source->length, source->line, 0};
}

struct token tokens_next(struct tokens *tokens)
{
    struct token token = {.kind = TOKEN_END};
    const int is_whole = skip_blanks(tokens, 0);
    const int begins_line = !tokens->is_inside;
    const char c = peek(tokens);
    token.line = tokens->line;
    tokens->is_inside = 1;
    if (!is_whole) {
        token.kind = TOKEN_COMMENT;
        tokens->at = tokens->end;
    } else if (is_letter(c)) {
        token.kind = TOKEN_NAME;
        take_name(tokens, token.name);
    } else if (is_digit(c)) {
        token.kind = TOKEN_OTHER;
        for (char d = c; is_letter(d) || is_digit(d) || d == '.'; d = peek(tokens))
            take(tokens);
    } else if (c) {
        token.kind = TOKEN_MARK;
        token.mark = take(tokens);
        const int is_digraph = c == '%' && peek(tokens) == ':';
        if (begins_line && is_digraph)
            take(tokens);
        if (begins_line && (c == '#' || is_digraph))
            take_directive(tokens, &token);
        else if (c == '"' || c == '\'')
            token.kind = skip_string(tokens, c) ? TOKEN_OTHER : TOKEN_STRING;
    }
    return token;
}
