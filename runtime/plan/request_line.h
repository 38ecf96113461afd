/* A request as a line of text, from which another process makes the same plan: what
 * CLWISE_RECORD writes and clw_warm reads.
 *
 *   1 op=multiply rule=numpy fp64=strict in=f32[4096,64]{256,4}@16 in=float:3fe0000000000000
 * out=new
 *
 * Words are separated by one blank. `expression=TEXT` stands for an op without a name, with %20 for
 * what is no plain character. An array is its dtype, shape, strides in bytes, and the power of two
 * up to 16 that divides its address; a weak scalar its kind and value, of floats the bits. After
 * the operands may come mask=ARRAY, dtype=D, casting=C, origin=N and param=NAME:SCALAR. */
#ifndef CLWISE_PLAN_REQUEST_LINE_H
#define CLWISE_PLAN_REQUEST_LINE_H

#include "runtime/base/text.h"
#include "runtime/plan/plan.h"

/* Without a line feed. 0: the op has neither a name that another process knows nor a text. */
int request_line(const struct request *request, struct text *line);

/* A request with what it points to. */
struct read_request {
    struct request request; /* but for op and target */
    const char *op;         /* a name; NULL: there is an expression */
    const char *expression;
    int nin, nout;
    struct operand in[OP_MAX_INPUTS], out[OP_MAX_OUTPUTS], mask;
    clw_param params[OP_MAX_KERNEL_PARAMS];
    struct layout layouts[OP_MAX_INPUTS + OP_MAX_OUTPUTS + 1];
    int nlayouts;
};

/* Takes the line apart; *read points into it. SYNTAX: the words and what is wrong with them;
 * ARGUMENT, OVERFLOW: an array that cannot be. */
clw_status request_read(char *line, struct read_request *read, clw_error *error);

#endif
