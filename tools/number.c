#include "tools/number.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static const char *skip_sign(const char *text)
{
    return *text == '+' || *text == '-' ? text + 1 : text;
}

static const char *skip_digits(const char *text)
{
    while (*text >= '0' && *text <= '9')
        text++;
    return text;
}

/* The end of the float at `text`; `text` itself if there is none. strtod alone would take white
 * space, hexadecimal floats and nan(words). */
static const char *float_end(const char *text)
{
    static const char *const words[] = {"infinity", "inf", "nan"};
    const char *const start = skip_sign(text);
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (strncasecmp(start, words[i], strlen(words[i])) == 0)
            return start + strlen(words[i]);
    const char *end = skip_digits(start);
    size_t digits = (size_t)(end - start);
    if (*end == '.') {
        const char *const fraction = end + 1;
        end = skip_digits(fraction);
        digits += (size_t)(end - fraction);
    }
    if (digits == 0)
        return text;
    if (*end == 'e' || *end == 'E') {
        const char *const exponent = skip_sign(end + 1);
        const char *const after = skip_digits(exponent);
        end = after > exponent ? after : end;
    }
    return end;
}

static int parse_word(const char *text, clw_scalar *value)
{
    static const char *const words[] = {"False", "True", "false", "true"};
    for (int i = 0; i < 4; i++)
        if (strcmp(text, words[i]) == 0) {
            value->kind = CLW_SCALAR_BOOL;
            value->value.i = i & 1;
            return 1;
        }
    return 0;
}

static int integer_base(const char *digits)
{
    if (digits[0] == '0' && (digits[1] == 'x' || digits[1] == 'X'))
        return 16;
    return 10;
}

static enum number_kind parse_integer(const char *text, clw_scalar *value)
{
    const char *digits = skip_sign(text);
    const int base = integer_base(digits);
    const char *const legal = base == 16 ? "0123456789abcdefABCDEF" : "0123456789";
    digits += base == 16 ? 2 : 0;
    if (*digits == '\0' || digits[strspn(digits, legal)] != '\0')
        return NUMBER_NONE;
    errno = 0;
    const unsigned long long magnitude = strtoull(digits, NULL, base);
    const int negative = *text == '-';
    if (errno == ERANGE || (negative && magnitude > (uint64_t)INT64_MAX + 1))
        return NUMBER_LARGE;
    value->kind = CLW_SCALAR_INT;
    if (negative)
        value->value.i = magnitude > INT64_MAX ? INT64_MIN : -(int64_t)magnitude;
    else if (magnitude <= INT64_MAX)
        value->value.i = (int64_t)magnitude;
    else {
        value->kind = CLW_SCALAR_UINT;
        value->value.u = magnitude;
    }
    return NUMBER_GOOD;
}

/* "2j", "1+2j", "-inf-nanj". */
static int parse_complex(const char *text, clw_scalar *value)
{
    const char *const middle = float_end(text);
    if (middle == text)
        return 0;
    if (strcasecmp(middle, "j") == 0) {
        value->value.c[0] = 0;
        value->value.c[1] = strtod(text, NULL);
    } else {
        const char *const end = float_end(middle);
        if (skip_sign(middle) == middle || end == middle || strcasecmp(end, "j") != 0)
            return 0;
        value->value.c[0] = strtod(text, NULL);
        value->value.c[1] = strtod(middle, NULL);
    }
    value->kind = CLW_SCALAR_COMPLEX;
    return 1;
}

enum number_kind number_parse(const char *text, clw_scalar *value)
{
    memset(value, 0, sizeof *value);
    if (parse_word(text, value))
        return NUMBER_GOOD;
    const enum number_kind integer = parse_integer(text, value);
    if (integer != NUMBER_NONE)
        return integer;
    const char *const end = float_end(text);
    if (end > text && *end == '\0') {
        value->kind = CLW_SCALAR_FLOAT;
        value->value.f = strtod(text, NULL);
        return NUMBER_GOOD;
    }
    return parse_complex(text, value) ? NUMBER_GOOD : NUMBER_NONE;
}
