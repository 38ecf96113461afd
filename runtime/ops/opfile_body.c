/* What must be known of a body: the names that it gives at file scope, which are renamed so that
 * several loops and ops fit in one program, and what a compiler would report in a wrong place. */
#include <stdio.h>
#include <string.h>

#include "runtime/base/memory.h"
#include "runtime/ops/body_token.h"
#include "runtime/ops/opfile_parser.h"

enum { MOST_CONDITIONS = 64, MOST_HELPERS = 256 };

struct nesting {
    int braces, brackets;
    int brace_line, bracket_line; /* of the outermost that are open */
};

struct body {
    struct opfile *parser;
    struct nesting nesting;
    struct nesting conditions[MOST_CONDITIONS]; /* where each open #if began */
    int condition_lines[MOST_CONDITIONS];
    int nconditions;
    struct token before, last; /* the last two tokens */
    struct helper fn;          /* written FN(name) or RFN(name); HELPER_PLAIN: none in hand */
    int in_enum, in_function;  /* of the op's own name */
    struct helper helpers[MOST_HELPERS];
    int nhelpers;
};

static clw_status fail_line(const struct body *body, int line, const char *sentence)
{
    body->parser->line = line;
    return opfile_fail(body->parser, "%s", sentence);
}

/* ---- names ---- */

static int is_own_function(const struct clw_op *op, const char *name)
{
    static const char *const ends[] = {"", "_usual", "_is_usual"};
    const size_t length = strlen(op->function), count = op->usual ? sizeof ends / sizeof *ends : 1;
    for (size_t i = 0; i < count; i++)
        if (strncmp(name, op->function, length) == 0 && strcmp(name + length, ends[i]) == 0)
            return 1;
    return 0;
}

static clw_status add_helper(struct body *body, const char *name, enum helper_kind kind, int line)
{
    if (!name[0] || opfile_is_reserved(name) ||
        (kind == HELPER_PLAIN && is_own_function(body->parser->op, name)))
        return CLW_OK;
    for (int i = 0; i < body->nhelpers; i++)
        if (body->helpers[i].kind == kind && strcmp(body->helpers[i].name, name) == 0)
            return CLW_OK;
    if (body->nhelpers == MOST_HELPERS) {
        body->parser->line = line;
        return opfile_fail(body->parser, "more than %d functions, types and macros", MOST_HELPERS);
    }
    struct helper *helper = &body->helpers[body->nhelpers++];
    helper->kind = kind;
    memcpy(helper->name, name, sizeof helper->name);
    return CLW_OK;
}

static int is_mark(const struct token *token, char mark)
{
    return token->kind == TOKEN_MARK && token->mark == mark;
}

static int is_name(const struct token *token, const char *name)
{
    return token->kind == TOKEN_NAME && strcmp(token->name, name) == 0;
}

static int ends_declarator(const struct token *next)
{
    return next->kind == TOKEN_MARK && strchr("([=;,{", next->mark) != NULL;
}

/* Whether the last name is declared here, by what stands around it: `T helper(`, `} pair;`. */
static int is_declared(const struct body *body, const struct token *next)
{
    if (body->last.kind != TOKEN_NAME || !ends_declarator(next))
        return 0;
    return body->before.kind == TOKEN_NAME || is_mark(&body->before, '*') ||
           (is_mark(&body->before, '}') && next->mark == ';') ||
           (is_mark(&body->before, ')') && next->mark == '(');
}

/* The tokens after FN or RFN: '(', the name, ')', and what tells whether it is declared here or a
 * type of the library. */
static clw_status note_fn(struct body *body, const struct token *next)
{
    const struct helper helper = body->fn;
    if (next->kind == TOKEN_NAME && is_mark(&body->last, '(')) {
        memcpy(body->fn.name, next->name, sizeof body->fn.name);
        return CLW_OK;
    }
    if (is_mark(next, ')') && body->last.kind == TOKEN_NAME)
        return CLW_OK;
    body->fn.kind = HELPER_PLAIN;
    return ends_declarator(next) ? add_helper(body, helper.name, helper.kind, next->line) : CLW_OK;
}

/* Names of file scope; `next` is the token after body->last. */
static clw_status note_names(struct body *body, const struct token *next)
{
    const struct nesting *nesting = &body->nesting;
    if (body->fn.kind != HELPER_PLAIN)
        return note_fn(body, next);
    if (body->in_enum && next->kind == TOKEN_NAME && nesting->braces == 1 &&
        (is_mark(&body->last, '{') || is_mark(&body->last, ',')))
        return add_helper(body, next->name, HELPER_PLAIN, next->line);
    if (nesting->braces || nesting->brackets || !is_declared(body, next))
        return CLW_OK;
    if (is_mark(next, '(') && (is_name(&body->last, "FN") || is_name(&body->last, "RFN"))) {
        body->fn.kind = is_name(&body->last, "FN") ? HELPER_FN : HELPER_RFN;
        return CLW_OK;
    }
    body->in_function =
        is_mark(next, '(') && strcmp(body->last.name, body->parser->op->function) == 0;
    return add_helper(body, body->last.name, HELPER_PLAIN, body->last.line);
}

/* ---- what a compiler would report elsewhere, or not at all ---- */

