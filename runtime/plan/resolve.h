/* From an op and the types of its operands to the steps that one element goes through: one step for
 * an op with a body, one for each node of an expression. */
#ifndef CLWISE_PLAN_RESOLVE_H
#define CLWISE_PLAN_RESOLVE_H

#include "runtime/plan/promote.h"

enum {
    RESOLVED_MAX_SCALARS = 64, /* an input in several dtypes is several */
    RESOLVED_MAX_PARAMS = OP_MAX_KERNEL_PARAMS
};

/* Where a step takes a value from. */
enum value_kind { VALUE_INPUT, VALUE_SCALAR, VALUE_LITERAL, VALUE_STEP };
struct value {
    uint8_t kind;
    uint8_t dtype;  /* of the value before it is cast to what its reader wants */
    uint8_t output; /* VALUE_STEP: which output */
    int16_t index;  /* input; entry of scalars; literal of the graph; step */
};

struct step {
    const struct clw_op *op; /* with a body; NULL: a cast to loop.out[0] */
    struct loop loop;
    struct value in[OP_MAX_LEAF_INPUTS];
    int first_param;                    /* of its nparams kernel parameters in resolved.params */
    uint8_t position[OP_MAX_POSITIONS]; /* which of the plan's; positions_add sets them */
};

/* A weak scalar of the call in the dtype that a reader wants: one kernel argument. */
struct scalar_use {
    int input;
    clw_dtype dtype;
};

/* A parameter of a step in its dtype: one kernel argument. */
struct param_use {
    clw_scalar value;
    clw_dtype dtype;
};

struct resolved {
    const struct clw_op *op;
    int nsteps, nscalars, nparams;
    struct step steps[OP_MAX_NODES];
    struct scalar_use scalars[RESOLVED_MAX_SCALARS];
    struct param_use params[RESOLVED_MAX_PARAMS];
    struct value out[OP_MAX_OUTPUTS];
    clw_dtype out_dtype[OP_MAX_OUTPUTS]; /* result dtypes, before any cast to a given output */
    int out_ndim[OP_MAX_OUTPUTS];        /* of expressions: as of calls one after the other */
};

/* A step without an op, a cast, has one of each. */
int step_input_count(const struct step *step);
int step_output_count(const struct step *step);
/* The first dtype of a step's loop and parameters that needs doubles, or CLW_DTYPE_COUNT. */
clw_dtype step_needs_fp64(const struct resolved *resolved, const struct step *step);

/* The dtype that a parameter has in a loop. */
clw_dtype param_dtype(const struct param *param, const struct loop *loop);
/* f64 and c128 of a loop become f32 and c64. */
void loop_demote(struct loop *loop, int nin, int nout);

struct resolve_options {
    struct promotion promotion;
    int demote; /* compute f64 in f32: results have demoted dtypes */
    const clw_param *params;
    int nparams;
};

/* ARGUMENT, NOT_FOUND (a parameter; names what there is), RANGE, DTYPE, CAST. */
clw_status resolve(const struct clw_op *op, const struct typed *in,
                   const struct resolve_options *options, struct resolved *resolved,
                   clw_error *error);

#endif
