/* Integers of literals: a sign and 64 bits, so that all of i64 and u64 fits. */
#ifndef CLWISE_OPS_EXPRESSION_INTEGER_H
#define CLWISE_OPS_EXPRESSION_INTEGER_H

#include "runtime/base/error.h"

enum folded {
    FOLD_DONE,
    FOLD_NOT, /* left to the op */
    FOLD_OUT_OF_RANGE,
    FOLD_ZERO_DIVISION,
    FOLD_NO_VALUE
};

struct integer {
    uint64_t magnitude;
    int negative;
};

/* Of a scalar of kind INT or UINT. */
struct integer integer_of(clw_scalar scalar);
double integer_real(struct integer a);

enum folded integer_negative(struct integer a, clw_scalar *out);
enum folded integer_invert(struct integer a, clw_scalar *out);
enum folded integer_add(struct integer a, struct integer b, clw_scalar *out);
enum folded integer_subtract(struct integer a, struct integer b, clw_scalar *out);
enum folded integer_multiply(struct integer a, struct integer b, clw_scalar *out);
/* Toward minus infinity, and what remains, with the sign of b. */
enum folded integer_floor_divide(struct integer a, struct integer b, clw_scalar *out);
enum folded integer_remainder(struct integer a, struct integer b, clw_scalar *out);
/* The exponent is not negative. */
enum folded integer_power(struct integer a, struct integer b, clw_scalar *out);
enum folded integer_left_shift(struct integer a, struct integer b, clw_scalar *out);
enum folded integer_right_shift(struct integer a, struct integer b, clw_scalar *out);
/* In two's complement of any width. */
enum folded integer_and(struct integer a, struct integer b, clw_scalar *out);
enum folded integer_or(struct integer a, struct integer b, clw_scalar *out);
enum folded integer_xor(struct integer a, struct integer b, clw_scalar *out);

#endif
