// Skeleton for GPUs where an operand's neighbours along the innermost axis lie far apart, and those
// along the axis before it close together. A group walks over tiles of these two axes: such operands
// are read along their fast axis into local memory, and from there along the innermost. Rows of a tile
// are one element longer than its side, so that both ways go through all banks of the memory.

#define CLW_LINES (CLW_GROUP / CLW_TILE_SIDE)
#define CLW_ROW_OF(j) (line + (j) * CLW_LINES)
#define CLW_SLOT(j) (CLW_ROW_OF(j) * CLW_TILE_PITCH + lane)

// The axes change roles: lanes of the group are rows of the tile.
#define CLW_FETCH_LINE(j) CLW_FETCH(j, at, lane, begin + CLW_ROW_OF(j))
#define CLW_FETCH_INSIDE(j)                                                                        \
    if (lane < rows && CLW_ROW_OF(j) < columns) {                                                  \
        CLW_FETCH_LINE(j)                                                                          \
    }
#define CLW_PUT_LINE(j) CLW_PUT(j, lane * CLW_TILE_PITCH + CLW_ROW_OF(j))

#define CLW_PLACE(j)                                                                               \
    index_t at##j[CLW_ARRAYS];                                                                     \
    CLW_DECLARE(j)                                                                                 \
    for (int k = 0; k < CLW_ARRAYS; k++)                                                           \
        at##j[k] = at[k] + CLW_ROW_OF(j) * CLW_STEP(k, CLW_RANK - 2);
#define CLW_READ_LINE(j) CLW_READ(j, at##j, begin + lane)
#define CLW_READ_INSIDE(j)                                                                         \
    if (lane < columns && CLW_ROW_OF(j) < rows) {                                                  \
        CLW_READ_LINE(j)                                                                           \
    }
#define CLW_WRITE_LINE(j) CLW_WRITE(j, at##j, begin + lane)

__kernel CLW_GROUP_OF(CLW_TILE_SIDE, CLW_LINES) void clwise(CLW_PARAMETERS)
{
    const index_t width = g.shape[CLW_RANK - 1], height = g.shape[CLW_RANK - 2];
    const count_t bands = ((count_t)height + CLW_TILE_SIDE - 1) / CLW_TILE_SIDE;
    const int lane = (int)get_local_id(0), line = (int)get_local_id(1);
    CLW_TILES

    for (index_t tile = (index_t)get_group_id(0); tile < g.extent;
         tile += (index_t)get_num_groups(0)) {
        index_t at[CLW_ARRAYS];
        const count_t band = (count_t)tile / (count_t)g.segments, outer = band / bands;
        const index_t begin = (tile - (index_t)band * g.segments) * CLW_TILE_SIDE;
        const index_t top = (index_t)(band - outer * bands) * CLW_TILE_SIDE;
        const int columns = (int)min((index_t)CLW_TILE_SIDE, width - begin);
        const int rows = (int)min((index_t)CLW_TILE_SIDE, height - top);
        const int is_whole = columns == CLW_TILE_SIDE && rows == CLW_TILE_SIDE;
        CLW_FIND(at, outer, CLW_RANK - 3)
        for (int k = 0; k < CLW_ARRAYS; k++)
            at[k] += top * CLW_STEP(k, CLW_RANK - 2);
        CLW_EACH(CLW_FETCHED)
        if (is_whole) {
            CLW_EACH(CLW_FETCH_LINE)
        } else {
            CLW_EACH(CLW_FETCH_INSIDE)
        }
        CLW_EACH(CLW_PUT_LINE)
        barrier(CLK_LOCAL_MEM_FENCE);
        CLW_EACH(CLW_PLACE)
        if (is_whole) {
            CLW_EACH(CLW_READ_LINE)
        } else {
            CLW_EACH(CLW_READ_INSIDE)
        }
        CLW_COMPUTE
        CLW_EACH(CLW_WRITE_LINE)
        barrier(CLK_LOCAL_MEM_FENCE);
    }
}
