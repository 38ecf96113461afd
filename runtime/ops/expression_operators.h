/* The words of the language of expressions. */
#ifndef CLWISE_OPS_EXPRESSION_OPERATORS_H
#define CLWISE_OPS_EXPRESSION_OPERATORS_H

#include "runtime/ops/expression_fold.h"
#include "runtime/ops/lexer.h"

/* Python's, loosest first. */
enum precedence {
    PRECEDENCE_COMPARISON = 1,
    PRECEDENCE_OR,
    PRECEDENCE_XOR,
    PRECEDENCE_AND,
    PRECEDENCE_SHIFT,
    PRECEDENCE_SUM,
    PRECEDENCE_PRODUCT,
    PRECEDENCE_PREFIX, /* stands before its one value */
    PRECEDENCE_POWER
};

struct operation {
    const char *symbol;
    const char *op; /* the op that it calls */
    enum precedence precedence;
    const struct folding *fold; /* between literals; NULL: it calls the op */
};

/* The operator that stands between two values, or before one; NULL if the token is none. */
const struct operation *operation_between(const struct token *token);
const struct operation *operation_before(const struct token *token);

/* 1 if the name is a constant (pi, True, ...), which goes to *value. */
int constant_find(const char *name, clw_scalar *value);
/* What to do instead of using a word that Python keeps for itself; NULL if the word is free. */
const char *keyword_hint(const char *name);

#endif
