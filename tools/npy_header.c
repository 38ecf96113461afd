#include "tools/npy_header.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tools/host_array.h"
#include "tools/literal.h"
#include "tools/npy_descr.h"
#include "tools/report.h"

const unsigned char npy_magic[6] = {0x93, 'N', 'U', 'M', 'P', 'Y'};

enum { MAX_UTF8_BYTES = 4, SHOWN_BYTES = 80, GROWTH_DIGITS = 21, ALIGNMENT = 64 };

/* The value of one key, as far as it was found. */
struct entries {
    struct literal descr, fortran_order, shape;
    int found; /* a bit for each key */
};

/* The words of a literal, for messages. */
static int shown_length(const unsigned char *start, const unsigned char *end)
{
    const ptrdiff_t length = end - start;
    return length < SHOWN_BYTES ? (int)length : SHOWN_BYTES;
}

#define SHOWN(value) shown_length((value).start, (value).end), (const char *)(value).start

/* How many characters the bytes hold; -1 if they are not UTF-8. */
static long utf8_length(const unsigned char *at, const unsigned char *end)
{
    static const struct {
        unsigned char low, high, second_low, second_high;
        int length;
    } forms[] = {
        {0x00, 0x7f, 0, 0, 1},       {0xc2, 0xdf, 0x80, 0xbf, 2}, {0xe0, 0xe0, 0xa0, 0xbf, 3},
        {0xe1, 0xec, 0x80, 0xbf, 3}, {0xed, 0xed, 0x80, 0x9f, 3}, {0xee, 0xef, 0x80, 0xbf, 3},
        {0xf0, 0xf0, 0x90, 0xbf, 4}, {0xf1, 0xf3, 0x80, 0xbf, 4}, {0xf4, 0xf4, 0x80, 0x8f, 4}};
    long count = 0;
    for (; at < end; count++) {
        size_t form = 0;
        while (form < sizeof forms / sizeof forms[0] &&
               (*at < forms[form].low || *at > forms[form].high))
            form++;
        if (form == sizeof forms / sizeof forms[0] || end - at < forms[form].length)
            return -1;
        const int length = forms[form].length;
        if (length > 1 && (at[1] < forms[form].second_low || at[1] > forms[form].second_high))
            return -1;
        for (int i = 2; i < length; i++)
            if ((at[i] & 0xc0) != 0x80)
                return -1;
        at += length;
    }
    return count;
}

static int parse_entry(struct literal_parser *parser, struct entries *entries)
{
    const struct {
        const char *name;
        struct literal *value;
    } keys[] = {{"descr", &entries->descr},
                {"fortran_order", &entries->fortran_order},
                {"shape", &entries->shape}};
    struct literal key;
    if (!literal_parse(parser, &key) || key.kind != LITERAL_STRING || !literal_take(parser, ':'))
        return 0;
    for (int i = 0; i < 3; i++)
        if (strcmp(key.text, keys[i].name) == 0) {
            entries->found |= 1 << i;
            return literal_parse(parser, keys[i].value);
        }
    return 0;
}

static int parse_dict(struct literal_parser *parser, struct entries *entries)
{
    int parentheses = 0;
    while (literal_open(parser, '('))
        parentheses++;
    if (!literal_open(parser, '{'))
        return 0;
    while (!literal_close(parser, '}')) {
        if (!parse_entry(parser, entries))
            return 0;
        if (literal_take(parser, ','))
            continue;
        if (!literal_close(parser, '}'))
            return 0;
        break;
    }
    while (parentheses > 0 && literal_close(parser, ')'))
        parentheses--;
    return parentheses == 0 && literal_at_end(parser);
}

static int take_descr(const struct literal *descr, struct npy_header *header, clw_error *error)
{
    header->dtype = descr->kind == LITERAL_STRING ? npy_descr_parse(descr->text, &header->swapped)
                                                  : CLW_DTYPE_COUNT;
    if (header->dtype == CLW_DTYPE_COUNT)
        return fail(error,
                    "elements of dtype %.*s cannot be read: clwise has bool, integers, "
                    "floats and complex numbers of standard sizes",
                    SHOWN(*descr));
    return DONE;
}

static int take_shape(const struct literal *shape, struct npy_header *header, clw_error *error)
{
    if (shape->kind != LITERAL_TUPLE || !shape->all_integers)
        return fail(error, "the header's shape %.*s is not a tuple of integers", SHOWN(*shape));
    if (shape->item_count > CLW_MAX_NDIM)
        return fail(error, "the shape has %d axes, more than the %d that clwise has",
                    shape->item_count, CLW_MAX_NDIM);
    header->ndim = shape->item_count;
    memcpy(header->shape, shape->items, (size_t)header->ndim * sizeof header->shape[0]);
    for (int axis = 0; axis < header->ndim; axis++)
        if (header->shape[axis] < 0)
            return fail(error, "the header's shape %.*s has a negative extent", SHOWN(*shape));
    if (!host_array_bytes(header->dtype, header->ndim, header->shape, &header->bytes))
        return fail(error, "shape %.*s of %s exceeds what can be addressed", SHOWN(*shape),
                    clw_dtype_name(header->dtype));
    return DONE;
}

