/* Parsed expressions of clw_eval by their text. */
#ifndef CLWISE_API_EXPRESSIONS_H
#define CLWISE_API_EXPRESSIONS_H

#include "runtime/ops/op.h"

enum {
    EXPRESSIONS_MOST = 1024,
    EXPRESSIONS_MOST_BYTES = 32 << 20, /* about; the newest is always kept */
    EXPRESSIONS_BUCKETS = 2048
};

/* An expression that is used by calls while others may drop it. */
struct evaluation {
    atomic_int references;
    struct hash128 hash;
    struct clw_op *op; /* its references are evaluations; its doc is the text */
};

struct known_expression {
    struct evaluation *evaluation; /* holds one reference; NULL: the place is free */
    size_t bytes;
    atomic_int used; /* since the last search for one to drop */
    int next;        /* in its bucket, counted from 1 */
};

/* Zeroed memory is an empty table. */
struct expressions {
    int count, hand;
    size_t bytes;
    int buckets[EXPRESSIONS_BUCKETS]; /* first entry, counted from 1 */
    struct known_expression entries[EXPRESSIONS_MOST];
};

/* One reference, and one of the op's; NULL if memory ran out. */
struct evaluation *evaluation_new(struct clw_op *op, struct hash128 hash);
void evaluation_release(struct evaluation *evaluation);

void expressions_finish(struct expressions *table);
/* Drops all. */
void expressions_clear(struct expressions *table);
/* The evaluation of the text, with a reference for the caller, or NULL. For several threads at
 * once, while nobody adds. */
struct evaluation *expressions_find(struct expressions *table, const char *text,
                                    struct hash128 hash);
/* Keeps the evaluation, whose text is not in the table. Others are dropped for it that were not
 * used lately; they live on while somebody has a reference. */
void expressions_add(struct expressions *table, struct evaluation *evaluation);

#endif
