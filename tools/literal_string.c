#include "tools/literal_string.h"

#include <stdint.h>
#include <string.h>

#include "tools/literal.h"

struct prefix {
    int length, raw, bytes;
};

/* The letters before a quote; length -1 if there is no quote. */
static struct prefix read_prefix(const unsigned char *at, const unsigned char *end)
{
    struct prefix prefix = {0, 0, 0};
    int unicode = 0;
    for (; at < end && prefix.length < 3; at++, prefix.length++) {
        const int letter = *at | 0x20;
        if (*at == '\'' || *at == '"')
            return prefix;
        if (letter == 'r' && !prefix.raw && !unicode)
            prefix.raw = 1;
        else if (letter == 'b' && !prefix.bytes && !unicode)
            prefix.bytes = 1;
        else if (letter == 'u' && prefix.length == 0)
            unicode = 1;
        else
            break;
    }
    prefix.length = -1;
    return prefix;
}

int literal_string_begins(const unsigned char *at, const unsigned char *end)
{
    return read_prefix(at, end).length >= 0;
}

/* NUL and what is not ASCII are in no word that a header may hold: one stand-in serves for all. */
static void add(struct literal_string *string, uint32_t code_point)
{
    if (string->length < LITERAL_TEXT_BYTES - 1) {
        string->text[string->length] =
            (char)(code_point > 0 && code_point < 0x80 ? code_point : 0x7f);
        string->text[string->length + 1] = '\0';
    } else {
        string->text[0] = '\0';
    }
    string->length++;
}

static int hex_digit(int byte)
{
    static const char digits[] = "0123456789abcdef";
    const char *const found = memchr(digits, byte >= 'A' && byte <= 'F' ? byte | 0x20 : byte, 16);
    return found ? (int)(found - digits) : -1;
}

static int add_hex(struct literal_string *string, int count)
{
    uint32_t code_point = 0;
    if (string->end - string->at < count)
        return 0;
    for (int i = 0; i < count; i++) {
        const int digit = hex_digit(*string->at++);
        if (digit < 0)
            return 0;
        code_point = code_point * 16 + (uint32_t)digit;
    }
    add(string, code_point);
    return code_point <= 0x10ffff;
}

static void add_octal(struct literal_string *string)
{
    uint32_t code_point = 0;
    for (int i = 0; i < 3 && string->at < string->end; i++, string->at++) {
        if (*string->at < '0' || *string->at > '7')
            break;
        code_point = code_point * 8 + (uint32_t)(*string->at - '0');
    }
    add(string, code_point);
}

static int add_simple_escape(struct literal_string *string)
{
    static const char letters[] = "\\'\"abfnrtv";
    static const char meanings[] = "\\'\"\a\b\f\n\r\t\v";
    const char *const found = memchr(letters, *string->at, sizeof letters - 1);
    if (!found)
        return 0;
    add(string, (uint32_t)meanings[found - letters]);
    string->at++;
    return 1;
}

static int skip_line_break(struct literal_string *string)
{
    const unsigned char *const start = string->at;
    if (string->at < string->end && *string->at == '\r')
        string->at++;
    if (string->at < string->end && *string->at == '\n')
        string->at++;
    return string->at != start;
}

/* What follows a backslash. \N{name} would need the names of all of Unicode: refused. */
static int parse_escape(struct literal_string *string, int bytes)
{
    static const struct {
        char letter;
        int digits, in_bytes;
    } escapes[] = {{'x', 2, 1}, {'u', 4, 0}, {'U', 8, 0}};
    if (string->at == string->end)
        return 0;
    if (skip_line_break(string) || add_simple_escape(string))
        return 1;
    for (size_t i = 0; i < sizeof escapes / sizeof escapes[0]; i++)
        if (*string->at == escapes[i].letter && (escapes[i].in_bytes || !bytes)) {
            string->at++;
            return add_hex(string, escapes[i].digits);
        }
    if (*string->at >= '0' && *string->at <= '7') {
        add_octal(string);
        return 1;
    }
    add(string, '\\');
    return *string->at != 'N' || bytes;
}

static int parse_raw_escape(struct literal_string *string)
{
    if (string->at == string->end)
        return 0;
    add(string, '\\');
    if (!skip_line_break(string))
        string->at++;
    add(string, string->at[-1]);
    return 1;
}

static int at_closing_quote(const struct literal_string *string, int quote, int width)
{
    if (string->end - string->at < width)
        return 0;
    for (int i = 0; i < width; i++)
        if (string->at[i] != quote)
            return 0;
    return 1;
}

int literal_string_parse(struct literal_string *string)
{
    const struct prefix prefix = read_prefix(string->at, string->end);
    if (string->piece_count++ > 0 && prefix.bytes != string->is_bytes)
        return 0;
    string->is_bytes = prefix.bytes;
    string->at += prefix.length;
    const int quote = *string->at;
    const int width = at_closing_quote(string, quote, 3) ? 3 : 1;
    string->at += width;
    while (!at_closing_quote(string, quote, width)) {
        if (string->at == string->end)
            return 0;
        const int byte = *string->at;
        if (width == 1 && (byte == '\n' || byte == '\r'))
            return 0;
        if (prefix.bytes && byte >= 0x80)
            return 0;
        string->at++;
        if (byte != '\\')
            add(string, (uint32_t)byte);
        else if (!(prefix.raw ? parse_raw_escape(string) : parse_escape(string, prefix.bytes)))
            return 0;
    }
    string->at += width;
    return 1;
}
