/* One value: operators by precedence, names, numbers, parentheses. */
#include <string.h>

#include "runtime/ops/expression_error.h"
#include "runtime/ops/expression_operators.h"
#include "runtime/ops/expression_parser.h"

/* A literal if all operands are literals and the operator can, else a call of its op. */
static clw_status apply(struct parser *parser, const struct operation *operation,
                        const struct token *place, const struct expression_value *in, int nin,
                        struct expression_value *value)
{
    int literals = 0;
    for (int i = 0; i < nin; i++) {
        const clw_status status = check_single(parser, &in[i]);
        if (status)
            return status;
        literals += in[i].literal.kind != CLW_SCALAR_NONE;
    }
    enum folded folded = FOLD_NOT;
    clw_scalar literal;
    if (literals == nin)
        folded = fold(operation->fold, in[0].literal, in[nin - 1].literal, &literal);
    if (folded == FOLD_NOT)
        return call_operation(parser, operation->op, place, in, nin, value);
    if (folded != FOLD_DONE)
        return fail_at(parser->error, CLW_ERROR_SYNTAX, parser->text, place->start, "%s",
                       fold_problem(folded));
    *value = (struct expression_value){.place = in[0].place, .literal = literal};
    return CLW_OK;
}

static clw_status fail_keyword(struct parser *parser, const struct token *token)
{
    char name[OP_NAME_SIZE];
    parser_name(token, name);
    return fail_at(parser->error, CLW_ERROR_SYNTAX, parser->text, token->start,
                   "'%s' has no meaning here: %s", name, keyword_hint(name));
}

static clw_status parse_name(struct parser *parser, struct expression_value *value)
{
    const struct token token = parser->token;
    char name[OP_NAME_SIZE];
    parser_name(&token, name);
    *value = (struct expression_value){.place = token.start};
    if (keyword_hint(name))
        return fail_keyword(parser, &token);
    const clw_status status = parser_advance(parser);
    if (status || constant_find(name, &value->literal))
        return status;
    if (token_is(&parser->token, "("))
        return parse_call(parser, &token, value);
    const struct binding *binding = parser_find_binding(parser, name);
    if (!binding)
        return graph_input(&parser->graph, name, token.start, value, parser->error);
    *value = binding->value;
    value->place = token.start;
    return CLW_OK;
}

static clw_status parse_parentheses(struct parser *parser, struct expression_value *value)
{
    clw_status status = parser_advance(parser);
    if (!status)
        status = parse_value(parser, value);
    if (!status)
        status = parser_expect(parser, ")");
    return status;
}

static clw_status parse_operand(struct parser *parser, struct expression_value *value)
{
    const struct token *token = &parser->token;
    if (token->kind == TOKEN_NAME)
        return parse_name(parser, value);
    if (token_is(token, "("))
        return parse_parentheses(parser, value);
    if (token->kind == TOKEN_NUMBER) {
        *value = (struct expression_value){.place = token->start, .literal = token->number};
        return parser_advance(parser);
    }
    char words[TOKEN_WORDS_SIZE];
    return fail_at(parser->error, CLW_ERROR_SYNTAX, parser->text, token->start,
                   "expected a value before %s", token_words(token, words));
}

static clw_status parse_prefixed(struct parser *parser, struct expression_value *value);

/* `**` binds tighter than a prefix before it and looser than one after it: -a ** -b is -(a **
 * (-b)), and a ** b ** c is a ** (b ** c). */
static clw_status parse_power(struct parser *parser, struct expression_value *value)
{
    struct expression_value in[2];
    clw_status status = parse_operand(parser, &in[0]);
    const struct token place = parser->token;
    const struct operation *operation = operation_between(&place);
    if (status || !operation || operation->precedence != PRECEDENCE_POWER) {
        *value = in[0];
        return status;
    }
    status = parser_advance(parser);
    if (!status)
        status = parse_prefixed(parser, &in[1]);
    return status ? status : apply(parser, operation, &place, in, 2, value);
}

/* Everything that nests comes through here. */
static clw_status parse_prefixed(struct parser *parser, struct expression_value *value)
{
    const struct token place = parser->token;
    if (parser->depth == EXPRESSION_MAX_DEPTH)
        return fail_at(parser->error, CLW_ERROR_SYNTAX, parser->text, place.start,
                       "nested more than %d deep", EXPRESSION_MAX_DEPTH);
    parser->depth++;
    const struct operation *operation = operation_before(&place);
    clw_status status;
    if (operation) {
        struct expression_value in;
        status = parser_advance(parser);
        if (!status)
            status = parse_prefixed(parser, &in);
        if (!status)
            status = apply(parser, operation, &place, &in, 1, value);
    } else {
        status = parse_power(parser, value);
    }
    parser->depth--;
    return status;
}

static clw_status check_chain(struct parser *parser, const struct operation *operation)
{
    const struct operation *next = operation_between(&parser->token);
    if (operation->precedence != PRECEDENCE_COMPARISON || !next ||
        next->precedence != PRECEDENCE_COMPARISON)
        return CLW_OK;
    return fail_at(parser->error, CLW_ERROR_SYNTAX, parser->text, parser->token.start,
                   "comparisons do not chain: write (a < b) & (b < c)");
}

/* Operators of this precedence and tighter ones, those of one precedence from the left. */
static clw_status parse_between(struct parser *parser, enum precedence loosest,
                                struct expression_value *value)
{
    clw_status status = parse_prefixed(parser, value);
    while (!status) {
        const struct token place = parser->token;
        const struct operation *operation = operation_between(&place);
        if (!operation || operation->precedence < loosest)
            return CLW_OK;
        struct expression_value in[2] = {*value};
        status = parser_advance(parser);
        if (!status)
            status = parse_between(parser, operation->precedence + 1, &in[1]);
        if (!status)
            status = check_chain(parser, operation);
        if (!status)
            status = apply(parser, operation, &place, in, 2, value);
    }
    return status;
}

clw_status parse_value(struct parser *parser, struct expression_value *value)
{
    return parse_between(parser, PRECEDENCE_COMPARISON, value);
}
