/* Parsed expressions by their text. */
#ifndef CLWISE_API_EXPRESSIONS_H
#define CLWISE_API_EXPRESSIONS_H

#include "runtime/ops/op.h"

enum {
    EXPRESSIONS_MOST = 1024,
    EXPRESSIONS_MOST_BYTES = 16 << 20, /* of what parsing made, about; the newest is always kept */
    EXPRESSIONS_BUCKETS = 2048
};

struct known_expression {
    struct clw_op *op; /* holds one reference; its doc is the text; NULL: the place is free */
    struct hash128 hash;
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

void expressions_finish(struct expressions *table);
/* The op of the text, with a reference for the caller, or NULL. For several threads at once, while
 * nobody adds. */
struct clw_op *expressions_find(struct expressions *table, const char *text, struct hash128 hash);
/* Keeps the op, whose text is not in the table, with a reference of its own. Others are dropped for
 * it that were not used lately; they live on while somebody has a reference. */
void expressions_add(struct expressions *table, struct clw_op *op, struct hash128 hash);
/* Gives a reference back. */
void expressions_release(struct clw_op *op);

#endif
