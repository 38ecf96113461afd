/* Numbers of the host as OpenCL C constants. */
#ifndef CLWISE_CODEGEN_LITERAL_H
#define CLWISE_CODEGEN_LITERAL_H

#include "runtime/base/text.h"

/* The scalar in the compute type of dtype, as exact bits: no locale, no decimal rounding. */
void add_literal(struct text *text, clw_scalar scalar, clw_dtype dtype);

#endif
