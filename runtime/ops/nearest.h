/* "Did you mean": names at a small edit distance. */
#ifndef CLWISE_OPS_NEAREST_H
#define CLWISE_OPS_NEAREST_H

#include <stddef.h>

/* Edits (insert, delete, replace, swap neighbours) from a to b, at most `limit` + 1. */
int edit_distance(const char *a, const char *b, int limit);

#endif
