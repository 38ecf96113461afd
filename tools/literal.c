#include "tools/literal.h"

#include <string.h>

#include "tools/literal_number.h"
#include "tools/literal_string.h"

enum { MAX_DEPTH = 200 }; /* Python's own */

static int is_line_break(int byte)
{
    return byte == '\n' || byte == '\r';
}

static void skip_line_break(struct literal_parser *parser)
{
    if (literal_peek(parser) == '\r')
        parser->at++;
    if (literal_peek(parser) == '\n')
        parser->at++;
}

static void skip_comment(struct literal_parser *parser)
{
    if (literal_peek(parser) == '#')
        while (parser->at < parser->end && !is_line_break(literal_peek(parser)))
            parser->at++;
}

/* A backslash before a line break that is not the last thing in the text. */
static int skip_continuation(struct literal_parser *parser)
{
    const unsigned char *const start = parser->at;
    if (literal_peek(parser) != '\\')
        return 0;
    parser->at++;
    if (is_line_break(literal_peek(parser))) {
        skip_line_break(parser);
        if (parser->at < parser->end)
            return 1;
    }
    parser->at = start;
    return 0;
}

static void skip_space(struct literal_parser *parser)
{
    const unsigned char *start;
    do {
        start = parser->at;
        literal_skip_blanks(parser);
        if (parser->depth > 0) {
            skip_comment(parser);
            if (is_line_break(literal_peek(parser)))
                skip_line_break(parser);
        }
        skip_continuation(parser);
    } while (parser->at != start);
}

/* Lines that hold nothing but blanks and comments. Returns 0 if the last one is not yet over. */
static int skip_empty_lines(struct literal_parser *parser)
{
    for (;;) {
        const unsigned char *const line = parser->at;
        literal_skip_blanks(parser);
        skip_comment(parser);
        if (parser->at == parser->end)
            return 1;
        if (!is_line_break(literal_peek(parser))) {
            parser->at = line;
            return 0;
        }
        skip_line_break(parser);
    }
}

int literal_begin(struct literal_parser *parser, const void *bytes, size_t size, int python2)
{
    parser->at = bytes;
    parser->end = parser->at + size;
    parser->depth = 0;
    /* Python's own tokenizer, which drops the L, gives up at a carriage return. */
    parser->python2 = python2 && !(size > 0 && memchr(bytes, '\r', size));
    if (size > 0 && memchr(bytes, 0, size))
        return 0;
    literal_skip_blanks(parser);
    if (literal_peek(parser) == '#' || is_line_break(literal_peek(parser)))
        skip_empty_lines(parser);
    skip_continuation(parser);
    const int first = literal_peek(parser);
    return first != ' ' && first != '\t'; /* an indented first line */
}

int literal_at_end(struct literal_parser *parser)
{
    skip_space(parser);
    return skip_empty_lines(parser);
}

int literal_take(struct literal_parser *parser, char byte)
{
    skip_space(parser);
    if (literal_peek(parser) != (unsigned char)byte)
        return 0;
    parser->at++;
    return 1;
}

int literal_open(struct literal_parser *parser, char bracket)
{
    if (!literal_take(parser, bracket) || parser->depth >= MAX_DEPTH)
        return 0;
    parser->depth++;
    return 1;
}

int literal_close(struct literal_parser *parser, char bracket)
{
    if (!literal_take(parser, bracket))
        return 0;
    parser->depth--;
    return 1;
}

static int parse_name(struct literal_parser *parser, struct literal *value)
{
    static const struct {
        const char *name;
        enum literal_kind kind;
        int integer;
    } names[] = {{"True", LITERAL_BOOL, 1},
                 {"False", LITERAL_BOOL, 0},
                 {"None", LITERAL_OTHER, 0},
                 {"...", LITERAL_OTHER, 0}};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        const size_t length = strlen(names[i].name);
        const unsigned char *const after = parser->at + length;
        if ((size_t)(parser->end - parser->at) < length ||
            memcmp(parser->at, names[i].name, length) != 0)
            continue;
        if (after < parser->end && literal_is_identifier(*after) && names[i].name[0] != '.')
            return 0;
        parser->at = after;
        value->kind = names[i].kind;
        value->integer = names[i].integer;
        return 1;
    }
    return 0;
}

