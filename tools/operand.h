/* Operands of a command line as operands of the library. */
#ifndef CLWISE_TOOLS_OPERAND_H
#define CLWISE_TOOLS_OPERAND_H

#include <clwise/clwise.h>

/* A number, a file, or, with `sketches`, "f32[2,3]". *array is the caller's, and NULL for a number.
 */
int operand_load(clw_context *context, const char *words, int sketches, clw_operand *operand,
                 clw_array **array, clw_error *error);
/* A file of bools. */
int where_load(clw_context *context, const char *path, clw_array **array, clw_error *error);

#endif
