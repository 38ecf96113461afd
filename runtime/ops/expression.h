/* Parses an expression into an op: a graph of calls of ops with bodies.
 *
 * The language is Python's: its operators and their precedence (a table in expression_operators.c),
 * its numbers (3, 0x1f, 1_000, 2.5e-3, 2j), parentheses, and
 *   - names: arrays, the op's inputs in order of first appearance; pi e inf nan True False;
 *   - calls of ops by name or alias, parameters by name: leaky_relu(x, alpha=0.1);
 *   - calls of dtypes, which are casts: f32(x);
 *   - statements, separated by ';' or line ends, that give names to values: t = a - b; t * t + 1.
 *     Values of an op with several outputs need a name each: q, r = divmod(a, b).
 * The last statement is the result: one value, or several as in `a + b, a - b` and
 * `s, c = sin(x), cos(x)`; a name before '=' names its output. A result may be an input or a
 * literal as it is, and an expression need not name an array.
 *
 * Most: 1 MiB of text, 200 levels of nesting, 4096 names that are given values, 1024 arrays, 16,384
 * operations after common ones are joined. An op that exceeds one kernel is split: see split.h. */
#ifndef CLWISE_OPS_EXPRESSION_H
#define CLWISE_OPS_EXPRESSION_H

#include "runtime/ops/registry.h"

/* The op borrows the ops that it calls from the registry; its `doc` is the text. Arithmetic between
 * literals gives a literal, and what stands twice is computed once. SYNTAX, NOT_FOUND for a name
 * that is called (with near names), MEMORY. The message has three lines: `expression:1:7: ` and
 * what is wrong, the line of the text, and a caret under the place. *out is set on success only. */
clw_status expression_parse(const struct registry *registry, const char *text, struct clw_op **out,
                            clw_error *error);

#endif
