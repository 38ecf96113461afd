/* Lines of requests, taken apart. They come out of files: nothing in them is believed. */
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/plan/request_line.h"

enum { SHOWN = 60 }; /* bytes of a word in a message */

/* A word "KEY=VALUE" that is being read. */
struct reader {
    struct read_request *read;
    const char *word, *at; /* the whole, for messages; what is next */
    clw_error *error;
};

static clw_status refuse(struct reader *reader, const char *why)
{
    return fail(reader->error, CLW_ERROR_SYNTAX, "request '%.*s': %s", SHOWN, reader->word, why);
}

/* ---- pieces ---- */

static int take(struct reader *reader, char c)
{
    const int is_there = *reader->at == c;
    reader->at += is_there;
    return is_there;
}

static int read_integer(struct reader *reader, int64_t *value)
{
    char *end;
    if (*reader->at != '-' && (*reader->at < '0' || *reader->at > '9'))
        return 0;
    errno = 0;
    *value = strtoll(reader->at, &end, 10);
    const int is_read = end > reader->at && !errno;
    reader->at = end;
    return is_read;
}

/* The bits of a float, 16 digits. */
static int read_float(struct reader *reader, double *value)
{
    char *end;
    if (strspn(reader->at, "0123456789abcdef") != 16)
        return 0;
    const uint64_t bits = strtoull(reader->at, &end, 16);
    memcpy(value, &bits, sizeof bits);
    reader->at = end;
    return 1;
}

static int read_unsigned(struct reader *reader, uint64_t *value)
{
    char *end;
    if (*reader->at < '0' || *reader->at > '9')
        return 0;
    errno = 0;
    *value = strtoull(reader->at, &end, 10);
    reader->at = end;
    return !errno;
}

/* "[1,2,3]"; the count, or -1. */
static int read_numbers(struct reader *reader, const char *around, int64_t *numbers)
{
    int count = 0;
    if (!take(reader, around[0]))
        return -1;
    if (take(reader, around[1]))
        return 0;
    do
        if (count == CLW_MAX_NDIM || !read_integer(reader, &numbers[count++]))
            return -1;
    while (take(reader, ','));
    return take(reader, around[1]) ? count : -1;
}

static clw_dtype read_dtype(struct reader *reader)
{
    const size_t length = strspn(reader->at, "abcdefghijklmnopqrstuvwxyz0123456789");
    const clw_dtype dtype = dtype_find(reader->at, length);
    reader->at += length;
    return dtype;
}

/* ---- operands ---- */

static clw_status check_array(struct reader *reader, const struct operand *operand,
                              const struct layout *layout)
{
    int64_t count, low, high;
    const size_t size = (size_t)dtype_table[operand->type.dtype].size;
    const int alignment = operand->alignment;
    if (alignment < 1 || alignment > 16 || (alignment & (alignment - 1)))
        return refuse(reader, "the alignment is none of 1, 2, 4, 8, 16");
    const clw_status status =
        layout_check(layout->ndim, layout->shape, size, &count, reader->error);
    return status ? status : layout_extent(layout, size, &low, &high, reader->error);
}

static clw_status read_array(struct reader *reader, struct operand *operand)
{
    struct layout *layout = &reader->read->layouts[reader->read->nlayouts++];
    int64_t alignment = 0;
    operand->type.dtype = read_dtype(reader);
    if (operand->type.dtype == CLW_DTYPE_COUNT)
        return refuse(reader, "there is no dtype or kind of scalar called so");
    layout->ndim = read_numbers(reader, "[]", layout->shape);
    if (layout->ndim < 0 || read_numbers(reader, "{}", layout->strides) != layout->ndim)
        return refuse(reader, "a shape and as many strides were expected, as in f32[2,3]{12,4}@16");
    if (!take(reader, '@') || !read_integer(reader, &alignment) || *reader->at)
        return refuse(reader, "an alignment was expected at the end, as in f32[2,3]{12,4}@16");
    operand->type.ndim = layout->ndim;
    operand->type.scalar.kind = CLW_SCALAR_NONE;
    operand->shape = layout->shape;
    operand->strides = layout->strides;
    operand->alignment = alignment < 1 || alignment > 16 ? 0 : (int)alignment;
    return check_array(reader, operand, layout);
}

