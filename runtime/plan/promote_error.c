#include <stdio.h>

#include "runtime/plan/promote_rule.h"

enum { LIST_SIZE = 300 };

static const char *rule_words(const struct search *search)
{
    return search->rule == CLW_PROMOTION_TORCH ? " under PyTorch's rule" : "";
}

static const char *input_words(const struct search *search, int input)
{
    static const char *const scalars[] = {
        [CLW_SCALAR_NONE] = "nothing",       [CLW_SCALAR_BOOL] = "bool scalar",
        [CLW_SCALAR_INT] = "int scalar",     [CLW_SCALAR_UINT] = "int scalar",
        [CLW_SCALAR_FLOAT] = "float scalar", [CLW_SCALAR_COMPLEX] = "complex scalar",
    };
    const struct typed *in = &search->in[input];
    return in->scalar.kind ? scalars[in->scalar.kind] : dtype_table[in->dtype].name;
}

static void add_item(char list[LIST_SIZE], const char *item)
{
    size_t length = 0;
    while (list[length])
        length++;
    snprintf(list + length, LIST_SIZE - length, "%s%s", length ? ", " : "", item);
}

static void list_inputs(const struct search *search, char list[LIST_SIZE])
{
    list[0] = '\0';
    for (int i = 0; i < search->op->nin; i++)
        add_item(list, input_words(search, i));
}

/* In the order of loops. */
static void list_dtypes(unsigned dtypes, char list[LIST_SIZE])
{
    list[0] = '\0';
    for (int i = 0; i < CLW_DTYPE_COUNT; i++)
        if (dtypes >> dtype_order[i] & 1)
            add_item(list, dtype_table[dtype_order[i]].name);
}

static const struct loop *rows_of(const struct search *search, int *count)
{
    const struct clw_op *op = search->op;
    const int has_rows = search->rule == CLW_PROMOTION_TORCH && op->ntorch;
    *count = has_rows ? op->ntorch : op->nloops;
    return has_rows ? op->torch : op->loops;
}

clw_status search_no_loop(const struct search *search)
{
    char inputs[LIST_SIZE], loops[LIST_SIZE];
    unsigned dtypes = 0;
    int count;
    const struct loop *rows = rows_of(search, &count);
    for (int i = 0; i < count; i++)
        dtypes |= 1u << rows[i].t;
    list_inputs(search, inputs);
    list_dtypes(dtypes, loops);
    const int has_none =
        search->rule == CLW_PROMOTION_TORCH && search_torch_common(search) == NO_DTYPE;
    return fail(search->error, CLW_ERROR_DTYPE, "%s: no %s for (%s)%s; there are loops for %s",
                search->op->name, has_none ? "common dtype" : "loop", inputs, rule_words(search),
                loops);
}

clw_status search_no_result(const struct search *search, const struct promotion *how)
{
    char results[LIST_SIZE];
    unsigned dtypes = 0;
    int count;
    const struct loop *rows = rows_of(search, &count);
    for (int i = 0; i < count; i++)
        dtypes |= 1u << rows[i].out[0];
    list_dtypes(dtypes, results);
    return fail(search->error, CLW_ERROR_DTYPE, "%s: no loop has a result of %s; there are %s",
                search->op->name, dtype_table[how->dtype].name, results);
}

clw_status search_no_cast(const struct search *search, const struct loop *loop, clw_casting casting)
{
    const struct clw_op *op = search->op;
    for (int i = 0; i < op->nin; i++)
        if (!search_can_cast(search, i, (clw_dtype)loop->in[i], casting))
            return fail(search->error, CLW_ERROR_CAST,
                        "%s: input %s cannot be cast from %s to %s with casting %s", op->name,
                        op->in_name[i], input_words(search, i), dtype_table[loop->in[i]].name,
                        casting_name(casting));
    return CLW_OK;
}

static void print_integer(char words[24], clw_scalar scalar)
{
    if (scalar.kind == CLW_SCALAR_UINT)
        snprintf(words, 24, "%llu", (unsigned long long)scalar.value.u);
    else
        snprintf(words, 24, "%lld", (long long)scalar.value.i);
}

clw_status search_does_not_fit(const struct search *search, int input, clw_dtype dtype)
{
    char value[24];
    print_integer(value, search->in[input].scalar);
    return fail(search->error, CLW_ERROR_RANGE, "%s: %s does not fit %s (%lld to %llu)",
                search->op->name, value, dtype_table[dtype].name, (long long)dtype_least(dtype),
                (unsigned long long)dtype_greatest(dtype));
}

clw_status search_is_negative(const struct search *search)
{
    const struct clw_op *op = search->op;
    char value[24];
    print_integer(value, search->in[op->nonnegative].scalar);
    return fail(search->error, CLW_ERROR_RANGE,
                "%s: %s is %s, but must not be negative among integers", op->name,
                op->in_name[op->nonnegative], value);
}

clw_status search_not_same(const struct search *search)
{
    char inputs[LIST_SIZE];
    list_inputs(search, inputs);
    return fail(search->error, CLW_ERROR_DTYPE, "%s: inputs of one dtype are wanted%s, given (%s)",
                search->op->name, rule_words(search), inputs);
}
