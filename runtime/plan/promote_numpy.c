#include "runtime/plan/promote_rule.h"

/* What a scalar above the category of the arrays stands for. */
static clw_dtype raised(enum dtype_kind kind, clw_dtype arrays)
{
    static const clw_dtype alone[] = {CLW_BOOL, CLW_I64, CLW_F64, CLW_C128};
    if (kind == KIND_COMPLEX && arrays != NO_DTYPE && dtype_table[arrays].kind == KIND_FLOAT)
        return dtype_complex(arrays);
    return alone[kind];
}

static clw_dtype stand_in(const struct search *search, clw_scalar scalar)
{
    if (search->arrays == NO_DTYPE && scalar_is_above_i64(scalar))
        return CLW_U64;
    return search_is_raised(search, scalar) ? raised(scalar_kind(scalar), search->arrays)
                                            : search->arrays;
}

/* The dtypes that a scalar, by itself, can be. */
static unsigned dtypes_of(clw_scalar scalar)
{
    unsigned dtypes = 0;
    for (int d = 0; d < CLW_DTYPE_COUNT; d++)
        if (scalar_kind(scalar) <= dtype_table[d].kind && dtype_holds((clw_dtype)d, scalar))
            dtypes |= 1u << d;
    return dtypes;
}

static int accepts(const struct search *search, const struct pick *pick, const unsigned *casts)
{
    const struct loop *loop = &search->op->loops[pick->loop];
    for (int i = 0; i < search->op->nin; i++) {
        const int wanted = loop->t_inputs >> i & 1 ? pick->place : loop->in[i];
        if (!(casts[i] >> wanted & 1))
            return 0;
    }
    return 1;
}

const struct loop *search_picks(const struct search *search)
{
    const struct clw_op *op = search->op;
    unsigned casts[OP_MAX_LEAF_INPUTS];
    for (int i = 0; i < op->nin; i++)
        casts[i] = search_is_weak(search, i) && !search_is_t(search, i)
                       ? dtypes_of(search->in[i].scalar)
                       : dtype_safe_casts[search->dtype[i]];
    for (int i = 0; i < op->npicks; i++)
        if (accepts(search, &op->picks[i], casts))
            return &op->loops[op->picks[i].loop];
    return NULL;
}

const struct loop *search_numpy(struct search *search)
{
    for (int i = 0; i < search->op->nin; i++)
        if (search_is_weak(search, i))
            search->dtype[i] = stand_in(search, search->in[i].scalar);
    return search_picks(search);
}
