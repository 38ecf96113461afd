/* Which loop of an op runs: NumPy's and PyTorch's promotion, weak scalars, casting rules. */
#ifndef CLWISE_PLAN_PROMOTE_H
#define CLWISE_PLAN_PROMOTE_H

#include "runtime/ops/op.h"

struct typed {
    clw_dtype dtype;   /* of an array */
    int ndim;          /* of an array: PyTorch's rule takes 0-d as weak within its category */
    clw_scalar scalar; /* kind != CLW_SCALAR_NONE: a weak scalar, and dtype does not count */
};

struct promotion {
    clw_promotion rule;
    int has_dtype; /* compute in the loop whose first output has `dtype` */
    clw_dtype dtype;
    clw_casting casting; /* for has_dtype */
};

/* The loop of a leaf op for these inputs. DTYPE (names the op, its inputs' dtypes, and what there
 * is), RANGE (a scalar that does not fit; a negative exponent), CAST. */
clw_status promote(const struct clw_op *op, const struct typed *in, const struct promotion *how,
                   struct loop *loop, clw_error *error);

/* clw_can_cast. */
int can_cast(clw_dtype from, clw_dtype to, clw_casting casting);
const char *casting_name(clw_casting casting);

/* The bits of a scalar as one element of `dtype` in its compute type (OpenCL C type
 * dtype_table[].compute: f16 and bf16 rounded, then widened to float), at most 16 bytes; returns
 * how many. Floats are rounded once; integers saturate only from floats. */
size_t scalar_bits(clw_scalar scalar, clw_dtype dtype, unsigned char bits[16]);

#endif
