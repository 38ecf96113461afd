#include <string.h>

#include "runtime/ops/opfile_parser.h"

static clw_status add_call(struct opfile *parser, struct words *words)
{
    struct calls *calls = &parser->draft.calls;
    struct called *call = &calls->call[calls->count];
    if (calls->count == OP_MAX_CALLS)
        return opfile_fail(parser, "%s calls more than %d ops", parser->op->name, OP_MAX_CALLS);
    const clw_status status = opfile_name(parser, words, "the name of an op", call->name);
    if (status)
        return status;
    for (int i = 0; i < calls->count; i++)
        if (strcmp(calls->call[i].name, call->name) == 0)
            return opfile_fail(parser, "'%s' is called twice", call->name);
    call->line = parser->line;
    call->is_t = 1;
    calls->count++;
    return CLW_OK;
}

static int ends_names(struct word word)
{
    return word.length == 0 || word_is(word, "of") || word_is(word, "for");
}

clw_status opfile_call(struct opfile *parser, struct words *words)
{
    struct calls *calls = &parser->draft.calls;
    const int first = calls->count;
    struct called how = {.is_t = 1};
    unsigned dtypes = 0;
    clw_status status;
    do
        status = add_call(parser, words);
    while (!status && !ends_names(words_peek(words)));
    if (!status && words_take(words, "of"))
        status = opfile_type(parser, words, &how.is_t, &how.is_t_real, &how.dtype);
    if (!status)
        status = opfile_classes(parser, words, "for", &dtypes);
    for (int i = first; i < calls->count; i++) {
        calls->call[i].dtypes = (uint16_t)(dtypes ? dtypes : ~0u);
        calls->call[i].is_t = how.is_t;
        calls->call[i].is_t_real = how.is_t_real;
        calls->call[i].dtype = how.dtype;
    }
    return status ? status : opfile_end(parser, words);
}
