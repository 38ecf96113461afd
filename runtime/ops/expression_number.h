/* Numbers as Python writes them. */
#ifndef CLWISE_OPS_EXPRESSION_NUMBER_H
#define CLWISE_OPS_EXPRESSION_NUMBER_H

#include "runtime/base/error.h"

struct number {
    clw_scalar value;
    size_t length;       /* up to its end, or up to where it goes wrong */
    clw_status status;   /* CLW_ERROR_SYNTAX, CLW_ERROR_MEMORY */
    const char *problem; /* a sentence if there is one */
};

/* Reads the number that begins at `text`: 3, 1_000, 0x1f, 0o17, 0b11, 2.5e-3, 2j. An integer above
 * UINT64_MAX is a problem; a float out of range is inf or 0, as in Python. */
struct number number_parse(const char *text);

#endif