static int parse_header(const unsigned char *bytes, size_t length, int python2,
                        struct npy_header *header, clw_error *error)
{
    struct literal_parser parser;
    struct entries entries = {.found = 0};
    const int shown = shown_length(bytes, bytes + length);
    if (!literal_begin(&parser, bytes, length, python2) || !parse_dict(&parser, &entries))
        return fail(error, "the header cannot be understood: %.*s", shown, (const char *)bytes);
    if (entries.found != 7)
        return fail(error, "the header lacks one of descr, fortran_order and shape: %.*s", shown,
                    (const char *)bytes);
    if (entries.fortran_order.kind != LITERAL_BOOL)
        return fail(error, "the header's fortran_order %.*s is neither True nor False",
                    SHOWN(entries.fortran_order));
    header->fortran_order = (int)entries.fortran_order.integer;
    const int status = take_descr(&entries.descr, header, error);
    return status == DONE ? take_shape(&entries.shape, header, error) : status;
}

static int read_exactly(struct input *input, void *bytes, size_t count, clw_error *error)
{
    size_t got;
    const int status = input_read(input, bytes, count, &got, error);
    if (status == DONE && got < count)
        return fail(error, "is truncated: it ends within the header, after %" PRIu64 " bytes",
                    input->position);
    return status;
}

static int read_length(struct input *input, int version, size_t *length, clw_error *error)
{
    unsigned char bytes[4] = {0};
    const int status = read_exactly(input, bytes, version == 1 ? 2 : 4, error);
    *length = bytes[0] | (size_t)bytes[1] << 8 | (size_t)bytes[2] << 16 | (size_t)bytes[3] << 24;
    if (status == DONE && *length > (version == 3 ? MAX_UTF8_BYTES : 1) * (size_t)NPY_MAX_HEADER)
        return fail(error, "a header of %zu bytes is longer than the %d allowed", *length,
                    NPY_MAX_HEADER);
    return status;
}

int npy_header_read(struct input *input, struct npy_header *header, clw_error *error)
{
    unsigned char start[sizeof npy_magic + 2];
    size_t length;
    memset(header, 0, sizeof *header);
    int status = read_exactly(input, start, sizeof start, error);
    if (status != DONE)
        return status;
    if (memcmp(start, npy_magic, sizeof npy_magic) != 0)
        return fail(error, "is not an .npy file");
    const int version = start[sizeof npy_magic];
    if (version < 1 || version > 3 || start[sizeof npy_magic + 1] != 0)
        return fail(error,
                    "version %d.%d of the .npy format is unknown; 1.0, 2.0 and 3.0 can be "
                    "read",
                    version, start[sizeof npy_magic + 1]);
    status = read_length(input, version, &length, error);
    if (status != DONE)
        return status;
    unsigned char *const bytes = malloc(length + 1);
    if (!bytes)
        return fail(error, "no memory for %zu bytes", length + 1);
    status = read_exactly(input, bytes, length, error);
    if (status == DONE && version == 3) {
        const long characters = utf8_length(bytes, bytes + length);
        if (characters < 0)
            status = fail(error, "the header is not UTF-8, as version 3.0 asks for");
        else if (characters > NPY_MAX_HEADER)
            status = fail(error, "a header of %ld characters is longer than the %d allowed",
                          characters, NPY_MAX_HEADER);
    }
    if (status == DONE)
        status = parse_header(bytes, length, version < 3, header, error);
    free(bytes);
    return status;
}

size_t npy_header_write(clw_dtype dtype, int ndim, const int64_t *shape, int fortran_order,
                        char *bytes)
{
    const size_t prefix = sizeof npy_magic + 4;
    char words[SHAPE_TEXT_BYTES];
    char *const text = bytes + prefix;
    int length =
        snprintf(text, NPY_HEADER_ROOM - prefix,
                 "{'descr': '%s', 'fortran_order': %s, 'shape': %s, }", npy_descr(dtype),
                 fortran_order ? "True" : "False", shape_text(ndim, shape, words, sizeof words));
    if (ndim > 0) {
        const int digits =
            snprintf(words, sizeof words, "%" PRId64, shape[fortran_order ? ndim - 1 : 0]);
        length += snprintf(text + length, NPY_HEADER_ROOM - prefix - (size_t)length, "%*s",
                           GROWTH_DIGITS - digits, "");
    }
    const size_t unpadded = prefix + (size_t)length + 1;
    const size_t total = (unpadded / ALIGNMENT + 1) * ALIGNMENT;
    memset(text + length, ' ', total - unpadded);
    bytes[total - 1] = '\n';
    memcpy(bytes, npy_magic, sizeof npy_magic);
    memcpy(bytes + sizeof npy_magic, (const char[]){1, 0}, 2);
    bytes[prefix - 2] = (char)((total - prefix) & 0xff);
    bytes[prefix - 1] = (char)((total - prefix) >> 8);
    return total;
}
