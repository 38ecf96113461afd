#include "tests/unit/expression_cases.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/base/text.h"
#include "runtime/ops/expression_graph.h"

#include <cmocka.h>

/* ---- A registry of ops without bodies ---- */

struct shape_of_op {
    const char *name;
    int nin, nout;
    const char *in[3], *out[2], *param, *param_default;
};

static const struct shape_of_op op_shapes[] = {
    {"add", 2, 1, {"a", "b"}, {"y"}, NULL, NULL},
    {"subtract", 2, 1, {"a", "b"}, {"y"}, NULL, NULL},
    {"multiply", 2, 1, {"a", "b"}, {"y"}, NULL, NULL},
    {"divide", 2, 1, {"a", "b"}, {"y"}, NULL, NULL},
    {"floor_divide", 2, 1, {"a", "b"}, {"y"}, NULL, NULL},
    {"remainder", 2, 1, {"a", "b"}, {"y"}, NULL, NULL},
    {"power", 2, 1, {"a", "b"}, {"y"}, NULL, NULL},
    {"equal", 2, 1, {"a", "b"}, {"y"}, NULL, NULL},
    {"not_equal", 2, 1, {"a", "b"}, {"y"}, NULL, NULL},
    {"less", 2, 1, {"a", "b"}, {"y"}, NULL, NULL},
    {"less_equal", 2, 1, {"a", "b"}, {"y"}, NULL, NULL},
    {"greater", 2, 1, {"a", "b"}, {"y"}, NULL, NULL},
    {"greater_equal", 2, 1, {"a", "b"}, {"y"}, NULL, NULL},
    {"bitwise_and", 2, 1, {"a", "b"}, {"y"}, NULL, NULL},
    {"bitwise_or", 2, 1, {"a", "b"}, {"y"}, NULL, NULL},
    {"bitwise_xor", 2, 1, {"a", "b"}, {"y"}, NULL, NULL},
    {"bitwise_left_shift", 2, 1, {"a", "b"}, {"y"}, NULL, NULL},
    {"bitwise_right_shift", 2, 1, {"a", "b"}, {"y"}, NULL, NULL},
    {"bitwise_invert", 1, 1, {"a"}, {"y"}, NULL, NULL},
    {"negative", 1, 1, {"a"}, {"y"}, NULL, NULL},
    {"positive", 1, 1, {"a"}, {"y"}, NULL, NULL},
    {"sin", 1, 1, {"x"}, {"y"}, NULL, NULL},
    {"cos", 1, 1, {"x"}, {"y"}, NULL, NULL},
    {"where", 3, 1, {"condition", "a", "b"}, {"y"}, NULL, NULL},
    {"divmod", 2, 2, {"a", "b"}, {"q", "r"}, NULL, NULL},
    {"leaky_relu", 1, 1, {"x"}, {"y"}, "alpha", "0.01"},
};

struct registry registry;

static struct clw_op *make_op(const struct shape_of_op *shape, const clw_allocator *allocator)
{
    struct clw_op *op = op_new(allocator);
    assert_non_null(op);
    snprintf(op->name, sizeof op->name, "%s", shape->name);
    op->nin = shape->nin;
    op->nout = shape->nout;
    for (int i = 0; i < op->nin; i++)
        snprintf(op->in_name[i], OP_NAME_SIZE, "%s", shape->in[i]);
    for (int i = 0; i < op->nout; i++)
        snprintf(op->out_name[i], OP_NAME_SIZE, "%s", shape->out[i]);
    if (shape->param) {
        op->nparams = 1;
        snprintf(op->params[0].name, OP_NAME_SIZE, "%s", shape->param);
        snprintf(op->params[0].default_text, sizeof op->params[0].default_text, "%s",
                 shape->param_default);
    }
    return op;
}

void fill_registry(struct registry *filled, const clw_allocator *allocator)
{
    struct clw_op *ops[COUNT(op_shapes)];
    registry_init(filled, allocator);
    for (int i = 0; i < COUNT(op_shapes); i++)
        ops[i] = make_op(&op_shapes[i], allocator);
    clw_error error;
    if (registry_add(filled, ops, COUNT(ops), &error))
        fail_msg("%s", error.message);
}

int set_up(void **state)
{
    (void)state;
    fill_registry(&registry, NULL);
    return 0;
}

int tear_down(void **state)
{
    (void)state;
    registry_finish(&registry);
    return 0;
}

/* ---- A graph as text: a call within a call; what is used twice is %n where it stands again ----
 */

struct shower {
    const struct clw_op *op;
    int seen[GRAPH_MAX_NODES], count;
    struct text words;
};

