#include "tests/device/random_expression.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static const struct operation operations[] = {
    {"add", "(? + ?)", 2},
    {"subtract", "(? - ?)", 2},
    {"multiply", "(? * ?)", 2},
    {"divide", "(? / ?)", 2},
    {"floor_divide", "(? // ?)", 2},
    {"remainder", "(? % ?)", 2},
    {"power", "(? ** ?)", 2},
    {"equal", "(? == ?)", 2},
    {"not_equal", "(? != ?)", 2},
    {"less", "(? < ?)", 2},
    {"greater_equal", "(? >= ?)", 2},
    {"bitwise_and", "(? & ?)", 2},
    {"bitwise_or", "(? | ?)", 2},
    {"bitwise_xor", "(? ^ ?)", 2},
    {"bitwise_left_shift", "(? << ?)", 2},
    {"bitwise_right_shift", "(? >> ?)", 2},
    {"negative", "(-?)", 1},
    {"bitwise_invert", "(~?)", 1},
    {"positive", "(+?)", 1},
    {"where", "where(?, ?, ?)", 3},
    {"clip", "clip(?, ?, ?)", 3},
    {"maximum", "maximum(?, ?)", 2},
    {"fmin", "fmin(?, ?)", 2},
    {"copysign", "copysign(?, ?)", 2},
    {"atan2", "atan2(?, ?)", 2},
    {"logaddexp", "logaddexp(?, ?)", 2},
    {"logical_and", "logical_and(?, ?)", 2},
    {"gcd", "gcd(?, ?)", 2},
    {"abs", "abs(?)", 1},
    {"sign", "sign(?)", 1},
    {"square", "square(?)", 1},
    {"sqrt", "sqrt(?)", 1},
    {"floor", "floor(?)", 1},
    {"rint", "rint(?)", 1},
    {"reciprocal", "reciprocal(?)", 1},
    {"isnan", "isnan(?)", 1},
    {"exp", "exp(?)", 1},
    {"log", "log(?)", 1},
    {"sin", "sin(?)", 1},
    {"tanh", "tanh(?)", 1},
    {"erf", "erf(?)", 1},
    {"conj", "conj(?)", 1},
    {"logical_not", "logical_not(?)", 1},
};
enum { OPERATIONS = sizeof operations / sizeof *operations };

struct literal {
    const char *text;
    clw_scalar scalar;
};

static const struct literal literals[] = {
    {"2", {CLW_SCALAR_INT, {.i = 2}}},           {"(-3)", {CLW_SCALAR_INT, {.i = -3}}},
    {"0", {CLW_SCALAR_INT, {.i = 0}}},           {"200", {CLW_SCALAR_INT, {.i = 200}}},
    {"0.5", {CLW_SCALAR_FLOAT, {.f = 0.5}}},     {"1e300", {CLW_SCALAR_FLOAT, {.f = 1e300}}},
    {"(-0.1)", {CLW_SCALAR_FLOAT, {.f = -0.1}}}, {"inf", {CLW_SCALAR_FLOAT, {.f = INFINITY}}},
    {"True", {CLW_SCALAR_BOOL, {.i = 1}}},       {"nan", {CLW_SCALAR_FLOAT, {.f = NAN}}},
    {"2j", {CLW_SCALAR_COMPLEX, {.c = {0, 2}}}},
};
enum { LITERALS = sizeof literals / sizeof *literals };

int random_below(uint64_t *seed, int limit)
{
    return (int)(fixture_random(seed) % (uint64_t)limit);
}

/* 0 if no operand is an array: such calls are folded, and stay weak. */
static int draw_call(struct expression *drawn, struct node *node, const struct choice *choice,
                     uint64_t *seed)
{
    const int number = random_below(seed, sizeof choice->operations / sizeof *choice->operations);
    const struct operation *operation = choice->operations[number];
    int arrays = 0;
    *node = (struct node){KIND_CALL, (int)(operation - operations), {0}, operation->nin};
    for (int i = 0; i < node->nin; i++) {
        /* The latest values first, or most would be left unused. */
        node->in[i] = random_below(seed, 2) ? drawn->count - 1 : random_below(seed, drawn->count);
        arrays += drawn->nodes[node->in[i]].kind != KIND_LITERAL;
    }
    return arrays > 0;
}

static void draw_nodes(struct expression *drawn, const struct choice *choice, uint64_t *seed)
{
    const int leaves = 2 + random_below(seed, 2),
              count = leaves + 1 + random_below(seed, EXPRESSION_NODES - leaves);
    drawn->count = 0;
    while (drawn->count < count) {
        struct node *node = &drawn->nodes[drawn->count];
        if (drawn->count == 0 || (drawn->count < leaves && random_below(seed, 3)))
            *node = (struct node){KIND_INPUT, random_below(seed, EXPRESSION_INPUTS), {0}, 0};
        else if (drawn->count < leaves)
            *node = (struct node){KIND_LITERAL, random_below(seed, LITERALS), {0}, 0};
        else if (random_below(seed, 12) == 0 && drawn->nodes[drawn->count - 1].kind != KIND_LITERAL)
            *node = (struct node){
                KIND_CAST, (int)choice->dtypes[random_below(seed, 4)], {drawn->count - 1}, 1};
        else if (!draw_call(drawn, node, choice, seed))
            continue;
        drawn->count++;
    }
}

