#include "runtime/plan/called.h"

#include "runtime/plan/resolve.h"

clw_dtype called_dtype(const struct called *call, clw_dtype t)
{
    return call->is_t ? t : call->is_t_real ? dtype_table[t].real : call->dtype;
}

clw_status called_loop(const struct called *call, clw_dtype t, clw_promotion rule, int demote,
                       struct loop *loop, clw_error *error)
{
    const struct promotion how = {.rule = rule};
    struct typed in[OP_MAX_LEAF_INPUTS];
    const clw_dtype dtype = called_dtype(call, t);
    for (int i = 0; i < call->op->nin; i++)
        in[i] = (struct typed){dtype, 1, {CLW_SCALAR_NONE, {0}}};
    const clw_status status = promote(call->op, in, &how, loop, error);
    if (!status && demote)
        loop_demote(loop, call->op->nin, call->op->nout);
    return status;
}

static void note_wide(clw_dtype dtype, clw_dtype *wide)
{
    if (*wide == CLW_DTYPE_COUNT && dtype_needs_fp64(dtype))
        *wide = dtype;
}

static void note_loop(const struct clw_op *op, const struct loop *loop, clw_dtype *wide)
{
    for (int i = 0; i < op->nin; i++)
        note_wide((clw_dtype)loop->in[i], wide);
    for (int i = 0; i < op->nout; i++)
        note_wide((clw_dtype)loop->out[i], wide);
    for (int i = 0; i < op->nparams; i++)
        note_wide(param_dtype(&op->params[i], loop), wide);
    if (op->require_fp64)
        note_wide(CLW_F64, wide);
}

clw_status called_check(const struct clw_op *op, clw_dtype t, clw_promotion rule, int demote,
                        clw_dtype *wide, clw_error *error)
{
    clw_status status = CLW_OK;
    for (int i = 0; !status && i < op->ncalls; i++) {
        const struct called *call = &op->calls[i];
        struct loop loop;
        if (!(call->dtypes >> t & 1))
            continue;
        note_wide(demote ? dtype_demoted(called_dtype(call, t)) : called_dtype(call, t), wide);
        status = called_loop(call, t, rule, demote, &loop, error);
        if (status) {
            error_prefix(error, op->name);
            return status;
        }
        note_loop(call->op, &loop, wide);
        status = called_check(call->op, (clw_dtype)loop.t, rule, demote, wide, error);
    }
    return status;
}