static const struct kind_name {
    const char *name;
    clw_scalar_kind kind;
} kinds[] = {{"bool:", CLW_SCALAR_BOOL},
             {"int:", CLW_SCALAR_INT},
             {"uint:", CLW_SCALAR_UINT},
             {"float:", CLW_SCALAR_FLOAT},
             {"complex:", CLW_SCALAR_COMPLEX}};

static int read_value(struct reader *reader, clw_scalar *scalar)
{
    switch (scalar->kind) {
    case CLW_SCALAR_BOOL:
        return read_integer(reader, &scalar->value.i) && (uint64_t)scalar->value.i <= 1;
    case CLW_SCALAR_INT:
        return read_integer(reader, &scalar->value.i);
    case CLW_SCALAR_UINT:
        return read_unsigned(reader, &scalar->value.u);
    case CLW_SCALAR_FLOAT:
        return read_float(reader, &scalar->value.f);
    case CLW_SCALAR_COMPLEX:
        return read_float(reader, &scalar->value.c[0]) && take(reader, ',') &&
               read_float(reader, &scalar->value.c[1]);
    case CLW_SCALAR_NONE:
        break;
    }
    return 0;
}

/* *found 0: it is no scalar. */
static clw_status read_scalar(struct reader *reader, clw_scalar *scalar, int *found)
{
    *found = 0;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        const size_t length = strlen(kinds[i].name);
        if (strncmp(reader->at, kinds[i].name, length) != 0)
            continue;
        *found = 1;
        reader->at += length;
        scalar->kind = kinds[i].kind;
        if (!read_value(reader, scalar) || *reader->at)
            return refuse(reader, "the value is none of a scalar of that kind");
        return CLW_OK;
    }
    return CLW_OK;
}

static clw_status read_in(struct reader *reader)
{
    int is_scalar;
    if (reader->read->nin == OP_MAX_INPUTS)
        return refuse(reader, "a kernel has at most 16 inputs");
    struct operand *operand = &reader->read->in[reader->read->nin++];
    *operand = (struct operand){.type = {.dtype = CLW_DTYPE_COUNT}, .alignment = 1};
    const clw_status status = read_scalar(reader, &operand->type.scalar, &is_scalar);
    return status || is_scalar ? status : read_array(reader, operand);
}

static clw_status read_out(struct reader *reader)
{
    if (reader->read->nout == OP_MAX_OUTPUTS)
        return refuse(reader, "an op has at most 4 outputs");
    struct operand *operand = &reader->read->out[reader->read->nout++];
    *operand = (struct operand){.type = {.dtype = CLW_DTYPE_COUNT}, .alignment = 1};
    return strcmp(reader->at, "new") == 0 ? CLW_OK : read_array(reader, operand);
}

static clw_status read_mask(struct reader *reader)
{
    if (reader->read->request.mask)
        return refuse(reader, "there is a mask already");
    const clw_status status = read_array(reader, &reader->read->mask);
    if (!status && reader->read->mask.type.dtype != CLW_BOOL)
        return refuse(reader, "a mask is of dtype bool");
    reader->read->request.mask = &reader->read->mask;
    return status;
}

/* ---- options ---- */

static int is_word(const struct reader *reader, const char *word)
{
    return strcmp(reader->at, word) == 0;
}

static clw_status read_rule(struct reader *reader)
{
    if (!is_word(reader, "numpy") && !is_word(reader, "torch"))
        return refuse(reader, "a rule is numpy or torch");
    reader->read->request.promotion.rule =
        is_word(reader, "torch") ? CLW_PROMOTION_TORCH : CLW_PROMOTION_NUMPY;
    return CLW_OK;
}

static clw_status read_fp64(struct reader *reader)
{
    if (!is_word(reader, "strict") && !is_word(reader, "demote"))
        return refuse(reader, "a policy is strict or demote");
    reader->read->request.fp64 = is_word(reader, "demote") ? CLW_FP64_DEMOTE : CLW_FP64_STRICT;
    return CLW_OK;
}

static clw_status read_forced(struct reader *reader)
{
    struct promotion *promotion = &reader->read->request.promotion;
    promotion->has_dtype = 1;
    promotion->dtype = read_dtype(reader);
    return promotion->dtype == CLW_DTYPE_COUNT || *reader->at
               ? refuse(reader, "there is no dtype called so")
               : CLW_OK;
}