static void add(char text[EXPRESSION_TEXT], const char *more, size_t count)
{
    const size_t length = strlen(text);
    if (length + count + 1 < EXPRESSION_TEXT)
        snprintf(text + length, EXPRESSION_TEXT - length, "%.*s", (int)count, more);
    else
        snprintf(text, EXPRESSION_TEXT, "%*s", EXPRESSION_TEXT - 1, "");
}

static void add_text(const struct expression *drawn, int at, char text[EXPRESSION_TEXT])
{
    const struct node *node = &drawn->nodes[at];
    char name[24];
    const char *form = name;
    if (node->kind == KIND_INPUT)
        snprintf(name, sizeof name, "x%d", node->index);
    else if (node->kind == KIND_CAST)
        snprintf(name, sizeof name, "%s(?)", clw_dtype_name((clw_dtype)node->index));
    else
        form = node->kind == KIND_CALL ? operations[node->index].text : literals[node->index].text;
    for (int i = 0; *form; i++) {
        const size_t plain = strcspn(form, "?");
        add(text, form, plain);
        form += plain;
        if (*form == '?') {
            add_text(drawn, node->in[i], text);
            form++;
        }
    }
}

int expression_draw(struct expression *drawn, const struct choice *choice, uint64_t *seed)
{
    draw_nodes(drawn, choice, seed);
    drawn->result = NULL;
    drawn->text[0] = '\0';
    add_text(drawn, drawn->count - 1, drawn->text);
    return drawn->text[0] != ' ';
}

clw_status expression_cast(clw_context *context, clw_array *from, clw_dtype dtype, clw_array **to,
                           clw_error *error)
{
    char text[24];
    clw_op *op = NULL;
    const clw_operand in = CLW_ARRAY(from);
    snprintf(text, sizeof text, "%s(x)", clw_dtype_name(dtype));
    clw_status status = clw_op_from_expression(context, text, &op, error);
    if (!status)
        status = clw_call(context, op, &in, 1, to, 1, NULL, error);
    clw_op_release(op);
    return status;
}

static clw_status call_node(const struct expression *drawn, int at, clw_context *context,
                            clw_array *const *inputs, clw_array **values, clw_error *error)
{
    const struct node *node = &drawn->nodes[at];
    if (node->kind == KIND_INPUT)
        values[at] = clw_array_retain(inputs[node->index]);
    if (node->kind == KIND_CAST)
        return expression_cast(context, values[node->in[0]], (clw_dtype)node->index, &values[at],
                               error);
    if (node->kind != KIND_CALL)
        return CLW_OK;
    clw_operand in[3];
    for (int i = 0; i < node->nin; i++) {
        const struct node *child = &drawn->nodes[node->in[i]];
        in[i] = (clw_operand){values[node->in[i]], {CLW_SCALAR_NONE, {0}}};
        if (child->kind == KIND_LITERAL)
            in[i].scalar = literals[child->index].scalar;
    }
    return clw_call(context, clw_op_find(context, operations[node->index].name), in, node->nin,
                    &values[at], 1, NULL, error);
}

clw_status expression_call(struct expression *drawn, clw_context *context, clw_array *const *inputs,
                           clw_error *error)
{
    clw_array *values[EXPRESSION_NODES] = {NULL};
    int used[EXPRESSION_NODES] = {0};
    clw_status status = CLW_OK;
    used[drawn->count - 1] = 1;
    for (int at = drawn->count - 1; at >= 0; at--)
        for (int i = 0; used[at] && i < drawn->nodes[at].nin; i++)
            used[drawn->nodes[at].in[i]] = 1;
    for (int at = 0; !status && at < drawn->count; at++)
        if (used[at])
            status = call_node(drawn, at, context, inputs, values, error);
    drawn->result = status ? NULL : clw_array_retain(values[drawn->count - 1]);
    for (int at = 0; at < drawn->count; at++)
        clw_array_release(values[at]);
    return status;
}

void choice_draw(struct choice *choice, const clw_device_info *device, uint64_t *seed)
{
    for (size_t i = 0; i < sizeof choice->dtypes / sizeof *choice->dtypes; i++)
        do
            choice->dtypes[i] = (clw_dtype)random_below(seed, CLW_DTYPE_COUNT);
        while (fixture_lacks(device, choice->dtypes[i]));
    for (size_t i = 0; i < sizeof choice->operations / sizeof *choice->operations; i++)
        choice->operations[i] = &operations[random_below(seed, OPERATIONS)];
}
