/* Parses op files: the `//!` lines become struct clw_op, the rest is the body. */
#ifndef CLWISE_OPS_OPFILE_H
#define CLWISE_OPS_OPFILE_H

#include "runtime/ops/op.h"

enum { OPFILE_MAX_OPS = 64, OPFILE_MAX_BYTES = 1 << 20 };

/* cl/README.md tells the format. Parses `length` bytes called `file` into ops[0..*count), which the
 * caller destroys. On failure nothing is left behind; the message begins with "file:line: ".
 * SYNTAX, MEMORY. */
clw_status opfile_parse(const clw_allocator *allocator, const char *file, const char *text,
                        size_t length, struct clw_op *ops[OPFILE_MAX_OPS], int *count,
                        clw_error *error);

#endif
