#include "runtime/plan/promote.h"

#include "runtime/plan/promote_rule.h"

enum dtype_kind scalar_kind(clw_scalar scalar)
{
    static const enum dtype_kind kinds[] = {
        [CLW_SCALAR_NONE] = KIND_BOOL,   [CLW_SCALAR_BOOL] = KIND_BOOL,
        [CLW_SCALAR_INT] = KIND_INT,     [CLW_SCALAR_UINT] = KIND_INT,
        [CLW_SCALAR_FLOAT] = KIND_FLOAT, [CLW_SCALAR_COMPLEX] = KIND_COMPLEX,
    };
    return kinds[scalar.kind];
}

int scalar_is_above_i64(clw_scalar scalar)
{
    return scalar.kind == CLW_SCALAR_UINT && scalar.value.u > INT64_MAX;
}

int search_is_raised(const struct search *search, clw_scalar scalar)
{
    return search->arrays == NO_DTYPE || scalar_kind(scalar) > dtype_table[search->arrays].kind;
}

void search_begin(struct search *search, const struct clw_op *op, const struct typed *in,
                  clw_promotion rule, clw_error *error)
{
    search->op = op;
    search->in = in;
    search->rule = rule;
    search->error = error;
    search->t_inputs = op->t_inputs ? op->t_inputs : (1u << op->nin) - 1;
    search->arrays = NO_DTYPE;
    for (int i = 0; i < op->nin; i++) {
        if (search_is_weak(search, i))
            continue;
        search->dtype[i] = in[i].dtype;
        if (search_is_t(search, i) && search->arrays != in[i].dtype)
            search->arrays = search->arrays == NO_DTYPE
                                 ? in[i].dtype
                                 : dtype_promote_numpy(search->arrays, in[i].dtype);
    }
}

static int is_refused(const struct search *search)
{
    const struct clw_op *op = search->op;
    for (int r = 0; r < op->nrefusals; r++) {
        const struct refusal *refusal = &op->refusals[r];
        int all = refusal->rule == search->rule;
        for (int i = 0; i < op->nin && all; i++)
            all = refusal->in[i] >> search->dtype[i] & 1;
        if (all)
            return 1;
    }
    return 0;
}

/* Input whose host integer does not fit what it becomes, which *dtype then is; or -1. PyTorch makes
 * a scalar i64 before it looks for a loop. */
static int misfit(const struct search *search, const struct loop *loop, clw_dtype *dtype)
{
    for (int i = 0; i < search->op->nin; i++) {
        if (!search_is_weak(search, i))
            continue;
        const clw_scalar scalar = search->in[i].scalar;
        const int is_i64 = search->rule == CLW_PROMOTION_TORCH && search->arrays != NO_DTYPE &&
                           scalar_is_above_i64(scalar) && search_is_raised(search, scalar);
        *dtype = is_i64 ? CLW_I64 : (clw_dtype)loop->in[i];
        if (!dtype_holds(*dtype, scalar))
            return i;
    }
    return -1;
}

/* A comparison with a host integer that the arrays' dtype does not hold: every integer dtype beside
 * i64 or u64 has a loop that is exact. */
static const struct loop *search_exact(struct search *search)
{
    if (!(search->op->flags & OP_EXACT_COMPARE))
        return NULL;
    for (int i = 0; i < search->op->nin; i++) {
        const clw_scalar scalar = search->in[i].scalar;
        if (!search_is_weak(search, i) || dtype_holds(search->dtype[i], scalar))
            continue;
        if (search_is_raised(search, scalar))
            return NULL;
        search->dtype[i] = scalar_is_above_i64(scalar) ? CLW_U64 : CLW_I64;
    }
    return search_picks(search);
}

static clw_status check_sign(const struct search *search, const struct loop *loop)
{
    const int i = search->op->nonnegative;
    if (i < 0 || !search_is_weak(search, i) || dtype_table[loop->in[i]].kind != KIND_INT)
        return CLW_OK;
    const clw_scalar scalar = search->in[i].scalar;
    return scalar.kind == CLW_SCALAR_INT && scalar.value.i < 0 ? search_is_negative(search)
                                                               : CLW_OK;
}

static clw_status promote_by_rule(struct search *search, struct loop *loop)
{
    const int is_torch = search->rule == CLW_PROMOTION_TORCH;
    const clw_status status = is_torch ? search_check_torch(search) : CLW_OK;
    if (status)
        return status;
    const struct loop *found = is_torch ? search_torch(search) : search_numpy(search);
    if (!found || is_refused(search))
        return search_no_loop(search);
    clw_dtype dtype;
    const int input = misfit(search, found, &dtype);
    if (input >= 0) {
        found = search_exact(search);
        if (!found)
            return search_does_not_fit(search, input, dtype);
    }
    *loop = *found;
    return check_sign(search, found);
}

int search_can_cast(const struct search *search, int input, clw_dtype to, clw_casting casting)
{
    if (!search_is_weak(search, input))
        return can_cast(search->in[input].dtype, to, casting);
    return casting == CLW_CASTING_UNSAFE ||
           scalar_kind(search->in[input].scalar) <= dtype_table[to].kind;
}

static int casts_to(const struct search *search, const struct loop *loop, clw_casting casting)
{
    for (int i = 0; i < search->op->nin; i++)
        if (!search_can_cast(search, i, (clw_dtype)loop->in[i], casting))
            return 0;
    return 1;
}

/* The first loop with this result to which the inputs can be cast. */
static clw_status promote_to_result(const struct search *search, const struct promotion *how,
                                    struct loop *loop)
{
    const struct clw_op *op = search->op;
    const int has_rows = search->rule == CLW_PROMOTION_TORCH && op->ntorch;
    const struct loop *rows = has_rows ? op->torch : op->loops, *first = NULL;
    for (int i = 0; i < (has_rows ? op->ntorch : op->nloops); i++) {
        if ((clw_dtype)rows[i].out[0] != how->dtype)
            continue;
        if (!first)
            first = &rows[i];
        if (!casts_to(search, &rows[i], how->casting))
            continue;
        clw_dtype dtype;
        const int input = misfit(search, &rows[i], &dtype);
        if (input >= 0)
            return search_does_not_fit(search, input, dtype);
        *loop = rows[i];
        return check_sign(search, loop);
    }
    return first ? search_no_cast(search, first, how->casting) : search_no_result(search, how);
}

clw_status promote(const struct clw_op *op, const struct typed *in, const struct promotion *how,
                   struct loop *loop, clw_error *error)
{
    struct search search;
    search_begin(&search, op, in, how->rule, error);
    return how->has_dtype ? promote_to_result(&search, how, loop) : promote_by_rule(&search, loop);
}
