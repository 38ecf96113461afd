#include "runtime/ops/expression.h"

#include <stdio.h>
#include <string.h>

#include "runtime/base/memory.h"
#include "runtime/ops/expression_error.h"
#include "runtime/ops/expression_operators.h"
#include "runtime/ops/expression_parser.h"

enum { EXPRESSION_MAX_LENGTH = 1 << 20, FIRST_BINDINGS = 16 };

clw_status parser_advance(struct parser *parser)
{
    return lexer_next(&parser->lexer, &parser->token, parser->error);
}

struct token parser_peek(const struct parser *parser)
{
    struct lexer lexer = parser->lexer;
    struct token token;
    if (lexer_next(&lexer, &token, NULL))
        token.kind = TOKEN_END;
    return token;
}

clw_status parser_expect(struct parser *parser, const char *symbol)
{
    if (token_is(&parser->token, symbol))
        return parser_advance(parser);
    char words[TOKEN_WORDS_SIZE];
    return fail_at(parser->error, CLW_ERROR_SYNTAX, parser->text, parser->token.start,
                   "expected '%s' before %s", symbol, token_words(&parser->token, words));
}

void parser_name(const struct token *token, char name[OP_NAME_SIZE])
{
    snprintf(name, OP_NAME_SIZE, "%.*s", (int)token->length, token->start);
}

struct binding *parser_find_binding(struct parser *parser, const char *name)
{
    const uint64_t hash = hash_bytes(name, strlen(name)).low;
    size_t at = 0;
    int i = index_next(&parser->binding_index, hash, &at);
    while (i >= 0 && strcmp(parser->bindings[i].name, name) != 0)
        i = index_next(&parser->binding_index, hash, &at);
    return i < 0 ? NULL : &parser->bindings[i];
}

/* NULL if memory ran out. */
static struct binding *add_binding(struct parser *parser, const char *name)
{
    const int i = parser->nbindings, needed = i ? i + 1 : FIRST_BINDINGS;
    struct binding *bindings = memory_reserve(parser->registry->allocator, parser->bindings,
                                              &parser->bindings_room, needed, sizeof *bindings);
    if (bindings)
        parser->bindings = bindings;
    if (!bindings || !index_add(&parser->binding_index, hash_bytes(name, strlen(name)).low, i))
        return NULL;
    parser->nbindings++;
    memcpy(bindings[i].name, name, OP_NAME_SIZE);
    return &bindings[i];
}

/* Names before a '='. */
struct targets {
    int count;
    struct token names[OP_MAX_OUTPUTS];
};

/* Reads `a, b =` and leaves the parser behind it, or where it was with targets->count 0. */
static clw_status parse_targets(struct parser *parser, struct targets *targets)
{
    struct lexer lexer = parser->lexer;
    struct token token = parser->token, after;
    int count = 0;
    targets->count = 0;
    while (token.kind == TOKEN_NAME && count < OP_MAX_OUTPUTS) {
        targets->names[count++] = token;
        if (lexer_next(&lexer, &after, NULL))
            return CLW_OK;
        if (token_is(&after, "=")) {
            targets->count = count;
            parser->lexer = lexer;
            return parser_advance(parser);
        }
        if (!token_is(&after, ",") || lexer_next(&lexer, &token, NULL))
            return CLW_OK;
    }
    return CLW_OK;
}

static clw_status parse_values(struct parser *parser, struct expression_results *results)
{
    clw_status status;
    do {
        if (results->count == OP_MAX_OUTPUTS)
            return fail_at(parser->error, CLW_ERROR_SYNTAX, parser->text, parser->token.start,
                           "more than %d values", OP_MAX_OUTPUTS);
        status = parse_value(parser, &results->values[results->count++]);
        if (status || !token_is(&parser->token, ","))
            return status;
        status = parser_advance(parser);
    } while (!status);
    return status;
}

/* A call of an op with several outputs, alone, is as many values. */
static clw_status spread(struct parser *parser, struct expression_results *results)
{
    const struct expression_value whole = results->values[0];
    if (results->count > 1 || !whole.op) {
        clw_status status = CLW_OK;
        for (int i = 0; !status && i < results->count; i++)
            status = check_single(parser, &results->values[i]);
        return status;
    }
    results->count = whole.op->nout;
    for (int i = 0; i < results->count; i++) {
        results->values[i] = whole;
        results->values[i].op = NULL;
        results->values[i].ref.output = (uint8_t)i;
        snprintf(results->names[i], OP_NAME_SIZE, "%s", whole.op->out_name[i]);
    }
    return CLW_OK;
}

static clw_status check_target(struct parser *parser, const struct token *target, const char *name)
{
    clw_scalar constant;
    if (constant_find(name, &constant) || keyword_hint(name))
        return fail_at(parser->error, CLW_ERROR_SYNTAX, parser->text, target->start,
                       "'%s' cannot be given a value", name);
    return CLW_OK;
}

