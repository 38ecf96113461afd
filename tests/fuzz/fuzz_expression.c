/* Any text is an op whose graph is sound, or an error that shows a place; the same when memory runs
 * out. Built with -fsanitize=fuzzer. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/ops/expression.h"
#include "runtime/ops/expression_graph.h"
#include "runtime/ops/opfile.h"

#define REQUIRE(condition) ((condition) ? (void)0 : broken(#condition, __LINE__))

_Noreturn static void broken(const char *condition, int line)
{
    fprintf(stderr, "fuzz_expression.c:%d: not so: %s\n", line, condition);
    abort();
}

static const char *const signatures[] = {
    "add(a, b) -> y",
    "subtract(a, b) -> y",
    "multiply(a, b) -> y",
    "divide(a, b) -> y",
    "floor_divide(a, b) -> y",
    "remainder(a, b) -> y",
    "power(a, b) -> y",
    "equal(a, b) -> y",
    "less(a, b) -> y",
    "bitwise_and(a, b) -> y",
    "bitwise_or(a, b) -> y",
    "bitwise_xor(a, b) -> y",
    "bitwise_left_shift(a, b) -> y",
    "bitwise_invert(a) -> y",
    "negative(a) -> y",
    "sin(x) -> y",
    "where(condition, a, b) -> y",
    "divmod(a, b) -> q, r",
    "four(a) -> w, x, y, z",
    "eight(a, b, c, d, f, g, h, i) -> y\n//! param alpha : T = 1\n//! param beta : f32 = 2.5",
};

struct budget {
    int allocations; /* that still succeed; negative: all */
    int live;
};

static void *allocate(size_t bytes, void *data)
{
    struct budget *budget = data;
    if (budget->allocations == 0)
        return NULL;
    budget->allocations -= budget->allocations > 0;
    budget->live++;
    return malloc(bytes);
}

static void release(void *memory, void *data)
{
    struct budget *budget = data;
    budget->live--;
    free(memory);
}

static struct budget budget = {-1, 0};
static const clw_allocator allocator = {allocate, release, &budget};
static struct registry registry;

static void add_op(const char *signature)
{
    char file[512];
    const char *arrow = strstr(signature, "->");
    int nin = 1, nout = 1;
    for (const char *at = signature; *at && *at != '\n'; at++)
        if (*at == ',')
            *(at < arrow ? &nin : &nout) += 1;
    int length =
        snprintf(file, sizeof file, "// op -- for fuzzing\n//! op %s\n//! loop", signature);
    for (int i = 0; i < nin + nout; i++)
        length +=
            snprintf(file + length, sizeof file - (size_t)length, "%s T", i == nin ? " ->" : "");
    length += snprintf(file + length, sizeof file - (size_t)length, " for float\n");
    struct clw_op *ops[OPFILE_MAX_OPS];
    int count;
    clw_error error = {CLW_OK, ""};
    clw_status status =
        opfile_parse(&allocator, "op.cl", file, (size_t)length, ops, &count, &error);
    if (!status)
        status = registry_add(&registry, ops, count, &error);
    if (status)
        broken(error.message, __LINE__);
}

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc, (void)argv;
    registry_init(&registry, &allocator);
    for (size_t i = 0; i < sizeof signatures / sizeof *signatures; i++)
        add_op(signatures[i]);
    return 0;
}

/* Only inputs, literals and nodes before `node` may be read. */
static void check_ref(const struct clw_op *op, struct node_ref ref, int node)
{
    const struct graph *graph = op->graph;
    const int limits[] = {
        [NODE_INPUT] = op->nin, [NODE_LITERAL] = graph->nliterals, [NODE_VALUE] = node};
    REQUIRE(ref.kind <= NODE_VALUE);
    REQUIRE(ref.index >= 0 && ref.index < limits[ref.kind]);
    if (ref.kind != NODE_VALUE || !graph->nodes[ref.index].op)
        REQUIRE(ref.output == 0);
    else
        REQUIRE(ref.output < graph->nodes[ref.index].op->nout);
}

static void check_node(const struct clw_op *op, int index)
{
    const struct node *node = &op->graph->nodes[index];
    REQUIRE(node->op ? node->cast == -1 : node->cast >= 0 && node->cast < CLW_DTYPE_COUNT);
    const int nin = node->op ? node->op->nin : 1;
    for (int i = 0; i < nin; i++)
        check_ref(op, node->in[i], index);
    REQUIRE(node->first_param >= 0 && node->nparams >= 0);
    REQUIRE(node->first_param + node->nparams <= op->graph->nparams);
    REQUIRE(node->nparams <= (node->op ? node->op->nparams : 0));
}

static void check_op(const struct clw_op *op)
{
    const struct graph *graph = op->graph;
    REQUIRE(op->nin >= 0 && op->nin <= GRAPH_MAX_INPUTS);
    REQUIRE(op->nout >= 1 && op->nout <= OP_MAX_OUTPUTS);
    REQUIRE(graph->nnodes >= 0 && graph->nnodes <= GRAPH_MAX_NODES);
    for (int i = 0; op->split && i < op->split->nparts; i++)
        check_op(op->split->parts[i].op);
    for (int i = 0; i < graph->nnodes; i++)
        check_node(op, i);
    for (int i = 0; i < op->nin; i++)
        REQUIRE(op_name_is_valid(op->in_name[i]));
    for (int i = 0; i < op->nout; i++) {
        REQUIRE(op_name_is_valid(op->out_name[i]));
        check_ref(op, graph->out[i], graph->nnodes);
    }
    for (int i = 0; i < graph->nliterals; i++)
        REQUIRE(graph->literals[i].kind > CLW_SCALAR_NONE &&
                graph->literals[i].kind <= CLW_SCALAR_COMPLEX);
    for (int i = 0; i < graph->nparams; i++)
        REQUIRE(graph->params[i].name && graph->params[i].value.kind != CLW_SCALAR_NONE);
}

/* Three lines of printable ASCII, the last one ends in a caret that is under the second. */
static void check_message(const clw_error *error, const char *text)
{
    if (error->code == CLW_ERROR_MEMORY || strlen(text) > 1 << 20)
        return;
    const char *line = strchr(error->message, '\n');
    REQUIRE(strncmp(error->message, "expression:", 11) == 0 && line);
    const char *caret = strchr(line + 1, '\n');
    REQUIRE(caret && caret[strlen(caret) - 1] == '^');
    REQUIRE(strlen(caret + 1) <= (size_t)(caret - line));
    for (const char *at = error->message; *at; at++)
        REQUIRE(*at == '\n' || (*at >= ' ' && *at <= '~'));
}

static void parse_once(const char *text, int allocations)
{
    struct clw_op *op = NULL;
    clw_error error = {CLW_OK, ""};
    const int live = budget.live;
    budget.allocations = allocations;
    const clw_status status = expression_parse(&registry, text, &op, &error);
    budget.allocations = -1;
    REQUIRE(status == CLW_OK || status == CLW_ERROR_SYNTAX || status == CLW_ERROR_NOT_FOUND ||
            (status == CLW_ERROR_MEMORY && allocations >= 0));
    REQUIRE((status == CLW_OK) == (op != NULL));
    REQUIRE(error.code == status);
    if (op)
        check_op(op);
    else
        check_message(&error, text);
    op_destroy(op);
    REQUIRE(budget.live == live);
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
    char *text = malloc(size + 1);
    REQUIRE(text);
    if (size)
        memcpy(text, data, size);
    text[size] = '\0';
    parse_once(text, -1);
    parse_once(text, (int)(size % 8));
    free(text);
    return 0;
}
