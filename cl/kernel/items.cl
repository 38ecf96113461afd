// Skeleton for CPUs whose compilers vectorise over work-items and not over loops: one element a
// work-item. Dimension 0 is the innermost axis, dimension 1 the rows, of which there are g.extent.

// One branch for all lanes: a branch of each lane's own would compute both forms.
#if CLW_HAS_USUAL && defined(cl_khr_subgroup_non_uniform_vote)
#define CLW_VOTE(judged) sub_group_non_uniform_all(judged)
#else
#define CLW_VOTE(judged) 0
#endif

__kernel void clwise(CLW_PARAMETERS)
{
    const long i = (long)get_global_id(0); // of the width of addresses: else it does not vectorise
    index_t rest = (index_t)get_global_id(1);
    long at[CLW_ARRAYS];

    if (i >= g.shape[CLW_RANK - 1] || rest >= g.extent)
        return;
    for (int k = 0; k < CLW_ARRAYS; k++)
        at[k] = 0;
    for (int axis = CLW_RANK - 2; axis >= 0; axis--) {
        const index_t outer = rest / g.shape[axis];
        const index_t position = rest - outer * g.shape[axis];
        for (int k = 0; k < CLW_ARRAYS; k++)
            at[k] += position * CLW_STEP(k, axis);
        rest = outer;
    }
    CLW_ROW(at, 0)
#if CLW_HAS_USUAL
    if (CLW_VOTE(CLW_IS_USUAL(i))) {
        CLW_ELEMENT_USUAL(i);
        return;
    }
#endif
    CLW_ELEMENT(i);
}
