/* "Did you mean": names at a small edit distance. */
#ifndef CLWISE_OPS_NEAREST_H
#define CLWISE_OPS_NEAREST_H

#include <stddef.h>

/* Edits (insert, delete, replace, swap neighbours) from a to b, at most `limit` + 1. */
int edit_distance(const char *a, const char *b, int limit);

/* The name nearest to a wanted one, of those offered: it begins as {wanted, NULL, edits + 1}. */
struct nearest {
    const char *wanted, *name; /* NULL: none is near */
    int distance;
};

/* Takes the name if it is nearer than what is there, and at most `limit` edits away. */
void nearest_offer(struct nearest *nearest, const char *name, int limit);

#endif
