/* Inputs and results of promotion in the words of the golden tables. */
#ifndef TESTS_UNIT_PROMOTE_CASES_H
#define TESTS_UNIT_PROMOTE_CASES_H

#include "runtime/plan/promote.h"

enum { RESULT_SIZE = 64 };

/* "f32" */
clw_dtype promote_dtype(const char *name);
struct typed promote_array(clw_dtype dtype, int ndim);
/* A host scalar: "b:1", "i:-1", "f:1e300"; of complex ones there is "c:1+2j". */
struct typed promote_weak(const char *text);
/* The result dtypes "f64 f64", or "error". */
void promote_result(const struct clw_op *op, const struct typed *in, clw_promotion rule,
                    char words[RESULT_SIZE], clw_error *error);

#endif
