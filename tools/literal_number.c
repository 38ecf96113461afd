#include "tools/literal_number.h"

int literal_is_identifier(unsigned char byte)
{
    return (byte >= '0' && byte <= '9') || (byte >= 'A' && byte <= 'Z') ||
           (byte >= 'a' && byte <= 'z') || byte == '_' || byte >= 0x80;
}

static int digit_value(int byte)
{
    if (byte >= '0' && byte <= '9')
        return byte - '0';
    const int lower = byte | 0x20;
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : 99;
}

/* Digits with single underscores between them; `prefixed` ones may begin with one. Returns how many
 * digits there are. */
static int scan_digits(struct literal_parser *parser, int base, int prefixed, int64_t *value)
{
    int count = 0;
    for (;; count++) {
        const unsigned char *at = parser->at;
        if (at < parser->end && *at == '_' && (count > 0 || prefixed))
            at++;
        const int digit = at < parser->end ? digit_value(*at) : 99;
        if (digit >= base)
            return count;
        parser->at = at + 1;
        *value = *value > (INT64_MAX - digit) / base ? INT64_MAX : *value * base + digit;
    }
}

static int prefix_base(const struct literal_parser *parser)
{
    static const struct {
        char letter;
        int base;
    } prefixes[] = {{'x', 16}, {'o', 8}, {'b', 2}};
    if (parser->end - parser->at < 2 || parser->at[0] != '0')
        return 0;
    for (size_t i = 0; i < sizeof prefixes / sizeof prefixes[0]; i++)
        if ((parser->at[1] | 0x20) == prefixes[i].letter)
            return prefixes[i].base;
    return 0;
}

/* What follows the digits before the point. Returns 1 if that makes the number a float. */
static int scan_fraction(struct literal_parser *parser)
{
    const unsigned char *const start = parser->at;
    int64_t unused = 0;
    if (literal_peek(parser) == '.') {
        parser->at++;
        scan_digits(parser, 10, 0, &unused);
    }
    if ((literal_peek(parser) | 0x20) == 'e') {
        const unsigned char *const exponent = parser->at++;
        if (literal_peek(parser) == '+' || literal_peek(parser) == '-')
            parser->at++;
        if (scan_digits(parser, 10, 0, &unused) == 0)
            parser->at = exponent;
    }
    return parser->at != start;
}

/* NumPy on Python 2 wrote (3L, 4L); its reader drops every name L that follows a number. */
static void skip_python2_suffix(struct literal_parser *parser)
{
    const unsigned char *const start = parser->at;
    literal_skip_blanks(parser);
    if (parser->python2 && literal_peek(parser) == 'L') {
        parser->at++;
        if (parser->at == parser->end || !literal_is_identifier(*parser->at))
            return;
    }
    parser->at = start;
}

int literal_parse_number(struct literal_parser *parser, struct literal *value)
{
    const int base = prefix_base(parser);
    value->kind = LITERAL_INTEGER;
    if (base != 0) {
        parser->at += 2;
        if (scan_digits(parser, base, 1, &value->integer) == 0)
            return 0;
    } else {
        const int leading_zero = literal_peek(parser) == '0';
        const int digits = scan_digits(parser, 10, 0, &value->integer);
        const unsigned char *const after = parser->at;
        if (scan_fraction(parser))
            value->kind = LITERAL_FLOAT;
        if (digits == 0 && parser->at - after < 2)
            return 0;
        if ((literal_peek(parser) | 0x20) == 'j') {
            parser->at++;
            value->kind = LITERAL_COMPLEX;
        }
        if (value->kind == LITERAL_INTEGER && leading_zero && value->integer != 0)
            return 0;
    }
    skip_python2_suffix(parser);
    return parser->at == parser->end || !literal_is_identifier(*parser->at);
}
