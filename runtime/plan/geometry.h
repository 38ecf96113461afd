/* Shapes and strides: broadcasting, bounds, overlap and coalescing. Pure functions over plain
 * structs; all offsets in bytes. */
#ifndef CLWISE_PLAN_GEOMETRY_H
#define CLWISE_PLAN_GEOMETRY_H

#include "runtime/base/error.h"

enum {
    GEOMETRY_MAX_RANK = CLW_MAX_NDIM + 1, /* one more for complex numbers taken as pairs */
    SHAPE_WORDS = 24 * GEOMETRY_MAX_RANK  /* bytes that hold any shape or strides in words */
};

struct layout {
    int ndim;
    int64_t shape[GEOMETRY_MAX_RANK];
    int64_t strides[GEOMETRY_MAX_RANK];
};

/* ---- layout.c ---- */

/* Checks ndim and extents, and sets *count to their product (0 if any is 0). ARGUMENT for ndim or a
 * negative extent; OVERFLOW if the product of extents times itemsize exceeds INT64_MAX, also where
 * another extent is 0. Everything below takes shapes that have passed. */
clw_status layout_check(int ndim, const int64_t *shape, size_t itemsize, int64_t *count,
                        clw_error *error);
int layout_is_empty(const struct layout *layout);            /* 1 if an extent is 0 */
void layout_c_order(struct layout *layout, size_t itemsize); /* fills strides from shape */
/* 1 if elements lie in C order without gaps (strides of extents 1 do not matter; size 0 is too). */
int layout_is_contiguous(const struct layout *layout, size_t itemsize);
/* Lowest byte and one past the highest byte of all elements, relative to element 0; both 0 for size
 * 0. OVERFLOW if that cannot be said in 64 bits. */
clw_status layout_extent(const struct layout *layout, size_t itemsize, int64_t *low, int64_t *high,
                         clw_error *error);
/* "(2, 3)", "(4,)", "()" into words; cut at bytes. */
const char *shape_words(int ndim, const int64_t *shape, char *words, size_t bytes);

/* ---- broadcast.c ---- */

/* The broadcast shape of n shapes; n 0 gives (). SHAPE, naming the first two that clash ("shapes
 * (2, 3) and (4,) cannot be broadcast together"), or OVERFLOW; *ndim and shape are then as before.
 * `shape` may be one of `shapes`. */
clw_status broadcast_shapes(int n, const int *ndims, const int64_t *const *shapes, int *ndim,
                            int64_t *shape, clw_error *error);
/* The operand's strides over the broadcast shape: 0 where it is stretched. The shapes must fit. */
void broadcast_strides(const struct layout *operand, int ndim, const int64_t *shape,
                       int64_t *strides);

/* ---- overlap.c ---- */

/* 1 if two different indices reach a common byte. Exact up to a bounded amount of work, else 1. */
int layout_overlaps_itself(const struct layout *layout, size_t itemsize);
/* 1 if an element of a (element 0 at byte a_offset) shares a byte with one of b. May say 1 where
 * memory extents interleave and an exact answer takes too much work; never 0 wrongly. */
int layouts_overlap(const struct layout *a, int64_t a_offset, size_t a_itemsize,
                    const struct layout *b, int64_t b_offset, size_t b_itemsize);

/* ---- coalesce.c ---- */

enum { COALESCE_MAX_OPERANDS = 32 };

/* One index space that several operands walk. */
struct walk {
    int rank, noperands;
    int64_t shape[GEOMETRY_MAX_RANK]; /* outermost first */
    int64_t strides[COALESCE_MAX_OPERANDS][GEOMETRY_MAX_RANK];
    int64_t base[COALESCE_MAX_OPERANDS]; /* bytes from element 0 to where the walk begins */
};

/* Drops axes of extent 1, flips axes so that the operand `leader` (the first output) has no
 * negative stride, sorts axes by the leader's stride (ties: by the others'), outermost largest, and
 * merges axes until no two can be merged: an axis folds into another if for every operand
 * stride[outer] == shape[inner] * stride[inner]. An axis that does not move the leader (possible
 * only if that is an input) is flipped for the first operand that it moves. The set of tuples of
 * operands' offsets stays the same. Every extent is at least 1, their product fits 64 bits, and no
 * operand spans more than INT64_MAX bytes, from `base` on. */
void coalesce(struct walk *walk, int leader);

/* Makes axis number `axis` number `place`, further in; those between move outward. */
void walk_move_inward(struct walk *walk, int axis, int place);

/* Largest absolute byte offset from an operand's `base` that the walk reaches, saturating at
 * INT64_MAX. */
int64_t walk_largest_offset(const struct walk *walk);

#endif
