/* What the files of promotion share. */
#ifndef CLWISE_PLAN_PROMOTE_RULE_H
#define CLWISE_PLAN_PROMOTE_RULE_H

#include "runtime/plan/promote.h"

#define NO_DTYPE CLW_DTYPE_COUNT

/* A search for a loop. */
struct search {
    const struct clw_op *op;
    const struct typed *in;
    clw_promotion rule;
    unsigned t_inputs; /* inputs that decide together: those written T, or all */
    clw_dtype arrays;  /* NumPy's common dtype of the arrays among them, or none */
    clw_dtype dtype[OP_MAX_LEAF_INPUTS]; /* of arrays; what scalars stand for */
    clw_error *error;
};

/* Starts a search: everything but what scalars stand for. */
void search_begin(struct search *search, const struct clw_op *op, const struct typed *in,
                  clw_promotion rule, clw_error *error);

static inline int search_is_weak(const struct search *search, int input)
{
    return search->in[input].scalar.kind != CLW_SCALAR_NONE;
}

static inline int search_is_t(const struct search *search, int input)
{
    return search->t_inputs >> input & 1;
}

enum dtype_kind scalar_kind(clw_scalar scalar);
/* A host integer that no i64 holds. */
int scalar_is_above_i64(clw_scalar scalar);
/* No array is of the scalar's category or of one above: the scalar does not take its dtype from
 * them. */
int search_is_raised(const struct search *search, clw_scalar scalar);

int search_can_cast(const struct search *search, int input, clw_dtype to, clw_casting casting);

/* Each rule's loop, or NULL. They set what scalars stand for. */
const struct loop *search_numpy(struct search *search);
const struct loop *search_torch(struct search *search);
/* NumPy's search with search->dtype as it is. */
const struct loop *search_picks(const struct search *search);
/* Under PyTorch's rule the inputs are refused before any loop is looked for. */
clw_status search_check_torch(const struct search *search);
/* The dtype that chooses a row under PyTorch's rule, or NO_DTYPE. */
clw_dtype search_torch_common(const struct search *search);

/* Errors, which fill search->error. */
clw_status search_no_loop(const struct search *search);
clw_status search_no_result(const struct search *search, const struct promotion *how);
clw_status search_no_cast(const struct search *search, const struct loop *loop,
                          clw_casting casting);
clw_status search_does_not_fit(const struct search *search, int input, clw_dtype dtype);
clw_status search_is_negative(const struct search *search);
clw_status search_not_same(const struct search *search);

#endif
