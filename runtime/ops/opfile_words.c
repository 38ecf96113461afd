#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "runtime/ops/opfile_parser.h"

static int is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\f' || c == '\v';
}

static int is_mark(char c)
{
    return c == '(' || c == ')' || c == ',' || c == ':' || c == '=';
}

static int is_arrow(const char *at, const char *end)
{
    return end - at >= 2 && at[0] == '-' && at[1] == '>';
}

struct word words_peek(const struct words *words)
{
    const char *at = words->at;
    while (at < words->end && is_blank(*at))
        at++;
    const char *end = at;
    if (end < words->end && is_mark(*end))
        end++;
    else if (is_arrow(end, words->end))
        end += 2;
    else
        while (end < words->end && !is_blank(*end) && !is_mark(*end) && !is_arrow(end, words->end))
            end++;
    return (struct word){at, (int)(end - at)};
}

struct word words_next(struct words *words)
{
    const struct word word = words_peek(words);
    words->at = word.text + word.length;
    return word;
}

int word_is(struct word word, const char *text)
{
    return strlen(text) == (size_t)word.length && memcmp(word.text, text, strlen(text)) == 0;
}

int words_take(struct words *words, const char *text)
{
    if (!word_is(words_peek(words), text))
        return 0;
    words_next(words);
    return 1;
}

struct word words_rest(struct words *words)
{
    const char *at = words->at, *end = words->end;
    while (at < end && is_blank(*at))
        at++;
    while (end > at && is_blank(end[-1]))
        end--;
    words->at = words->end;
    return (struct word){at, (int)(end - at)};
}

clw_status opfile_fail(const struct opfile *parser, const char *format, ...)
{
    char sentence[512];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(sentence, sizeof sentence, format, arguments);
    va_end(arguments);
    for (char *at = sentence; *at; at++)
        if ((unsigned char)*at < ' ' || *at == 0x7f)
            *at = '?';
    return fail(parser->error, CLW_ERROR_SYNTAX, "%.400s:%d: %s", parser->file, parser->line,
                sentence);
}

clw_status opfile_expected(const struct opfile *parser, const char *what, struct word found)
{
    if (found.length == 0)
        return opfile_fail(parser, "expected %s, found the end of the line", what);
    return opfile_fail(parser, "expected %s, found '%.*s'", what,
                       found.length < 40 ? found.length : 40, found.text);
}

clw_status opfile_name(const struct opfile *parser, struct words *words, const char *what,
                       char name[OP_NAME_SIZE])
{
    const struct word word = words_next(words);
    char copy[OP_NAME_SIZE] = "";
    if (word.length < OP_NAME_SIZE)
        memcpy(copy, word.text, (size_t)word.length);
    if (word.length == 0)
        return opfile_expected(parser, what, word);
    if (!op_name_is_valid(copy))
        return opfile_fail(parser,
                           "'%.*s' cannot be %s: letters, digits and '_', not a digit first, at "
                           "most 64 characters",
                           word.length < 80 ? word.length : 80, word.text, what);
    memcpy(name, copy, sizeof copy);
    return CLW_OK;
}

clw_status opfile_end(const struct opfile *parser, struct words *words)
{
    const struct word word = words_next(words);
    return word.length ? opfile_expected(parser, "the end of the line", word) : CLW_OK;
}
