#include "runtime/ops/expression_number.h"

#include <locale.h>
#include <stdlib.h>

enum { NUMBER_MAX_LENGTH = 2000 }; /* more than any double needs to be written exactly */

static int digit_value(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : 99;
}

static int continues_name(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

/* Digits with single underscores between them; `underscore`: one may stand first. */
static const char *skip_digits(const char *at, int base, int underscore)
{
    for (;;) {
        if (digit_value(*at) < base)
            at++;
        else if (underscore && *at == '_' && digit_value(at[1]) < base)
            at += 2;
        else
            return at;
        underscore = 1;
    }
}

static struct number problem_at(struct number number, const char *text, const char *at,
                                const char *problem)
{
    number.length = (size_t)(at - text);
    number.status = CLW_ERROR_SYNTAX;
    number.problem = problem;
    return number;
}

static struct number integer_value(const char *text, const char *digits, const char *end, int base)
{
    struct number number = {.length = (size_t)(end - text)};
    uint64_t value = 0;
    for (const char *at = digits; at < end; at++) {
        if (*at == '_')
            continue;
        const unsigned digit = (unsigned)digit_value(*at);
        if (value > (UINT64_MAX - digit) / (unsigned)base)
            return problem_at(number, text, text, "an integer above 2**64 - 1 has no dtype");
        value = value * (unsigned)base + digit;
    }
    number.value.kind = value > INT64_MAX ? CLW_SCALAR_UINT : CLW_SCALAR_INT;
    if (value > INT64_MAX)
        number.value.value.u = value;
    else
        number.value.value.i = (int64_t)value;
    return number;
}

/* strtod reads "2,5" in some locales, and setlocale would change it for the whole process: a locale
 * object of its own is neither seen nor changed by anybody else. */
static int decimal_value(const char *digits, double *value)
{
    locale_t locale = newlocale(LC_ALL_MASK, "C", (locale_t)0);
    if (!locale)
        return 0;
    *value = strtod_l(digits, NULL, locale);
    freelocale(locale);
    return 1;
}

static struct number float_value(const char *text, const char *end, int imaginary)
{
    struct number number = {.length = (size_t)(end - text)};
    char digits[NUMBER_MAX_LENGTH + 1];
    size_t count = 0;
    for (const char *at = text; at < end && count < NUMBER_MAX_LENGTH; at++)
        if (*at != '_')
            digits[count++] = *at;
    digits[count] = '\0';
    double value;
    if (!decimal_value(digits, &value)) {
        number.status = CLW_ERROR_MEMORY;
        number.problem = "out of host memory";
    } else if (imaginary) {
        number.value.kind = CLW_SCALAR_COMPLEX;
        number.value.value.c[0] = 0;
        number.value.value.c[1] = value;
        number.length++;
    } else {
        number.value.kind = CLW_SCALAR_FLOAT;
        number.value.value.f = value;
    }
    return number;
}

static const char *skip_exponent(const char *at)
{
    if (*at != 'e' && *at != 'E')
        return at;
    const char *digits = at[1] == '+' || at[1] == '-' ? at + 2 : at + 1;
    return digit_value(*digits) < 10 ? skip_digits(digits, 10, 0) : at;
}

static struct number decimal_parse(const char *text)
{
    const char *whole = skip_digits(text, 10, 0);
    const char *fraction = *whole == '.' ? skip_digits(whole + 1, 10, 0) : whole;
    const char *end = skip_exponent(fraction);
    const int imaginary = *end == 'j' || *end == 'J';
    if (end - text > NUMBER_MAX_LENGTH)
        return problem_at((struct number){0}, text, text, "a number of more than 2000 characters");
    if (imaginary || end > whole)
        return float_value(text, end, imaginary);
    const char *digits = text;
    while (*digits == '0' || *digits == '_')
        digits++;
    if (digits > text && digits < end)
        return problem_at((struct number){0}, text, text,
                          "an integer does not begin with 0; octal is written 0o17");
    return integer_value(text, text, end, 10);
}

static int base_of(const char *text)
{
    static const char letters[] = "xXoObB";
    static const int bases[] = {16, 16, 8, 8, 2, 2};
    for (int i = 0; text[0] == '0' && letters[i]; i++)
        if (text[1] == letters[i])
            return bases[i];
    return 10;
}

struct number number_parse(const char *text)
{
    const int base = base_of(text);
    struct number number;
    if (base == 10) {
        number = decimal_parse(text);
    } else {
        const char *end = skip_digits(text + 2, base, 1);
        if (end == text + 2)
            return problem_at((struct number){0}, text, end, "expected a digit");
        number = integer_value(text, text + 2, end, base);
    }
    const char *end = text + number.length;
    if (!number.problem && (continues_name(*end) || *end == '.'))
        return problem_at(number, text, end, "expected an operator after the number");
    return number;
}
