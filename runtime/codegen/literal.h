/* Numbers of the host as OpenCL C constants. */
#ifndef CLWISE_CODEGEN_LITERAL_H
#define CLWISE_CODEGEN_LITERAL_H

#include "runtime/base/text.h"

/* A kernel argument that is 0: a compiler cannot tell what a value is when that is added to its
 * bits. Adding twice does not cancel, as XOR does. */
#define CODEGEN_ZERO "zero_bits"

/* The scalar in the compute type of dtype, as exact bits: no locale, no decimal rounding. */
void add_literal(struct text *text, clw_scalar scalar, clw_dtype dtype, int is_hidden);
/* Around a value of that compute type: hides it. */
void begin_hidden(struct text *text, const char *type, clw_dtype dtype);
void end_hidden(struct text *text, const char *type, clw_dtype dtype);

#endif
