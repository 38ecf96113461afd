// Skeleton for GPUs where rows are rows of vectors: a work-item has the neighbours that one access of
// up to 16 bytes moves, neighbouring work-items have neighbouring vectors. A row is g.segments vectors
// and g.segment elements more, which are taken one by one in a loop of their own.

#if CLW_RANK == 1
#define CLW_SPLIT(index, length)                                                                   \
    const index_t row = 0, place = (index);
#else
#define CLW_SPLIT(index, length)                                                                   \
    const index_t row = (index_t)((count_t)(index) / (count_t)(length));                           \
    const index_t place = (index) - row * (length);
#endif

__kernel CLW_GROUP_OF(CLW_GROUP, 1) void clwise(CLW_PARAMETERS)
{
    const index_t items = (index_t)get_global_size(0), item = (index_t)get_global_id(0);
    const index_t vectors = g.extent * g.segments, singles = g.extent * g.segment;

    for (index_t i = item; i < vectors; i += items) {
        index_t at[CLW_ARRAYS];
        CLW_SPLIT(i, g.segments)
        CLW_FIND(at, row, CLW_RANK - 2)
        CLW_EACH(CLW_DECLARE)
        CLW_READ_VECTOR(at, place * CLW_BATCH)
        CLW_COMPUTE
        CLW_WRITE_VECTOR(at, place * CLW_BATCH)
    }
    for (index_t i = item; i < singles; i += items) {
        index_t at[CLW_ARRAYS];
        CLW_SPLIT(i, g.segment)
        CLW_FIND(at, row, CLW_RANK - 2)
        CLW_DECLARE(0)
        CLW_READ(0, at, g.segments * CLW_BATCH + place)
        CLW_COMPUTE_ONE(0, 0)
        CLW_WRITE(0, at, g.segments * CLW_BATCH + place)
    }
}
