#include <string.h>

#include "runtime/ops/opfile_parser.h"

/* A decimal number from -CLW_MAX_NDIM to CLW_MAX_NDIM - 1. */
static int parse_axis(struct word word, int *axis)
{
    const int is_negative = word.length > 0 && word.text[0] == '-';
    int value = 0;
    if (word.length == is_negative || word.length - is_negative > 3)
        return 0;
    for (int i = is_negative; i < word.length; i++) {
        if (word.text[i] < '0' || word.text[i] > '9')
            return 0;
        value = 10 * value + (word.text[i] - '0');
    }
    *axis = is_negative ? -value : value;
    return *axis < CLW_MAX_NDIM && *axis >= -CLW_MAX_NDIM && !(is_negative && value == 0);
}

static clw_status parse_place(const struct opfile *parser, struct words *words,
                              struct position *position)
{
    const struct word word = words_next(words);
    position->is_flat = word_is(word, "flat");
    if (!position->is_flat && !parse_axis(word, &position->axis))
        return opfile_expected(
            parser, "an axis, such as 0 for the first or -1 for the last, or flat", word);
    return opfile_end(parser, words);
}

clw_status opfile_index(struct opfile *parser, struct words *words)
{
    struct clw_op *op = parser->op;
    if (op->npositions == OP_MAX_POSITIONS)
        return opfile_fail(parser, "%s has more than %d lines 'index'", op->name, OP_MAX_POSITIONS);
    struct position *position = &op->positions[op->npositions];
    clw_status status = opfile_argument_name(parser, words, "an index's name", position->name);
    if (!status && opfile_is_argument(op, position->name))
        status = opfile_fail(parser, "%s has two arguments called '%s'", op->name, position->name);
    if (!status && !words_take(words, ":"))
        status = opfile_expected(parser, "':' and an axis or flat", words_peek(words));
    if (!status)
        status = parse_place(parser, words, position);
    op->npositions += !status;
    return status;
}
