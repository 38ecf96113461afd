// Skeleton for GPUs: neighbouring work-items touch neighbouring elements, and go on by the size of the
// grid where there are more elements than items.

__kernel void clwise(CLW_PARAMETERS)
{
    const index_t stride = (index_t)get_global_size(0);

    for (index_t i = (index_t)get_global_id(0); i < g.extent; i += stride) {
        index_t rest = i, at[CLW_ARRAYS];
        for (int k = 0; k < CLW_ARRAYS; k++)
            at[k] = 0;
        for (int axis = CLW_RANK - 1; axis > 0; axis--) {
            const index_t outer = rest / g.shape[axis];
            const index_t position = rest - outer * g.shape[axis];
            for (int k = 0; k < CLW_ARRAYS; k++)
                at[k] += position * CLW_STEP(k, axis);
            rest = outer;
        }
        for (int k = 0; k < CLW_ARRAYS; k++)
            at[k] += rest * CLW_STEP(k, 0);
        CLW_ROW(at, 0)
#if CLW_HAS_USUAL
        if (CLW_IS_USUAL(0)) {
            CLW_ELEMENT_USUAL(0);
            continue;
        }
#endif
        CLW_ELEMENT(0);
    }
}
