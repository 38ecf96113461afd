/* Arithmetic between literals, as Python does it.
 *
 * Note [weak arithmetic]: a literal is weak, what an op gives is not. If `2 * pi` were a call of an
 * op, x * (2 * pi) would be f64 for an array x of f32; and 1 + 2j is how a complex number is
 * written. So operators between literals are worked out here and give a literal. True and False are
 * left to the op, so that ~True means what it means for an array. */
#ifndef CLWISE_OPS_EXPRESSION_FOLD_H
#define CLWISE_OPS_EXPRESSION_FOLD_H

#include "runtime/ops/expression_integer.h"

/* What an operator does with two literals of one kind; an operator of one literal does not look at
 * b. NULL: it is left to the op. */
struct folding {
    enum folded (*integers)(struct integer a, struct integer b, clw_scalar *out);
    enum folded (*floats)(double a, double b, clw_scalar *out);
    enum folded (*complexes)(const double a[2], const double b[2], clw_scalar *out);
};

extern const struct folding fold_add, fold_subtract, fold_multiply, fold_divide, fold_floor_divide,
    fold_remainder, fold_power, fold_left_shift, fold_right_shift, fold_and, fold_or, fold_xor,
    fold_negative, fold_positive, fold_invert;

/* folding NULL: FOLD_NOT. */
enum folded fold(const struct folding *folding, clw_scalar a, clw_scalar b, clw_scalar *out);
/* A sentence for a result that is neither FOLD_DONE nor FOLD_NOT. */
const char *fold_problem(enum folded folded);

#endif
