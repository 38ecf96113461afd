#include "tests/unit/promote_cases.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct typed weak(clw_operand operand)
{
    return (struct typed){CLW_DTYPE_COUNT, 0, operand.scalar};
}

clw_dtype promote_dtype(const char *name)
{
    return dtype_find(name, strlen(name));
}

struct typed promote_array(clw_dtype dtype, int ndim)
{
    return (struct typed){dtype, ndim, {CLW_SCALAR_NONE, {0}}};
}

struct typed promote_weak(const char *text)
{
    const char *value = text + 2;
    if (*text == 'b')
        return weak(CLW_BOOLEAN(atoi(value)));
    if (*text == 'f')
        return weak(CLW_FLOAT(strtod(value, NULL)));
    if (*text == 'c')
        return weak(CLW_COMPLEX(1, 2));
    const int is_large = *value != '-' && strtoull(value, NULL, 10) > INT64_MAX;
    return is_large ? weak(CLW_UINT(strtoull(value, NULL, 10)))
                    : weak(CLW_INT(strtoll(value, NULL, 10)));
}

void promote_result(const struct clw_op *op, const struct typed *in, clw_promotion rule,
                    char words[RESULT_SIZE], clw_error *error)
{
    const struct promotion how = {.rule = rule};
    struct loop loop;
    snprintf(words, RESULT_SIZE, "error");
    if (promote(op, in, &how, &loop, error))
        return;
    size_t at = 0;
    for (int i = 0; i < op->nout; i++)
        at += (size_t)snprintf(words + at, RESULT_SIZE - at, "%s%s", i ? " " : "",
                               dtype_table[loop.out[i]].name);
}
