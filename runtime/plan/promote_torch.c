#include "runtime/plan/promote_rule.h"

/* The common dtype of several inputs: arrays of one or more axes before 0-d arrays before scalars.
 * `failed`: u16, u32 or u64 beside something else. */
struct common {
    clw_dtype dtype[3];
    int failed;
};

static void join(struct common *common, int rank, clw_dtype dtype)
{
    const clw_dtype old = common->dtype[rank];
    common->dtype[rank] = old == NO_DTYPE ? dtype : dtype_promote_torch(old, dtype);
    common->failed |= common->dtype[rank] == NO_DTYPE;
}

/* A lower rank counts only where its category is above. */
static clw_dtype over(clw_dtype higher, clw_dtype lower)
{
    if (higher == NO_DTYPE || lower == NO_DTYPE)
        return higher == NO_DTYPE ? lower : higher;
    const enum dtype_kind kind = dtype_table[higher].kind, kind_below = dtype_table[lower].kind;
    if (kind_below <= kind)
        return higher;
    return kind == KIND_FLOAT ? dtype_complex(higher) : lower;
}

/* A scalar by itself; only where no array decides may it be u64. */
static clw_dtype alone(const struct search *search, clw_scalar scalar)
{
    static const clw_dtype dtypes[] = {CLW_BOOL, CLW_I64, CLW_F32, CLW_C64};
    if (search->arrays == NO_DTYPE && scalar_is_above_i64(scalar))
        return CLW_U64;
    return dtypes[scalar_kind(scalar)];
}

static clw_dtype common_dtype(const struct search *search, unsigned inputs)
{
    struct common common = {{NO_DTYPE, NO_DTYPE, NO_DTYPE}, 0};
    for (int i = 0; i < search->op->nin && !common.failed; i++) {
        const struct typed *in = &search->in[i];
        if (!(inputs >> i & 1))
            continue;
        if (search_is_weak(search, i))
            join(&common, 2, alone(search, in->scalar));
        else
            join(&common, in->ndim == 0, in->dtype);
    }
    if (common.failed)
        return NO_DTYPE;
    const clw_dtype arrays = over(common.dtype[0], common.dtype[1]);
    return over(arrays, common.dtype[2]);
}

static clw_dtype stand_in(const struct search *search, clw_scalar scalar, clw_dtype common)
{
    return common == NO_DTYPE || search_is_raised(search, scalar) ? alone(search, scalar) : common;
}

static enum dtype_kind kind_of(const struct search *search, int input)
{
    return search_is_weak(search, input) ? scalar_kind(search->in[input].scalar)
                                         : dtype_table[search->dtype[input]].kind;
}

/* Exactly the row's dtypes, for a row that nothing is to choose. */
static int is_exact(const struct search *search, const struct loop *row)
{
    for (int i = 0; i < search->op->nin; i++)
        if (search->dtype[i] != (clw_dtype)row->in[i])
            return 0;
    return 1;
}

static int is_chosen(const struct search *search, const struct loop *row, clw_dtype common)
{
    if (common == NO_DTYPE)
        return 0;
    if (!row->from)
        return is_exact(search, row);
    for (int i = 0; i < search->op->nin; i++)
        if (!(row->t_inputs >> i & 1) && kind_of(search, i) != dtype_table[row->in[i]].kind)
            return 0;
    return row->from >> common & 1;
}

/* Without rows of its own an op has its loops, but for those that `from` moved for NumPy's rule. */
static const struct loop *find_row(const struct search *search, clw_dtype common)
{
    const struct clw_op *op = search->op;
    const struct loop *rows = op->ntorch ? op->torch : op->loops;
    const int count = op->ntorch ? op->ntorch : op->nloops;
    unsigned others = search->t_inputs; /* the inputs of the last row that had others */
    clw_dtype common_of_others = common;
    for (int i = 0; i < count; i++) {
        const struct loop *row = &rows[i];
        const int has_others = row->t_inputs && row->t_inputs != search->t_inputs;
        if (has_others && row->t_inputs != others) {
            others = row->t_inputs;
            common_of_others = common_dtype(search, others);
        }
        const int is_own = op->ntorch || !row->from || row->from == 1u << row->t;
        if (is_own && is_chosen(search, row, has_others ? common_of_others : common))
            return row;
    }
    return NULL;
}

const struct loop *search_torch(struct search *search)
{
    const struct clw_op *op = search->op;
    if (!op->t_inputs && !op->ntorch)
        return search_numpy(search);
    const clw_dtype common = common_dtype(search, search->t_inputs);
    for (int i = 0; i < op->nin; i++)
        if (search_is_weak(search, i))
            search->dtype[i] = stand_in(search, search->in[i].scalar, common);
    const struct loop *row = find_row(search, common);
    const int takes_f32 = !op->ntorch && common != NO_DTYPE && dtype_table[common].kind <= KIND_INT;
    return row || !takes_f32 ? row : find_row(search, CLW_F32);
}

clw_dtype search_torch_common(const struct search *search)
{
    return common_dtype(search, search->t_inputs);
}

clw_status search_check_torch(const struct search *search)
{
    const struct clw_op *op = search->op;
    if (!(op->flags & (OP_TORCH_NO_BOOL | OP_TORCH_SAME)))
        return CLW_OK;
    const clw_dtype common = search_torch_common(search);
    for (int i = 0; i < op->nin; i++) {
        if (search_is_weak(search, i))
            continue;
        if (op->flags & OP_TORCH_NO_BOOL && search->dtype[i] == CLW_BOOL)
            return search_no_loop(search);
        if (op->flags & OP_TORCH_SAME && search_is_t(search, i) && search->dtype[i] != common)
            return search_not_same(search);
    }
    return CLW_OK;
}
