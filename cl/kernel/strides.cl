// Skeleton for GPUs where rows are not rows of vectors: the elements of a work-item lie a group apart,
// so that neighbouring work-items have neighbouring elements. A group takes blocks, of which there are
// g.segments; the elements after them are taken one by one.

#define CLW_BLOCK (CLW_GROUP * CLW_BATCH)
#define CLW_READ_APART(j)                                                                          \
    index_t at##j[CLW_ARRAYS];                                                                     \
    CLW_DECLARE(j)                                                                                 \
    CLW_FIND(at##j, first + j * CLW_GROUP, CLW_RANK - 1)                                           \
    CLW_READ(j, at##j, 0)
#define CLW_WRITE_APART(j) CLW_WRITE(j, at##j, 0)

__kernel CLW_GROUP_OF(CLW_GROUP, 1) void clwise(CLW_PARAMETERS)
{
    const index_t items = (index_t)get_global_size(0);
    const index_t blocks = min(g.segments, g.extent); // none where nothing is to be done

    for (index_t block = (index_t)get_group_id(0); block < blocks;
         block += (index_t)get_num_groups(0)) {
        const index_t first = block * CLW_BLOCK + (index_t)get_local_id(0);
        CLW_EACH(CLW_READ_APART)
        CLW_COMPUTE
        CLW_EACH(CLW_WRITE_APART)
    }
    for (index_t i = blocks * CLW_BLOCK + (index_t)get_global_id(0); i < g.extent; i += items) {
        const index_t first = i;
        CLW_READ_APART(0)
        CLW_COMPUTE_ONE(0, 0)
        CLW_WRITE_APART(0)
    }
}
