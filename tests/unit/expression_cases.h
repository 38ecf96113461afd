/* What the tests of expressions share: a registry of ops without bodies, and graphs as text. */
#ifndef CLWISE_TESTS_EXPRESSION_CASES_H
#define CLWISE_TESTS_EXPRESSION_CASES_H

#include "runtime/ops/expression.h"

#define COUNT(array) ((int)(sizeof(array) / sizeof *(array)))

extern struct registry registry;

void fill_registry(struct registry *filled, const clw_allocator *allocator);
/* Fills and empties `registry`; for cmocka. */
int set_up(void **state);
int tear_down(void **state);

/* `a b: y=add(a sin(b))`: inputs, and for each output a call within a call; what is used twice is
 * %n where it stands again, counted from the outside. From malloc. */
char *show(const struct clw_op *op);

struct graph_case {
    const char *text, *expected;
};

void check_graphs(const struct graph_case *cases, int count);

struct error_case {
    const char *text, *message;
};

/* The status and the whole message; what the caller has stays as it was. */
void check_errors(const struct error_case *cases, int count, clw_status status);

#endif