static clw_status read_casting(struct reader *reader)
{
    struct request *request = &reader->read->request;
    int casting = CLW_CASTING_NO;
    while (casting <= CLW_CASTING_UNSAFE && !is_word(reader, casting_name((clw_casting)casting)))
        casting++;
    if (casting > CLW_CASTING_UNSAFE)
        return refuse(reader, "a casting is no, equiv, safe, same_kind or unsafe");
    request->casting = request->promotion.casting = (clw_casting)casting;
    return CLW_OK;
}

static clw_status read_origin(struct reader *reader)
{
    return read_integer(reader, &reader->read->request.origin) && !*reader->at
               ? CLW_OK
               : refuse(reader, "an integer was expected");
}

static clw_status read_param(struct reader *reader)
{
    struct request *request = &reader->read->request;
    char *const end = strchr(reader->at, ':');
    int is_scalar = 0;
    if (!end || request->nparams == OP_MAX_KERNEL_PARAMS)
        return refuse(reader, end ? "there are too many parameters" : "NAME:SCALAR was expected");
    clw_param *param = &reader->read->params[request->nparams++];
    param->name = reader->at;
    reader->at = end + 1;
    const clw_status status = read_scalar(reader, &param->value, &is_scalar);
    if (!status && !is_scalar)
        return refuse(reader, "NAME:SCALAR was expected, as in alpha:int:3");
    *end = '\0';
    return status;
}

/* ---- the op ---- */

static int hex_digit(char c)
{
    const char *const digits = "0123456789abcdef", *const at = c ? strchr(digits, c) : NULL;
    return at ? (int)(at - digits) : -1;
}

/* In place: it becomes shorter. */
static int unescape(char *words)
{
    char *to = words;
    for (const char *from = words; *from; from++) {
        if (*from != '%') {
            *to++ = *from;
            continue;
        }
        const int high = hex_digit(from[1]), low = high < 0 ? -1 : hex_digit(from[2]);
        if (low < 0 || high + low == 0)
            return 0;
        *to++ = (char)(unsigned char)(16 * high + low);
        from += 2;
    }
    *to = '\0';
    return 1;
}

static clw_status read_op(struct reader *reader)
{
    if (reader->read->op || reader->read->expression)
        return refuse(reader, "there is an op already");
    if (!op_name_is_valid(reader->at))
        return refuse(reader, "that is no name of an op");
    reader->read->op = reader->at;
    return CLW_OK;
}

static clw_status read_expression(struct reader *reader)
{
    if (reader->read->op || reader->read->expression)
        return refuse(reader, "there is an op already");
    if (!unescape((char *)(uintptr_t)reader->at))
        return refuse(reader, "% stands before two hexadecimal digits, not both 0");
    reader->read->expression = reader->at;
    return CLW_OK;
}

/* ---- lines ---- */

static const struct word {
    const char *key;
    clw_status (*read)(struct reader *reader);
} words[] = {{"op=", read_op},           {"expression=", read_expression},
             {"rule=", read_rule},       {"fp64=", read_fp64},
             {"in=", read_in},           {"out=", read_out},
             {"mask=", read_mask},       {"dtype=", read_forced},
             {"casting=", read_casting}, {"origin=", read_origin},
             {"param=", read_param}};

static clw_status read_word(struct reader *reader)
{
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        const size_t length = strlen(words[i].key);
        if (strncmp(reader->word, words[i].key, length) == 0) {
            reader->at = reader->word + length;
            return words[i].read(reader);
        }
    }
    return refuse(reader, "that is no word of a request");
}

clw_status request_read(char *line, struct read_request *read, clw_error *error)
{
    struct reader reader = {.read = read, .error = error};
    char *rest = NULL;
    *read = (struct read_request){.nin = 0};
    read->request.in = read->in;
    read->request.out = read->out;
    read->request.params = read->params;
    const char *version = strtok_r(line, " ", &rest);
    if (!version || strcmp(version, "1") != 0)
        return fail(error, CLW_ERROR_SYNTAX,
                    "request '%.*s': its format is not 1, the only one that is known", SHOWN,
                    version ? version : "");
    clw_status status = CLW_OK;
    while (!status && (reader.word = strtok_r(NULL, " ", &rest)) != NULL)
        status = read_word(&reader);
    if (!status && !read->op && !read->expression)
        return fail(error, CLW_ERROR_SYNTAX, "request: neither op= nor expression= is there");
    return status;
}
