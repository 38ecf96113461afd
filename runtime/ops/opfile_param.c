#include <math.h>
#include <string.h>

#include "runtime/ops/expression_number.h"
#include "runtime/ops/opfile_parser.h"

static const struct {
    const char *word;
    clw_scalar value;
} constants[] = {
    {"true", {CLW_SCALAR_BOOL, {1}}},
    {"false", {CLW_SCALAR_BOOL, {0}}},
    {"inf", {CLW_SCALAR_FLOAT, {.f = INFINITY}}},
    {"nan", {CLW_SCALAR_FLOAT, {.f = NAN}}},
};

static int constant_value(const char *text, clw_scalar *value)
{
    for (size_t i = 0; i < sizeof constants / sizeof *constants; i++)
        if (strcmp(text, constants[i].word) == 0) {
            *value = constants[i].value;
            return 1;
        }
    return 0;
}

static int negate(clw_scalar *value)
{
    switch (value->kind) {
    case CLW_SCALAR_INT:
        value->value.i = -value->value.i;
        return 1;
    case CLW_SCALAR_FLOAT:
        value->value.f = -value->value.f;
        return 1;
    case CLW_SCALAR_COMPLEX:
        value->value.c[0] = -value->value.c[0];
        value->value.c[1] = -value->value.c[1];
        return 1;
    default:
        return 0;
    }
}

static int parse_default(const char *text, clw_scalar *value)
{
    const int is_negative = *text == '-';
    const char *digits = text + is_negative;
    if (!constant_value(digits, value)) {
        const char first = *digits == '.' ? digits[1] : *digits;
        if (first < '0' || first > '9')
            return 0;
        const struct number number = number_parse(digits);
        if (number.problem || digits[number.length])
            return 0;
        *value = number.value;
    }
    return !is_negative || negate(value);
}

static enum dtype_kind scalar_dtype_kind(clw_scalar scalar)
{
    return scalar.kind == CLW_SCALAR_BOOL      ? KIND_BOOL
           : scalar.kind == CLW_SCALAR_FLOAT   ? KIND_FLOAT
           : scalar.kind == CLW_SCALAR_COMPLEX ? KIND_COMPLEX
                                               : KIND_INT;
}

static clw_status set_default(const struct opfile *parser, struct param *param, struct word text)
{
    if (text.length == 0 || (size_t)text.length >= sizeof param->default_text)
        return opfile_expected(parser, "a number of at most 63 characters", text);
    memcpy(param->default_text, text.text, (size_t)text.length);
    param->default_text[text.length] = '\0';
    if (!parse_default(param->default_text, &param->default_value))
        return opfile_expected(parser, "a number, inf, nan, true or false", text);
    if (param->is_t || param->is_t_real)
        return CLW_OK;
    if (scalar_dtype_kind(param->default_value) > dtype_table[param->dtype].kind ||
        !dtype_holds(param->dtype, param->default_value))
        return opfile_fail(parser, "%s is no %s", param->default_text,
                           dtype_table[param->dtype].name);
    return CLW_OK;
}

clw_status opfile_type(const struct opfile *parser, struct words *words, int *is_t, int *is_t_real,
                       clw_dtype *dtype)
{
    const struct word word = words_next(words);
    *is_t = word_is(word, "T");
    *is_t_real = word_is(word, "T.real");
    *dtype = dtype_find(word.text, (size_t)word.length);
    if (!*is_t && !*is_t_real && *dtype == CLW_DTYPE_COUNT)
        return opfile_expected(parser, "a dtype, T or T.real", word);
    return CLW_OK;
}

int opfile_is_argument(const struct clw_op *op, const char *name)
{
    for (int i = 0; i < op->npositions; i++)
        if (strcmp(op->positions[i].name, name) == 0)
            return 1;
    for (int i = 0; i < op->nin; i++)
        if (strcmp(op->in_name[i], name) == 0)
            return 1;
    for (int i = 0; i < op->nparams; i++)
        if (strcmp(op->params[i].name, name) == 0)
            return 1;
    return 0;
}

clw_status opfile_param(struct opfile *parser, struct words *words)
{
    struct clw_op *op = parser->op;
    if (op->nparams == OP_MAX_PARAMS)
        return opfile_fail(parser, "%s has more than %d parameters", op->name, OP_MAX_PARAMS);
    struct param *param = &op->params[op->nparams];
    clw_status status = opfile_argument_name(parser, words, "a parameter's name", param->name);
    if (!status && opfile_is_argument(op, param->name))
        status = opfile_fail(parser, "%s has two arguments called '%s'", op->name, param->name);
    if (!status && !words_take(words, ":"))
        status = opfile_expected(parser, "':' and a dtype, T or T.real", words_peek(words));
    if (!status)
        status = opfile_type(parser, words, &param->is_t, &param->is_t_real, &param->dtype);
    if (!status && !words_take(words, "="))
        status = opfile_expected(parser, "'=' and a default", words_peek(words));
    if (!status)
        status = set_default(parser, param, words_rest(words));
    op->nparams += !status;
    return status;
}