static void show_float(struct text *words, double value)
{
    char digits[64];
    snprintf(digits, sizeof digits, "%.17g", value);
    text_addf(words, "%s%s", digits, strpbrk(digits, ".en") ? "" : ".0");
}

static void show_scalar(struct text *words, clw_scalar scalar)
{
    if (scalar.kind == CLW_SCALAR_BOOL)
        text_add(words, scalar.value.i ? "True" : "False");
    else if (scalar.kind == CLW_SCALAR_INT)
        text_addf(words, "%lld", (long long)scalar.value.i);
    else if (scalar.kind == CLW_SCALAR_UINT)
        text_addf(words, "%lluu", (unsigned long long)scalar.value.u);
    else if (scalar.kind == CLW_SCALAR_FLOAT)
        show_float(words, scalar.value.f);
    else if (scalar.kind == CLW_SCALAR_COMPLEX) {
        text_add(words, "(");
        show_float(words, scalar.value.c[0]);
        text_add(words, " ");
        show_float(words, scalar.value.c[1]);
        text_add(words, "j)");
    }
}

static void show_ref(struct shower *shower, struct node_ref ref);

static void show_node(struct shower *shower, int index)
{
    const struct graph *graph = shower->op->graph;
    const struct node *node = &graph->nodes[index];
    const int nin = node->op ? node->op->nin : 1;
    shower->seen[index] = ++shower->count;
    text_addf(&shower->words, "%s(", node->op ? node->op->name : dtype_table[node->cast].name);
    for (int i = 0; i < nin; i++) {
        text_add(&shower->words, i ? " " : "");
        show_ref(shower, node->in[i]);
    }
    for (int i = 0; i < node->nparams; i++) {
        text_addf(&shower->words, " %s=", graph->params[node->first_param + i].name);
        show_scalar(&shower->words, graph->params[node->first_param + i].value);
    }
    text_add(&shower->words, ")");
}

static void show_ref(struct shower *shower, struct node_ref ref)
{
    if (ref.kind == NODE_INPUT)
        text_add(&shower->words, shower->op->in_name[ref.index]);
    else if (ref.kind == NODE_LITERAL)
        show_scalar(&shower->words, shower->op->graph->literals[ref.index]);
    else if (shower->seen[ref.index])
        text_addf(&shower->words, "%%%d", shower->seen[ref.index]);
    else
        show_node(shower, ref.index);
    if (ref.kind == NODE_VALUE && shower->op->graph->nodes[ref.index].op &&
        shower->op->graph->nodes[ref.index].op->nout > 1)
        text_addf(&shower->words, ".%d", ref.output);
}

char *show(const struct clw_op *op)
{
    struct shower shower = {.op = op};
    text_init(&shower.words, NULL);
    for (int i = 0; i < op->nin; i++)
        text_addf(&shower.words, "%s%s", op->in_name[i], i + 1 < op->nin ? " " : ": ");
    for (int i = 0; i < op->nout; i++) {
        text_addf(&shower.words, "%s%s=", i ? ", " : "", op->out_name[i]);
        show_ref(&shower, op->graph->out[i]);
    }
    return text_take(&shower.words);
}

/* ---- Checks ---- */

static void check_graph(const char *text, const char *expected)
{
    struct clw_op *op = NULL;
    clw_error error;
    if (expression_parse(&registry, text, &op, &error))
        fail_msg("%s", error.message);
    char *shown = show(op);
    if (strcmp(shown, expected) != 0)
        fail_msg("%s\n  gives    %s\n  expected %s", text, shown, expected);
    assert_string_equal(op->name, "expression");
    assert_string_equal(op->doc, text);
    assert_int_equal(op->nonnegative, -1);
    free(shown);
    op_destroy(op);
}

void check_graphs(const struct graph_case *cases, int count)
{
    for (int i = 0; i < count; i++)
        check_graph(cases[i].text, cases[i].expected);
}

static void check_error(const char *text, clw_status status, const char *message)
{
    struct clw_op *const untouched = (struct clw_op *)&registry;
    struct clw_op *op = untouched;
    clw_error error = {CLW_OK, ""};
    const clw_status got = expression_parse(&registry, text, &op, &error);
    if (got != status || strcmp(error.message, message) != 0)
        fail_msg("%s\n  gives    %d %s\n  expected %d %s", text, got, error.message, status,
                 message);
    assert_int_equal(error.code, status);
    assert_ptr_equal(op, untouched);
    assert_int_equal(expression_parse(&registry, text, &op, NULL), status);
    assert_ptr_equal(op, untouched);
}

void check_errors(const struct error_case *cases, int count, clw_status status)
{
    for (int i = 0; i < count; i++)
        check_error(cases[i].text, status, cases[i].message);
}
