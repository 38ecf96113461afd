#include "tools/print.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tools/element_text.h"
#include "tools/host_array.h"
#include "tools/report.h"

void print_words(const char *words)
{
    for (; *words; words++)
        putchar((unsigned char)*words < ' ' || *words == 0x7f ? '?' : *words);
}

void print_size(uint64_t bytes)
{
    static const char *const units[] = {"bytes", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};
    double value = (double)bytes;
    int unit = 0;
    for (; value >= 1024; unit++)
        value /= 1024;
    printf("%.*f %s", unit > 0, value, units[unit]);
}

json_t *json_words(const char *words)
{
    json_t *const value = json_string(words);
    if (value)
        return value;
    char *const copy = strdup(words);
    for (char *at = copy; at && *at; at++)
        if ((unsigned char)*at >= 0x80)
            *at = '?';
    json_t *const plain = copy ? json_string(copy) : NULL;
    free(copy);
    return plain;
}

int print_json(json_t *value, clw_error *error)
{
    if (!value)
        return fail(error, "out of memory");
    const int failed = json_dumpf(value, stdout, JSON_INDENT(2));
    json_decref(value);
    putchar('\n');
    return failed ? fail(error, "standard output: cannot be written") : DONE;
}

/* How many axes begin, or end, at this element: brackets to print. */
static int brackets(const struct elements *elements, int64_t index)
{
    int count = 0;
    int64_t extent = 1;
    for (int axis = elements->ndim - 1; axis >= 0; axis--, count++) {
        extent *= elements->shape[axis];
        if (index % extent != 0)
            break;
    }
    return count;
}

static void print_repeated(char byte, int count)
{
    while (count-- > 0)
        putchar(byte);
}

static void print_nested(const struct elements *elements, const unsigned char *bytes)
{
    const int64_t count = elements_count(elements);
    const size_t size = clw_dtype_size(elements->dtype);
    for (int64_t i = 0; i < count; i++) {
        const int opened = brackets(elements, i);
        if (i > 0 && opened > 0)
            printf(",\n%*s", elements->ndim - opened, "");
        else if (i > 0)
            printf(", ");
        print_repeated('[', opened);
        char words[ELEMENT_TEXT_BYTES];
        element_text(elements->dtype, bytes + (size_t)i * size, words);
        fputs(words, stdout);
        print_repeated(']', brackets(elements, i + 1));
    }
    if (count == 0)
        printf("[]");
    printf("\n");
}

int print_check(const char *name, const struct elements *elements, clw_error *error)
{
    char shape[SHAPE_TEXT_BYTES];
    if (elements_count(elements) <= PRINT_MAX_ELEMENTS)
        return DONE;
    return fail(error, "%s of shape %s is too large to print; -o FILE writes it", name,
                shape_text(elements->ndim, elements->shape, shape, sizeof shape));
}

int print_elements(const char *name, const struct elements *elements, clw_error *error)
{
    const int64_t count = elements_count(elements);
    char shape[SHAPE_TEXT_BYTES];
    shape_text(elements->ndim, elements->shape, shape, sizeof shape);
    if (print_check(name, elements, error) != DONE)
        return FAILED;
    unsigned char *const bytes = host_memory((size_t)count * clw_dtype_size(elements->dtype));
    if (!bytes)
        return fail(error, "out of memory");
    const int status = elements->read(elements->data, 0, count, bytes, error);
    if (status == DONE) {
        printf("%s  %s %s\n", name, clw_dtype_name(elements->dtype), shape);
        print_nested(elements, bytes);
    }
    free(bytes);
    return status;
}
