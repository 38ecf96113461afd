#include "runtime/ops/expression_operators.h"

#include <math.h>
#include <string.h>

static const struct operation operations[] = {
    {"==", "equal", PRECEDENCE_COMPARISON, NULL},
    {"!=", "not_equal", PRECEDENCE_COMPARISON, NULL},
    {"<", "less", PRECEDENCE_COMPARISON, NULL},
    {"<=", "less_equal", PRECEDENCE_COMPARISON, NULL},
    {">", "greater", PRECEDENCE_COMPARISON, NULL},
    {">=", "greater_equal", PRECEDENCE_COMPARISON, NULL},
    {"|", "bitwise_or", PRECEDENCE_OR, &fold_or},
    {"^", "bitwise_xor", PRECEDENCE_XOR, &fold_xor},
    {"&", "bitwise_and", PRECEDENCE_AND, &fold_and},
    {"<<", "bitwise_left_shift", PRECEDENCE_SHIFT, &fold_left_shift},
    {">>", "bitwise_right_shift", PRECEDENCE_SHIFT, &fold_right_shift},
    {"+", "add", PRECEDENCE_SUM, &fold_add},
    {"-", "subtract", PRECEDENCE_SUM, &fold_subtract},
    {"*", "multiply", PRECEDENCE_PRODUCT, &fold_multiply},
    {"/", "divide", PRECEDENCE_PRODUCT, &fold_divide},
    {"//", "floor_divide", PRECEDENCE_PRODUCT, &fold_floor_divide},
    {"%", "remainder", PRECEDENCE_PRODUCT, &fold_remainder},
    {"-", "negative", PRECEDENCE_PREFIX, &fold_negative},
    {"+", "positive", PRECEDENCE_PREFIX, &fold_positive},
    {"~", "bitwise_invert", PRECEDENCE_PREFIX, &fold_invert},
    {"**", "power", PRECEDENCE_POWER, &fold_power},
};

static const struct operation *find(const struct token *token, int before)
{
    for (size_t i = 0; i < sizeof operations / sizeof *operations; i++)
        if ((operations[i].precedence == PRECEDENCE_PREFIX) == before &&
            token_is(token, operations[i].symbol))
            return &operations[i];
    return NULL;
}

const struct operation *operation_between(const struct token *token)
{
    return find(token, 0);
}

const struct operation *operation_before(const struct token *token)
{
    return find(token, 1);
}

int constant_find(const char *name, clw_scalar *value)
{
    static const struct {
        const char *name;
        clw_scalar value;
    } constants[] = {
        {"True", {CLW_SCALAR_BOOL, {.i = 1}}},
        {"False", {CLW_SCALAR_BOOL, {.i = 0}}},
        {"pi", {CLW_SCALAR_FLOAT, {.f = 3.141592653589793}}},
        {"e", {CLW_SCALAR_FLOAT, {.f = 2.718281828459045}}},
        {"inf", {CLW_SCALAR_FLOAT, {.f = INFINITY}}},
        {"nan", {CLW_SCALAR_FLOAT, {.f = NAN}}},
    };
    for (size_t i = 0; i < sizeof constants / sizeof *constants; i++)
        if (strcmp(name, constants[i].name) == 0) {
            *value = constants[i].value;
            return 1;
        }
    return 0;
}

const char *keyword_hint(const char *name)
{
    static const struct {
        const char *name, *hint;
    } keywords[] = {
        {"and", "write '&' between conditions in parentheses"},
        {"or", "write '|' between conditions in parentheses"},
        {"not", "write '~' before a condition in parentheses"},
        {"if", "write where(condition, a, b)"},
        {"else", "write where(condition, a, b)"},
        {"is", "write '=='"},
        {"in", "there are no loops or containers"},
        {"for", "every operation is for all elements"},
        {"lambda", "write the expression itself"},
        {"None", "there is no such value"},
    };
    for (size_t i = 0; i < sizeof keywords / sizeof *keywords; i++)
        if (strcmp(name, keywords[i].name) == 0)
            return keywords[i].hint;
    return NULL;
}
