#include "runtime/ops/expression_error.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum {
    WINDOW = 72,        /* most bytes of a line that are shown */
    WINDOW_BEFORE = 48, /* most of them before the place */
    SENTENCE_SIZE = 760 /* the rest of a message is for the two lines below */
};

static const char cut_mark[] = "...";

/* A line end is the last column of its own line. */
static const char *line_of(const char *text, const char *place, int *number)
{
    const char *line = text;
    *number = 1;
    for (const char *at = text; at < place; at++)
        if (*at == '\n') {
            line = at + 1;
            ++*number;
        }
    return line;
}

static size_t append(char *to, size_t at, const char *words)
{
    const size_t length = strlen(words);
    memcpy(to + at, words, length);
    return at + length;
}

/* What cannot be shown in one column becomes '?', so that the caret stays under the place. */
static char shown(char byte)
{
    if (byte == '\t' || byte == '\r')
        return ' ';
    return byte >= ' ' && byte <= '~' ? byte : '?';
}

/* The line around the place, a line end, blanks and a caret. */
static void show_place(const char *line, const char *place, char *words)
{
    const char *end = line + strcspn(line, "\n");
    const char *from = place - line > WINDOW_BEFORE ? place - WINDOW_BEFORE : line;
    const char *to = end - from > WINDOW ? from + WINDOW : end;
    size_t at = from > line ? append(words, 0, cut_mark) : 0;
    const size_t caret = at + (size_t)(place - from);
    for (const char *byte = from; byte < to; byte++)
        words[at++] = shown(*byte);
    if (to < end)
        at = append(words, at, cut_mark);
    words[at++] = '\n';
    memset(words + at, ' ', caret);
    at += caret;
    words[at++] = '^';
    words[at] = '\0';
}

clw_status fail_at(clw_error *error, clw_status status, const char *text, const char *place,
                   const char *format, ...)
{
    if (!error)
        return status;
    char sentence[SENTENCE_SIZE], lines[2 * (WINDOW + 2 * sizeof cut_mark)];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(sentence, sizeof sentence, format, arguments);
    va_end(arguments);
    int number;
    const char *line = line_of(text, place, &number);
    show_place(line, place, lines);
    return fail(error, status, "expression:%d:%d: %s\n%s", number, (int)(place - line) + 1,
                sentence, lines);
}
