/* Names for mkdtemp and mkstemp. */
#ifndef CLWISE_TESTS_TEMPORARY_H
#define CLWISE_TESTS_TEMPORARY_H

#include <stdio.h>
#include <stdlib.h>

/* In $TMPDIR, or /tmp. */
static inline void temporary_name(char *path, size_t size)
{
    const char *const base = getenv("TMPDIR");
    snprintf(path, size, "%s/clwise-test-XXXXXX", base && *base ? base : "/tmp");
}

#endif
