#include <string.h>

#include "runtime/base/memory.h"
#include "runtime/ops/opfile_parser.h"

/* Whether an op of the file is called so, or the op in hand has the alias. */
static int is_taken(const struct opfile *parser, const char *name)
{
    for (int i = 0; i < parser->draft.aliases.count; i++)
        if (strcmp(parser->draft.aliases.name[i], name) == 0)
            return 1;
    for (int i = 0; i < parser->count; i++) {
        const struct clw_op *op = parser->ops[i];
        if (strcmp(op->name, name) == 0)
            return 1;
        for (int j = 0; j < op->naliases; j++)
            if (strcmp(op->aliases[j], name) == 0)
                return 1;
    }
    return 0;
}

clw_status opfile_aliases(struct opfile *parser, struct words *words)
{
    struct names *aliases = &parser->draft.aliases;
    do {
        char name[OP_NAME_SIZE];
        const clw_status status = opfile_name(parser, words, "an alias", name);
        if (status)
            return status;
        if (is_taken(parser, name))
            return opfile_fail(parser, "the file has two ops called '%s'", name);
        if (aliases->count == OPFILE_MAX_NAMES)
            return opfile_fail(parser, "more than %d names", OPFILE_MAX_NAMES);
        memcpy(aliases->name[aliases->count++], name, sizeof name);
    } while (words_peek(words).length);
    return CLW_OK;
}

/* Names parted by commas, all different. */
static clw_status parse_operands(const struct opfile *parser, struct words *words, const char *what,
                                 char (*names)[OP_NAME_SIZE], int most, int *count)
{
    do {
        if (*count == most)
            return opfile_fail(parser, "%s has more than %d of them: %s", parser->op->name, most,
                               what);
        const clw_status status = opfile_argument_name(parser, words, what, names[*count]);
        if (status)
            return status;
        for (int i = 0; i < *count; i++)
            if (strcmp(names[i], names[*count]) == 0)
                return opfile_fail(parser, "%s has two operands called '%s'", parser->op->name,
                                   names[i]);
        ++*count;
    } while (words_take(words, ","));
    return CLW_OK;
}

static clw_status parse_signature(const struct opfile *parser, struct words *words)
{
    struct clw_op *op = parser->op;
    clw_status status = opfile_name(parser, words, "an op's name", op->name);
    if (!status && dtype_find(op->name, strlen(op->name)) != CLW_DTYPE_COUNT)
        return opfile_fail(parser, "'%s' cannot be an op's name: it is a dtype", op->name);
    if (!status && !words_take(words, "("))
        status = opfile_expected(parser, "'(' and the names of inputs", words_peek(words));
    if (!status && words_take(words, ")"))
        return opfile_fail(parser,
                           "%s has no input: an op takes one at least, whose shape its result has; "
                           "one that makes a pattern takes an array that it does not read, as in "
                           "%s(like)",
                           op->name, op->name);
    if (!status)
        status = parse_operands(parser, words, "an input's name", op->in_name, OP_MAX_LEAF_INPUTS,
                                &op->nin);
    if (!status && !words_take(words, ")"))
        status = opfile_expected(parser, "',' or ')'", words_peek(words));
    if (!status && !words_take(words, "->"))
        status = opfile_expected(parser, "'->' and the names of outputs", words_peek(words));
    if (!status)
        status = parse_operands(parser, words, "an output's name", op->out_name, OP_MAX_OUTPUTS,
                                &op->nout);
    for (int i = 0; !status && i < op->nin * op->nout; i++)
        if (strcmp(op->in_name[i % op->nin], op->out_name[i / op->nin]) == 0)
            status = opfile_fail(parser, "%s has two operands called '%s'", op->name,
                                 op->in_name[i % op->nin]);
    return status ? status : opfile_end(parser, words);
}

/* The op owns a copy of the whole file: its parts and their line numbers point into it. */
static clw_status copy_text(const struct opfile *parser)
{
    struct clw_op *op = parser->op;
    const struct clw_op *first = parser->ops[0];
    op->text = memory_copy_text(parser->allocator, parser->text, parser->length);
    op->shared.file = memory_copy_text(parser->allocator, parser->file, strlen(parser->file));
    if (!op->text || !op->shared.file)
        return fail_memory(parser->error);
    op->shared.text = op->text;
    op->shared.line = 1;
    op->shared.length = first == op ? (size_t)(parser->start - parser->text) : first->shared.length;
    op->body.text = op->text + (parser->next - parser->text);
    op->body.line = parser->line + 1;
    op->body.file = op->shared.file;
    op->line = parser->line;
    return CLW_OK;
}

