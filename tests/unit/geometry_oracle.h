/* What geometry.h must answer, worked out another way: in 128 bits, by trying everything where that
 * is little, and otherwise by evaluating a polynomial. */
#ifndef CLWISE_TESTS_GEOMETRY_ORACLE_H
#define CLWISE_TESTS_GEOMETRY_ORACLE_H

#include "tests/unit/geometry_cases.h"

__extension__ typedef __int128 wide;

/* Product of the extents that are not 0; saturates a little above 2^64. */
wide oracle_elements(int ndim, const int64_t *shape);
int oracle_is_empty(int ndim, const int64_t *shape);
/* Sums of the negative and of the positive (extent - 1) * stride; saturate far above 2^64. */
void oracle_reach(int rank, const int64_t *shape, const int64_t *strides, wide *low, wide *high);
/* CLW_OK, SHAPE or OVERFLOW. */
clw_status oracle_broadcast(const struct geometry_case *c, int *ndim, int64_t *shape);
/* The byte offset of the element of layout at this place of the broadcast shape. */
int64_t oracle_offset(const struct layout *layout, int ndim, const int64_t *index);
/* Steps to the next index in C order; 0 after the last, and index is then all 0. */
int oracle_next(int ndim, const int64_t *shape, int64_t *index);

/* Equal for equal multisets of tuples of offsets, and hardly ever else. Walks of up to
 * CASE_OPERANDS operands and any size. */
uint64_t oracle_fingerprint(const struct walk *walk);
/* 1 if axis `outer` folds into `inner`, one of them perhaps reversed. */
int oracle_folds(const struct walk *walk, int outer, int inner);
/* The least rank that folding in any order gives, for up to ORACLE_AXES axes. */
enum { ORACLE_AXES = 4 };
int oracle_least_rank(const struct walk *walk);
/* 1 if some order and direction of axes visits the leader's elements in ascending order. */
int oracle_can_ascend(const struct walk *walk, int leader);

/* A table of bytes around address 0, for layouts that fit it. oracle_meets_bytes is 1 if an element
 * has a byte that is marked, also by an element before it; it marks only if told to. */
int oracle_fits_bytes(const struct layout *layout, int64_t offset);
void oracle_clear_bytes(void);
int oracle_meets_bytes(const struct layout *layout, int64_t offset, size_t itemsize, int marking);

#endif