static void add_item(struct literal *tuple, const struct literal *item)
{
    if (item->kind != LITERAL_INTEGER)
        tuple->all_integers = 0;
    if (tuple->item_count < LITERAL_MAX_ITEMS)
        tuple->items[tuple->item_count] = item->integer;
    tuple->item_count++;
}

/* The rest of "(1, 2)" after its first item. */
static int parse_tuple(struct literal_parser *parser, struct literal *tuple,
                       const struct literal *first)
{
    struct literal item;
    tuple->kind = LITERAL_TUPLE;
    tuple->compound = 0;
    tuple->item_count = 0;
    tuple->all_integers = 1;
    if (first)
        add_item(tuple, first);
    while (!literal_close(parser, ')')) {
        if (!literal_parse(parser, &item))
            return 0;
        add_item(tuple, &item);
        if (!literal_take(parser, ','))
            return literal_close(parser, ')');
    }
    return 1;
}

static int parse_parentheses(struct literal_parser *parser, struct literal *value)
{
    struct literal first;
    if (!literal_open(parser, '('))
        return 0;
    if (literal_close(parser, ')')) {
        value->kind = LITERAL_TUPLE;
        value->all_integers = 1;
        return 1;
    }
    if (!literal_parse(parser, &first))
        return 0;
    if (literal_take(parser, ','))
        return parse_tuple(parser, value, &first);
    *value = first;
    return literal_close(parser, ')');
}

/* Lists, sets and dicts, whose contents no header needs. */
static int parse_collection(struct literal_parser *parser, struct literal *value)
{
    struct literal item;
    const char closing = literal_peek(parser) == '[' ? ']' : '}';
    const int is_list = closing == ']';
    value->kind = LITERAL_OTHER;
    if (!literal_open(parser, is_list ? '[' : '{'))
        return 0;
    int pairs = -1;
    while (!literal_close(parser, closing)) {
        if (!literal_parse(parser, &item))
            return 0;
        const int paired = !is_list && literal_take(parser, ':');
        if (paired && !literal_parse(parser, &item))
            return 0;
        if (pairs >= 0 && pairs != paired)
            return 0;
        pairs = paired;
        if (!literal_take(parser, ','))
            return literal_close(parser, closing);
    }
    return 1;
}

static int parse_atom(struct literal_parser *parser, struct literal *value)
{
    memset(value, 0, sizeof *value);
    const int first = literal_peek(parser);
    if (first == '(')
        return parse_parentheses(parser, value);
    if (first == '[' || first == '{')
        return parse_collection(parser, value);
    if (literal_string_begins(parser->at, parser->end)) {
        value->kind = LITERAL_STRING;
        struct literal_string string = {parser->at, parser->end, value->text, 0, 0, 0};
        do {
            if (!literal_string_parse(&string))
                return 0;
            parser->at = string.at;
            skip_space(parser);
            string.at = parser->at;
        } while (literal_string_begins(parser->at, parser->end));
        if (string.is_bytes)
            value->kind = LITERAL_OTHER;
        return 1;
    }
    if (parse_name(parser, value))
        return 1;
    return ((first >= '0' && first <= '9') || first == '.') && literal_parse_number(parser, value);
}

static int parse_signed(struct literal_parser *parser, struct literal *value)
{
    const int sign = literal_peek(parser);
    if (sign != '+' && sign != '-')
        return parse_atom(parser, value);
    parser->at++;
    skip_space(parser);
    if (!parse_atom(parser, value) || value->compound)
        return 0;
    if (sign == '-')
        value->integer = -value->integer;
    value->compound = 1;
    return value->kind == LITERAL_INTEGER || value->kind == LITERAL_FLOAT ||
           value->kind == LITERAL_COMPLEX;
}

int literal_parse(struct literal_parser *parser, struct literal *value)
{
    skip_space(parser);
    const unsigned char *const start = parser->at;
    if (!parse_signed(parser, value))
        return 0;
    const unsigned char *end = parser->at;
    skip_space(parser);
    if (literal_peek(parser) == '+' || literal_peek(parser) == '-') {
        struct literal imaginary;
        parser->at++;
        skip_space(parser);
        if ((value->kind != LITERAL_INTEGER && value->kind != LITERAL_FLOAT) ||
            !parse_atom(parser, &imaginary) || imaginary.kind != LITERAL_COMPLEX ||
            imaginary.compound)
            return 0;
        value->kind = LITERAL_COMPLEX;
        value->compound = 1;
        end = parser->at;
    }
    value->start = start;
    value->end = end;
    return 1;
}
