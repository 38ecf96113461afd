/* Operands of a command line as operands of the library. */
#ifndef CLWISE_TOOLS_OPERAND_H
#define CLWISE_TOOLS_OPERAND_H

#include <clwise/clwise.h>

#include "tools/formats.h"

/* A number, a file, or a sketch such as "f32[2,3]": an array without values. */
struct operand {
    int is_array; /* then file.header tells of what dtype and shape */
    int is_sketch;
    clw_scalar scalar; /* the number, if it is none */
    struct file file;
    clw_array *array; /* once it is loaded */
};

/* Tells the number, or dtype and shape: elements of .npy files are not read yet. operand_finish is
 * due in every case. */
int operand_open(struct operand *operand, const char *words, int sketches, uint64_t memory,
                 clw_error *error);
/* Makes the array, if it is one. */
int operand_load(struct operand *operand, clw_context *context, clw_error *error);
clw_operand operand_value(const struct operand *operand);
void operand_finish(struct operand *operand);

/* A file of bools. */
int where_load(clw_context *context, const char *path, clw_array **array, clw_error *error);

#endif
