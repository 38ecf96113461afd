#include "runtime/ops/lexer.h"

#include <stdio.h>
#include <string.h>

#include "runtime/ops/expression_error.h"
#include "runtime/ops/expression_number.h"

static const char one_character[] = "+-*/%&|^~<>()=,";
static const char two_characters[][3] = {"**", "//", "<<", ">>", "<=", ">=", "==", "!="};

void lexer_init(struct lexer *lexer, const char *text)
{
    *lexer = (struct lexer){.text = text, .at = text};
}

/* The functions of ctype.h depend on the locale. */
static int is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static int is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

static void skip_blanks(struct lexer *lexer)
{
    const char *blanks = lexer->parentheses > 0 ? " \t\r\n" : " \t\r";
    lexer->at += strspn(lexer->at, blanks);
}

static clw_status read_name(struct lexer *lexer, struct token *token, clw_error *error)
{
    const char *end = lexer->at;
    while (is_letter(*end) || is_digit(*end))
        end++;
    token->kind = TOKEN_NAME;
    token->length = (size_t)(end - lexer->at);
    if (token->length >= OP_NAME_SIZE)
        return fail_at(error, CLW_ERROR_SYNTAX, lexer->text, lexer->at,
                       "a name has at most %d characters", OP_NAME_SIZE - 1);
    return CLW_OK;
}

static clw_status read_number(struct lexer *lexer, struct token *token, clw_error *error)
{
    const struct number number = number_parse(lexer->at);
    token->kind = TOKEN_NUMBER;
    token->length = number.length;
    token->number = number.value;
    if (number.status == CLW_ERROR_MEMORY)
        return fail_memory(error);
    if (number.problem)
        return fail_at(error, number.status, lexer->text, lexer->at + number.length, "%s",
                       number.problem);
    return CLW_OK;
}

static clw_status fail_character(const struct lexer *lexer, clw_error *error)
{
    const char c = *lexer->at;
    if (c > ' ' && c <= '~')
        return fail_at(error, CLW_ERROR_SYNTAX, lexer->text, lexer->at, "unexpected '%c'", c);
    return fail_at(error, CLW_ERROR_SYNTAX, lexer->text, lexer->at,
                   "unexpected byte 0x%02X: an expression is printable ASCII",
                   (unsigned)(unsigned char)c);
}

static clw_status read_symbol(struct lexer *lexer, struct token *token, clw_error *error)
{
    token->kind = TOKEN_SYMBOL;
    token->length = 0;
    for (size_t i = 0; i < sizeof two_characters / sizeof *two_characters; i++)
        if (strncmp(lexer->at, two_characters[i], 2) == 0)
            token->length = 2;
    if (token->length == 0 && strchr(one_character, *lexer->at))
        token->length = 1;
    if (token->length == 0)
        return fail_character(lexer, error);
    if (*token->start == '(')
        lexer->parentheses++;
    else if (*token->start == ')')
        lexer->parentheses--;
    return CLW_OK;
}

clw_status lexer_next(struct lexer *lexer, struct token *token, clw_error *error)
{
    skip_blanks(lexer);
    const char first = *lexer->at;
    *token = (struct token){.kind = TOKEN_END, .start = lexer->at};
    clw_status status = CLW_OK;
    if (first == ';' || first == '\n') {
        token->kind = TOKEN_SEPARATOR;
        token->length = 1;
    } else if (is_letter(first)) {
        status = read_name(lexer, token, error);
    } else if (is_digit(first) || (first == '.' && is_digit(lexer->at[1]))) {
        status = read_number(lexer, token, error);
    } else if (first != '\0') {
        status = read_symbol(lexer, token, error);
    }
    lexer->at += token->length;
    return status;
}

int token_is(const struct token *token, const char *symbol)
{
    return token->kind == TOKEN_SYMBOL && strlen(symbol) == token->length &&
           memcmp(token->start, symbol, token->length) == 0;
}

const char *token_words(const struct token *token, char words[TOKEN_WORDS_SIZE])
{
    enum { MOST = 40 };
    const int length = token->length > MOST ? MOST : (int)token->length;
    const char *cut = token->length > MOST ? "..." : "";
    if (token->kind == TOKEN_END)
        snprintf(words, TOKEN_WORDS_SIZE, "the end");
    else if (*token->start == '\n')
        snprintf(words, TOKEN_WORDS_SIZE, "the end of the line");
    else
        snprintf(words, TOKEN_WORDS_SIZE, "'%.*s%s'", length, token->start, cut);
    return words;
}
