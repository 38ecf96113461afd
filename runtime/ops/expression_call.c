/* Calls: of ops by name, of the ops behind operators, and casts. */
#include <stdio.h>
#include <string.h>

#include "runtime/base/dtype.h"
#include "runtime/ops/expression_error.h"
#include "runtime/ops/expression_parser.h"

static size_t add_word(char *words, size_t at, const char *before, const char *word)
{
    if (at < EXPRESSION_WORDS_SIZE) {
        const int count = snprintf(words + at, EXPRESSION_WORDS_SIZE - at, "%s%s", before, word);
        at += count > 0 ? (size_t)count : 0;
    }
    return at;
}

/* `leaky_relu(x, alpha=0.01)`; `f32(x)` for a cast. */
static const char *signature(struct parser *parser, const struct expression_call *call)
{
    char *words = parser->words;
    if (!call->op) {
        snprintf(words, EXPRESSION_WORDS_SIZE, "%s(x)", dtype_table[call->cast].name);
        return words;
    }
    size_t at = add_word(words, 0, call->op->name, "(");
    for (int i = 0; i < call->op->nin; i++)
        at = add_word(words, at, i ? ", " : "", call->op->in_name[i]);
    for (int i = 0; i < call->op->nparams; i++) {
        at = add_word(words, at, ", ", call->op->params[i].name);
        at = add_word(words, at, "=", call->op->params[i].default_text);
    }
    add_word(words, at, ")", "");
    return words;
}

clw_status check_single(struct parser *parser, const struct expression_value *value)
{
    const struct clw_op *op = value->op;
    if (!op)
        return CLW_OK;
    size_t at = 0;
    for (int i = 0; i < op->nout; i++)
        at = add_word(parser->words, at, i ? ", " : "", op->out_name[i]);
    return fail_at(parser->error, CLW_ERROR_SYNTAX, parser->text, value->place,
                   "%s gives %d values, which need a name each: %s = %s(...)", op->name, op->nout,
                   parser->words, op->name);
}

static clw_status finish_call(struct parser *parser, const struct expression_call *call, int given,
                              struct expression_value *value)
{
    const int wanted = call->op ? call->op->nin : 1;
    if (given == wanted)
        return graph_call(&parser->graph, call, value, parser->error);
    return fail_at(parser->error, CLW_ERROR_SYNTAX, parser->text, call->place,
                   "expected %d argument%s, got %d: %s", wanted, wanted == 1 ? "" : "s", given,
                   signature(parser, call));
}

clw_status call_operation(struct parser *parser, const char *name, const struct token *place,
                          const struct expression_value *in, int nin,
                          struct expression_value *value)
{
    struct expression_call call = {.place = place->start, .cast = -1, .nin = nin};
    call.op = registry_find(parser->registry, name);
    if (!call.op)
        return fail_at(parser->error, CLW_ERROR_NOT_FOUND, parser->text, place->start,
                       "there is no op '%s'", name);
    memcpy(call.in, in, (size_t)nin * sizeof *in);
    return finish_call(parser, &call, nin, value);
}

static clw_status fail_unknown(struct parser *parser, const struct token *token, const char *name)
{
    char *near = parser->words;
    registry_nearest(parser->registry, name, 3, near, EXPRESSION_WORDS_SIZE);
    return fail_at(parser->error, CLW_ERROR_NOT_FOUND, parser->text, token->start,
                   "there is no op '%s'%s%s", name, *near ? "; near are: " : "", near);
}

static clw_status find_callee(struct parser *parser, const struct token *token,
                              struct expression_call *call)
{
    char name[OP_NAME_SIZE];
    parser_name(token, name);
    const clw_dtype dtype = dtype_find(name, strlen(name));
    *call = (struct expression_call){.place = token->start, .cast = -1};
    if (dtype != CLW_DTYPE_COUNT)
        call->cast = (int)dtype;
    else if (!(call->op = registry_find(parser->registry, name)))
        return fail_unknown(parser, token, name);
    return CLW_OK;
}

static int find_param(const struct expression_call *call, const char *name)
{
    for (int i = 0; call->op && i < call->op->nparams; i++)
        if (strcmp(call->op->params[i].name, name) == 0)
            return i;
    return -1;
}

/* `name = value`; a parameter is an argument of the kernel, so its value is a number. */
static clw_status parse_parameter(struct parser *parser, struct expression_call *call)
{
    const struct token token = parser->token;
    char name[OP_NAME_SIZE];
    parser_name(&token, name);
    const int i = find_param(call, name);
    if (i < 0)
        return fail_at(parser->error, CLW_ERROR_NOT_FOUND, parser->text, token.start,
                       "there is no parameter '%s': %s", name, signature(parser, call));
    if (call->params[i].name)
        return fail_at(parser->error, CLW_ERROR_SYNTAX, parser->text, token.start,
                       "'%s' is given twice", name);
    struct expression_value value;
    clw_status status = parser_advance(parser);
    if (!status)
        status = parser_expect(parser, "=");
    if (!status)
        status = parse_value(parser, &value);
    if (!status && value.literal.kind == CLW_SCALAR_NONE)
        status = fail_at(parser->error, CLW_ERROR_SYNTAX, parser->text, value.place,
                         "parameter '%s' takes a number", name);
    if (!status)
        call->params[i] = (clw_param){call->op->params[i].name, value.literal};
    return status;
}

static int has_params(const struct expression_call *call)
{
    for (int i = 0; i < OP_MAX_PARAMS; i++)
        if (call->params[i].name)
            return 1;
    return 0;
}

/* Arguments beyond those that a call can hold are counted for the message. */
static clw_status parse_argument(struct parser *parser, struct expression_call *call, int *given)
{
    const struct token next = parser_peek(parser);
    if (parser->token.kind == TOKEN_NAME && token_is(&next, "="))
        return parse_parameter(parser, call);
    if (has_params(call))
        return fail_at(parser->error, CLW_ERROR_SYNTAX, parser->text, parser->token.start,
                       "parameters stand after all arguments");
    struct expression_value value;
    clw_status status = parse_value(parser, &value);
    if (!status)
        status = check_single(parser, &value);
    if (!status && *given < OP_MAX_LEAF_INPUTS)
        call->in[call->nin++] = value;
    ++*given;
    return status;
}

clw_status parse_call(struct parser *parser, const struct token *name,
                      struct expression_value *value)
{
    struct expression_call call;
    clw_status status = find_callee(parser, name, &call);
    if (!status)
        status = parser_advance(parser);
    int given = 0, more = 1;
    while (!status && more && !token_is(&parser->token, ")")) {
        status = parse_argument(parser, &call, &given);
        more = token_is(&parser->token, ",");
        if (!status && more)
            status = parser_advance(parser);
    }
    if (!status)
        status = parser_expect(parser, ")");
    return status ? status : finish_call(parser, &call, given, value);
}
