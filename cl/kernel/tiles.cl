// Skeleton for CPUs where an operand's neighbours along the innermost axis lie far apart, and those
// along the axis before it close together. A work-item walks a few tiles of these two axes; such
// operands are first turned into private tiles, whose rows are then read as any row.

// A count that the compiler knows leaves no remainder; where there are two forms of the element, loops
// are long anyway.
#define CLW_WALK_ROWS(count)                                                                       \
    for (int tile_row = 0; tile_row < rows; tile_row++) {                                          \
        CLW_WALK(at, begin, count)                                                                 \
        for (int k = 0; k < CLW_ARRAYS; k++)                                                       \
            at[k] += CLW_STEP(k, CLW_RANK - 2);                                                    \
    }

CLW_WALKER static void clw_walk(index_t item, CLW_PARAMETERS)
{
    const index_t first = item * g.per_item;
    const index_t last = min(first + g.per_item, g.extent);
    const index_t width = g.shape[CLW_RANK - 1], height = g.shape[CLW_RANK - 2];
    const index_t bands = (height + CLW_TILE_ROWS - 1) / CLW_TILE_ROWS;
    CLW_TILES

    for (index_t tile = first; tile < last; tile++) {
        index_t rest = tile / g.segments, at[CLW_ARRAYS];
        const index_t begin = (tile - rest * g.segments) * CLW_TILE_COLUMNS;
        index_t outer = rest / bands;
        const index_t top = (rest - outer * bands) * CLW_TILE_ROWS;
        const int columns = (int)min((index_t)CLW_TILE_COLUMNS, width - begin);
        const int rows = (int)min((index_t)CLW_TILE_ROWS, height - top);
        for (int k = 0; k < CLW_ARRAYS; k++)
            at[k] = top * CLW_STEP(k, CLW_RANK - 2);
        for (int axis = CLW_RANK - 3; axis >= 0; axis--) {
            rest = outer;
            outer = rest / g.shape[axis];
            const index_t position = rest - outer * g.shape[axis];
            for (int k = 0; k < CLW_ARRAYS; k++)
                at[k] += position * CLW_STEP(k, axis);
        }
        CLW_STAGE(at, begin, columns, rows)
#if !CLW_HAS_USUAL
        if (columns == CLW_TILE_COLUMNS)
            CLW_WALK_ROWS(CLW_TILE_COLUMNS)
        else
#endif
            CLW_WALK_ROWS(columns)
    }
}

__kernel void clwise(CLW_PARAMETERS)
{
    const index_t zero = clw_constants[get_group_id(0) >> (8 * sizeof(size_t) - 1)];
    clw_walk((index_t)get_global_id(0) + zero, CLW_ARGUMENTS);
}
