/* The macros through which op bodies and lib files know their types: see cl/README.md. */
#ifndef CLWISE_CODEGEN_TYPES_H
#define CLWISE_CODEGEN_TYPES_H

#include "runtime/base/dtype.h"
#include "runtime/base/text.h"

/* OpenCL C type in which `dtype` computes; `demoted`: doubles compute as floats. */
const char *compute_type(clw_dtype dtype, int demoted);

/* #define PREFIX, PREFIX_IS_..., PREFIX_BITS and so on for a dtype, and the #undefs for them. */
void define_type(struct text *text, const char *prefix, clw_dtype dtype, int demoted);
void undefine_type(struct text *text, const char *prefix);

#endif
