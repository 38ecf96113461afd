/* The parser's state, and the grammar of one value. */
#ifndef CLWISE_OPS_EXPRESSION_PARSER_H
#define CLWISE_OPS_EXPRESSION_PARSER_H

#include "runtime/ops/expression_graph.h"
#include "runtime/ops/lexer.h"
#include "runtime/ops/registry.h"

enum {
    EXPRESSION_MAX_DEPTH = 200, /* of parentheses, prefix operators and powers within each other */
    EXPRESSION_MAX_BINDINGS = 4096,
    EXPRESSION_WORDS_SIZE = 512
};

struct binding {
    char name[OP_NAME_SIZE];
    struct expression_value value;
};

struct parser {
    const struct registry *registry; /* borrowed, as are text and error */
    const char *text;
    clw_error *error;
    struct lexer lexer;
    struct token token; /* the next one */
    int depth, nbindings, bindings_room;
    struct binding *bindings;
    struct hash_index binding_index;
    struct expression_results results; /* of the last statement */
    struct graph_builder graph;
    char words[EXPRESSION_WORDS_SIZE]; /* for messages: not in the frames of calls that nest */
};

clw_status parser_advance(struct parser *parser);
/* The token after the next one; TOKEN_END if it cannot be read. */
struct token parser_peek(const struct parser *parser);
/* Steps over the symbol or says that it is expected. */
clw_status parser_expect(struct parser *parser, const char *symbol);
/* The token's text as a string. */
void parser_name(const struct token *token, char name[OP_NAME_SIZE]);
struct binding *parser_find_binding(struct parser *parser, const char *name);

/* One value; it has several parts if it is nothing but a call of an op with several outputs. */
clw_status parse_value(struct parser *parser, struct expression_value *value);
/* SYNTAX if the value has several parts. */
clw_status check_single(struct parser *parser, const struct expression_value *value);
/* Arguments and all, from the '(' that is the next token. */
clw_status parse_call(struct parser *parser, const struct token *name,
                      struct expression_value *value);
/* The op of an operator, with its one or two operands. */
clw_status call_operation(struct parser *parser, const char *name, const struct token *place,
                          const struct expression_value *in, int nin,
                          struct expression_value *value);

#endif