/* The first line of a file may be "// NAME -- doc". */
static clw_status take_header(const struct opfile *parser)
{
    struct clw_op *op = parser->op;
    const char *end = memchr(parser->text, '\n', parser->length);
    struct words words = {parser->text, end ? end : parser->text + parser->length};
    if (op != parser->ops[0] || !words_take(&words, "//") || !words_take(&words, op->name) ||
        !words_take(&words, "--"))
        return CLW_OK;
    const struct word doc = words_rest(&words);
    op->doc = memory_copy_text(parser->allocator, doc.text, (size_t)doc.length);
    return op->doc ? CLW_OK : fail_memory(parser->error);
}

clw_status opfile_begin_op(struct opfile *parser, struct words *words)
{
    clw_status status = opfile_end_op(parser, parser->start);
    if (status)
        return status;
    if (parser->count == OPFILE_MAX_OPS)
        return opfile_fail(parser, "the file has more than %d ops", OPFILE_MAX_OPS);
    struct clw_op *op = op_new(parser->allocator);
    if (!op)
        return fail_memory(parser->error);
    parser->op = op;
    parser->ops[parser->count] = op;
    memset(&parser->draft, 0, sizeof parser->draft);
    parser->draft.line = parser->line;
    status = parse_signature(parser, words);
    if (!status && is_taken(parser, op->name))
        status = opfile_fail(parser, "the file has two ops called '%s'", op->name);
    parser->count++;
    if (!status)
        status = copy_text(parser);
    if (!status)
        status = take_header(parser);
    memcpy(op->function, op->name, sizeof op->function);
    return status;
}

static clw_status copy_list(const struct opfile *parser, void **to, const void *from, size_t bytes)
{
    *to = memory_new(parser->allocator, bytes, 1);
    if (!*to)
        return fail_memory(parser->error);
    memcpy(*to, from, bytes);
    return CLW_OK;
}

static clw_status copy_aliases(const struct opfile *parser)
{
    struct clw_op *op = parser->op;
    const struct names *names = &parser->draft.aliases;
    void *copy;
    const clw_status status =
        copy_list(parser, &copy, names->name, (size_t)names->count * sizeof *names->name);
    op->aliases = copy;
    op->naliases = names->count;
    return status;
}

static clw_status copy_refusals(const struct opfile *parser)
{
    struct clw_op *op = parser->op;
    void *copy;
    const clw_status status = copy_list(parser, &copy, parser->draft.refusals,
                                        (size_t)op->nrefusals * sizeof *op->refusals);
    op->refusals = copy;
    return status;
}

static clw_status copy_uses(const struct opfile *parser)
{
    struct clw_op *op = parser->op;
    const struct uses *uses = &parser->draft.uses;
    void *copy;
    const clw_status status =
        copy_list(parser, &copy, uses->use, (size_t)uses->count * sizeof *uses->use);
    op->uses = copy;
    op->nuses = uses->count;
    return status;
}

static clw_status copy_calls(const struct opfile *parser)
{
    struct clw_op *op = parser->op;
    const struct calls *calls = &parser->draft.calls;
    void *copy;
    const clw_status status =
        copy_list(parser, &copy, calls->call, (size_t)calls->count * sizeof *calls->call);
    op->calls = copy;
    op->ncalls = calls->count;
    return status;
}

static clw_status fill_facts(const struct opfile *parser)
{
    struct clw_op *op = parser->op;
    if (!op->doc)
        op->doc = memory_copy_text(parser->allocator, "", 0);
    if (!op->ulp)
        op->ulp = memory_copy_text(parser->allocator, "", 0);
    return op->doc && op->ulp ? CLW_OK : fail_memory(parser->error);
}

clw_status opfile_end_op(struct opfile *parser, const char *end)
{
    struct clw_op *op = parser->op;
    if (!op)
        return CLW_OK;
    if (parser->draft.loops.count == 0) {
        parser->line = parser->draft.line;
        return opfile_fail(parser, "%s has no 'loop' row", op->name);
    }
    op->body.length = (size_t)(end - parser->text) - (size_t)(op->body.text - op->text);
    if (opfile_is_reserved(op->function)) {
        parser->line = parser->draft.line;
        return opfile_fail(parser,
                           "'%s' is a word of OpenCL C or of op files; a line '//! function my_%s' "
                           "gives the op's function another name",
                           op->function, op->function);
    }
    clw_status status = opfile_end_rows(parser);
    if (!status)
        status = opfile_body(parser);
    if (!status)
        status = copy_aliases(parser);
    if (!status)
        status = copy_uses(parser);
    if (!status)
        status = copy_refusals(parser);
    if (!status)
        status = copy_calls(parser);
    return status ? status : fill_facts(parser);
}