static clw_status check_recursion(struct body *body, const struct token *next)
{
    struct clw_op *op = body->parser->op;
    if (next->kind == TOKEN_NAME && strcmp(next->name, op->function) == 0)
        op->has_function = 1;
    if (!body->in_function || body->nesting.braces == 0 || !is_mark(next, '(') ||
        !is_name(&body->last, op->function))
        return CLW_OK;
    body->parser->line = body->last.line;
    return opfile_fail(
        body->parser,
        "%s calls itself. If OpenCL C's own %s is meant, a line '//! function my_%s' "
        "gives the op's function another name",
        op->function, op->function, op->function);
}

static clw_status close_one(struct body *body, int *open, const struct token *token)
{
    char sentence[64];
    if ((*open)-- > 0)
        return CLW_OK;
    snprintf(sentence, sizeof sentence, "'%c' without what it closes", token->mark);
    return fail_line(body, token->line, sentence);
}

static clw_status nest(struct body *body, const struct token *token)
{
    struct nesting *nesting = &body->nesting;
    if (token->kind != TOKEN_MARK)
        return CLW_OK;
    switch (token->mark) {
    case '{':
        if (nesting->braces++ == 0)
            nesting->brace_line = token->line;
        return CLW_OK;
    case '(':
    case '[':
        if (nesting->brackets++ == 0)
            nesting->bracket_line = token->line;
        return CLW_OK;
    case '}':
        body->in_enum = 0;
        return close_one(body, &nesting->braces, token);
    case ')':
    case ']':
        return close_one(body, &nesting->brackets, token);
    default:
        return CLW_OK;
    }
}

static clw_status begin_condition(struct body *body, int line)
{
    if (body->nconditions == MOST_CONDITIONS)
        return fail_line(body, line, "'#if' nests too deep");
    body->condition_lines[body->nconditions] = line;
    body->conditions[body->nconditions++] = body->nesting;
    return CLW_OK;
}

/* #else and #elif go on from where the #if began. */
static clw_status end_condition(struct body *body, int goes_on, int line)
{
    if (body->nconditions == 0)
        return fail_line(body, line, goes_on ? "'#else' without '#if'" : "'#endif' without '#if'");
    if (goes_on)
        body->nesting = body->conditions[body->nconditions - 1];
    else
        body->nconditions--;
    return CLW_OK;
}

static clw_status take_directive(struct body *body, const struct token *token)
{
    const char *name = token->name;
    if (strncmp(name, "if", 2) == 0)
        return begin_condition(body, token->line);
    if (strncmp(name, "el", 2) == 0)
        return end_condition(body, 1, token->line);
    if (strcmp(name, "endif") == 0)
        return end_condition(body, 0, token->line);
    if (strncmp(name, "include", 7) == 0 || strcmp(name, "import") == 0) {
        body->parser->line = token->line;
        return opfile_fail(body->parser,
                           "'#%s' has no place in an op file; a line '//! use NAME' takes a file "
                           "of the library",
                           name);
    }
    return strcmp(name, "define") == 0 ? add_helper(body, token->macro, HELPER_MACRO, token->line)
                                       : CLW_OK;
}

static clw_status take_token(struct body *body, const struct token *token)
{
    clw_status status;
    if (token->kind == TOKEN_DIRECTIVE)
        return take_directive(body, token);
    if (token->kind == TOKEN_COMMENT)
        return fail_line(body, token->line, "a comment begins here and does not end");
    if (token->kind == TOKEN_STRING)
        return fail_line(body, token->line, "a quotation mark without a second one in its line");
    status = note_names(body, token);
    if (!status)
        status = check_recursion(body, token);
    if (!status)
        status = nest(body, token);
    if (is_name(token, "enum"))
        body->in_enum = body->nesting.braces == 0;
    body->before = body->last;
    body->last = *token;
    return status;
}

static clw_status check_end(const struct body *body)
{
    if (body->nconditions > 0)
        return fail_line(body, body->condition_lines[body->nconditions - 1],
                         "'#if' without '#endif'");
    if (body->nesting.braces > 0)
        return fail_line(body, body->nesting.brace_line, "'{' without its '}'");
    if (body->nesting.brackets > 0)
        return fail_line(body, body->nesting.bracket_line, "a bracket without its other half");
    return CLW_OK;
}

static clw_status read_source(struct body *body, const struct source *source)
{
    struct tokens tokens;
    clw_status status = CLW_OK;
    tokens_init(&tokens, source);
    for (struct token token = tokens_next(&tokens); !status && token.kind != TOKEN_END;
         token = tokens_next(&tokens))
        status = take_token(body, &token);
    if (!status && source->length && source->text[source->length - 1] == '\\')
        status = fail_line(body, tokens.line, "a backslash at the end of the file joins nothing");
    return status;
}

static clw_status keep_helpers(struct body *body)
{
    struct clw_op *op = body->parser->op;
    const size_t bytes = (size_t)body->nhelpers * sizeof *op->helpers;
    op->helpers = memory_new(op->allocator, bytes, 1);
    if (!op->helpers)
        return fail_memory(body->parser->error);
    memcpy(op->helpers, body->helpers, bytes);
    op->nhelpers = body->nhelpers;
    return CLW_OK;
}

clw_status opfile_body(struct opfile *parser)
{
    struct body body = {.parser = parser};
    clw_status status = read_source(&body, &parser->op->shared);
    if (!status)
        status = read_source(&body, &parser->op->body);
    if (!status)
        status = check_end(&body);
    return status ? status : keep_helpers(&body);
}
