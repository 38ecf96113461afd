// Skeleton for CPUs: a work-item walks a few runs, each a stretch of axis CLW_ALONG, in a plain loop
// that the compiler vectorises. A row is cut into g.segments runs of g.segment elements. The axis is the
// innermost, or, where that is short, the one before it: its elements are short rows.

// Apart from the kernel, of which PoCL makes three functions, each with all that is inlined.
CLW_WALKER static void clw_walk(index_t item, CLW_PARAMETERS)
{
    const index_t first = item * g.per_item;
    const index_t last = min(first + g.per_item, g.extent);
    index_t row = first / g.segments;
    index_t segment = first - row * g.segments;
    index_t position[CLW_RANK], at[CLW_ARRAYS];
    CLW_STAGES
    CLW_SPREADS

    for (int k = 0; k < CLW_ARRAYS; k++)
        at[k] = 0;
    for (int axis = CLW_ALONG - 1; axis >= 0; axis--) {
        position[axis] = row % g.shape[axis];
        row /= g.shape[axis];
        for (int k = 0; k < CLW_ARRAYS; k++)
            at[k] += position[axis] * CLW_STEP(k, axis);
    }
    for (index_t run = first; run < last; run++) {
        const index_t begin = segment * g.segment;
        const index_t count = min(g.segment, g.shape[CLW_ALONG] - begin);
        CLW_WALK(at, begin, count)

        if (++segment < g.segments)
            continue;
        segment = 0;
        for (int axis = CLW_ALONG - 1; axis >= 0; axis--) {
            const int carry = ++position[axis] == g.shape[axis];
            for (int k = 0; k < CLW_ARRAYS; k++)
                at[k] += carry ? (1 - g.shape[axis]) * CLW_STEP(k, axis) : CLW_STEP(k, axis);
            if (!carry)
                break;
            position[axis] = 0;
        }
    }
    CLW_FENCE
}

__kernel void clwise(CLW_PARAMETERS)
{
    const index_t zero = clw_constants[get_group_id(0) >> (8 * sizeof(size_t) - 1)];
    clw_walk((index_t)get_global_id(0) + zero, CLW_ARGUMENTS);
}