static clw_status bind(struct parser *parser, const struct token *target,
                       const struct expression_value *value)
{
    char name[OP_NAME_SIZE] = "";
    parser_name(target, name);
    const clw_status status = check_target(parser, target, name);
    if (status)
        return status;
    struct binding *binding = parser_find_binding(parser, name);
    if (!binding && parser->nbindings == EXPRESSION_MAX_BINDINGS)
        return fail_at(parser->error, CLW_ERROR_SYNTAX, parser->text, target->start,
                       "more than %d names are given values", EXPRESSION_MAX_BINDINGS);
    if (!binding)
        binding = add_binding(parser, name);
    if (!binding)
        return fail_memory(parser->error);
    binding->value = *value;
    return CLW_OK;
}

static clw_status check_distinct(struct parser *parser, const struct targets *targets)
{
    for (int i = 1; i < targets->count; i++)
        for (int k = 0; k < i; k++) {
            const struct token *a = &targets->names[i], *b = &targets->names[k];
            if (a->length == b->length && memcmp(a->start, b->start, a->length) == 0)
                return fail_at(parser->error, CLW_ERROR_SYNTAX, parser->text, a->start,
                               "'%.*s' stands twice before '='", (int)a->length, a->start);
        }
    return CLW_OK;
}

/* All values are read before the first name changes: `a, b = b, a` swaps. */
static clw_status bind_all(struct parser *parser, const struct targets *targets,
                           struct expression_results *results)
{
    if (targets->count != results->count)
        return fail_at(parser->error, CLW_ERROR_SYNTAX, parser->text, targets->names[0].start,
                       "%d name%s before '=', but %d value%s after it", targets->count,
                       targets->count == 1 ? "" : "s", results->count,
                       results->count == 1 ? "" : "s");
    clw_status status = check_distinct(parser, targets);
    for (int i = 0; !status && i < targets->count; i++) {
        status = bind(parser, &targets->names[i], &results->values[i]);
        parser_name(&targets->names[i], results->names[i]);
    }
    return status;
}

static clw_status check_statement_end(struct parser *parser)
{
    const struct token *token = &parser->token;
    char words[TOKEN_WORDS_SIZE], name[OP_NAME_SIZE] = "";
    if (token->kind == TOKEN_END || token->kind == TOKEN_SEPARATOR)
        return CLW_OK;
    if (token->kind == TOKEN_NAME)
        parser_name(token, name);
    token_words(token, words);
    if (keyword_hint(name))
        return fail_at(parser->error, CLW_ERROR_SYNTAX, parser->text, token->start,
                       "%s has no meaning here: %s", words, keyword_hint(name));
    if (token_is(token, "="))
        return fail_at(parser->error, CLW_ERROR_SYNTAX, parser->text, token->start,
                       "only names, at most %d, can stand before '='", OP_MAX_OUTPUTS);
    if (token_is(token, ")"))
        return fail_at(parser->error, CLW_ERROR_SYNTAX, parser->text, token->start,
                       "')' without '('");
    return fail_at(parser->error, CLW_ERROR_SYNTAX, parser->text, token->start,
                   "expected an operator before %s", words);
}

/* Outputs that nothing else names: y, or y0, y1, ... */
static void name_results(struct expression_results *results)
{
    for (int i = 0; i < results->count; i++)
        if (results->count == 1)
            snprintf(results->names[i], OP_NAME_SIZE, "y");
        else
            snprintf(results->names[i], OP_NAME_SIZE, "y%d", i);
}

static clw_status parse_statement(struct parser *parser)
{
    struct targets targets;
    struct expression_results *results = &parser->results;
    results->count = 0;
    clw_status status = parse_targets(parser, &targets);
    if (!status)
        status = parse_values(parser, results);
    if (!status)
        status = check_statement_end(parser);
    if (status)
        return status;
    name_results(results);
    status = spread(parser, results);
    return status || targets.count == 0 ? status : bind_all(parser, &targets, results);
}

static clw_status skip_separators(struct parser *parser)
{
    clw_status status = CLW_OK;
    while (!status && parser->token.kind == TOKEN_SEPARATOR)
        status = parser_advance(parser);
    return status;
}

/* At least one statement, so that an empty text is told what is missing. */
static clw_status parse_statements(struct parser *parser)
{
    clw_status status = parser_advance(parser);
    if (!status)
        status = skip_separators(parser);
    do {
        if (!status)
            status = parse_statement(parser);
        if (!status)
            status = skip_separators(parser);
    } while (!status && parser->token.kind != TOKEN_END);
    return status;
}

clw_status expression_parse(const struct registry *registry, const char *text, struct clw_op **out,
                            clw_error *error)
{
    if (strnlen(text, EXPRESSION_MAX_LENGTH + 1) > EXPRESSION_MAX_LENGTH)
        return fail(error, CLW_ERROR_SYNTAX, "expression: the text is longer than %d bytes",
                    EXPRESSION_MAX_LENGTH);
    struct parser *parser = memory_new(registry->allocator, 1, sizeof *parser);
    if (!parser)
        return fail_memory(error);
    parser->registry = registry;
    parser->text = text;
    parser->error = error;
    lexer_init(&parser->lexer, text);
    graph_begin(&parser->graph, registry->allocator, text);
    index_init(&parser->binding_index, registry->allocator);
    clw_status status = parse_statements(parser);
    if (!status)
        status = graph_finish(&parser->graph, &parser->results, out, error);
    graph_end(&parser->graph);
    index_finish(&parser->binding_index);
    memory_free(registry->allocator, parser->bindings);
    memory_free(registry->allocator, parser);
    return status;
}
