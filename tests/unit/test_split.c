/* Graphs that are cut into parts: every part fits, and together they compute what the whole does.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/base/text.h"
#include "runtime/ops/split.h"
#include "tests/unit/expression_cases.h"
#include "tests/unit/failing_allocator.h"
#include "tests/unit/random_stream.h"

#include <cmocka.h>

enum { MOST_NODES = 4096 };

/* ---- the value of a graph, as a hash of what computes it ---- */

typedef uint64_t value_t;

static value_t mix(value_t hash, value_t number)
{
    return mix_bits(hash ^ mix_bits(number));
}

static value_t values[MOST_NODES];

static value_t value_of(const struct clw_op *op, struct node_ref ref, const value_t *in)
{
    if (ref.kind == NODE_INPUT)
        return in[ref.index];
    if (ref.kind == NODE_LITERAL)
        return mix(op->graph->literals[ref.index].value.u, 7);
    return mix(values[ref.index], ref.output);
}

static void compute(const struct clw_op *op, const value_t *in, value_t *out)
{
    const struct graph *graph = op->graph;
    for (int i = 0; i < graph->nnodes; i++) {
        const struct node *node = &graph->nodes[i];
        const int nin = node->op ? node->op->nin : 1;
        value_t value = mix((value_t)(uintptr_t)node->op, (value_t)node->cast);
        for (int k = 0; k < nin; k++)
            value = mix(value, value_of(op, node->in[k], in));
        for (int k = 0; k < node->nparams; k++)
            value = mix(value, graph->params[node->first_param + k].value.value.u);
        values[i] = value;
    }
    for (int i = 0; i < op->nout; i++)
        out[i] = value_of(op, graph->out[i], in);
}

/* ---- checks ---- */

static void check_size(const struct clw_op *op, const struct kernel_limits *limits)
{
    int nodes = op->graph->nnodes, params = 0, positions = 0;
    for (int i = 0; i < op->graph->nnodes; i++) {
        const struct clw_op *leaf = op->graph->nodes[i].op;
        params += leaf ? leaf->nparams : 0;
        positions += leaf ? leaf->npositions : 0;
    }
    for (int i = 0; i < op->nout; i++)
        nodes += op->graph->out[i].kind != NODE_VALUE;
    assert_true(op->nin <= limits->inputs && nodes <= limits->nodes && params <= limits->params);
    assert_true(positions <= limits->positions);
    assert_true(72 + 24 * (op->nin + op->nout + 1 + positions) + 16 * params <= limits->bytes);
    assert_true(op->nout >= 1 && op->nout <= OP_MAX_OUTPUTS);
    for (int i = 0; i < op->nin; i++)
        for (int k = 0; k < i; k++)
            assert_string_not_equal(op->in_name[i], op->in_name[k]);
}

/* A temporary is made before it is read, and nothing reads it after its last reader. */
static void check_parts(const struct clw_op *op, const struct kernel_limits *limits)
{
    const struct split *split = op->split;
    value_t in[1100], out[OP_MAX_OUTPUTS], got[OP_MAX_OUTPUTS], part_in[OP_MAX_INPUTS];
    value_t *temporaries = calloc((size_t)split->ntemporaries + 1, sizeof *temporaries);
    for (int i = 0; i < op->nin; i++)
        in[i] = mix((value_t)i, 99);
    compute(op, in, out);
    for (int p = 0; p < split->nparts; p++) {
        const struct part *part = &split->parts[p];
        check_size(part->op, limits);
        for (int i = 0; i < part->op->nin; i++) {
            const int from = part->in[i];
            part_in[i] = from >= 0 ? in[from] : temporaries[-1 - from];
            assert_true(part_in[i] != 0);
            assert_true(from >= 0 || split->last_reader[-1 - from] >= p);
        }
        compute(part->op, part_in, got);
        for (int k = 0; p + 1 < split->nparts && k < part->op->nout; k++)
            temporaries[part->out[k]] = got[k];
    }
    assert_memory_equal(out, got, (size_t)op->nout * sizeof *out);
    free(temporaries);
}

static struct clw_op *parse(const char *text)
{
    struct clw_op *op = NULL;
    clw_error error;
    if (expression_parse(&registry, text, &op, &error))
        fail_msg("%s", error.message);
    return op;
}

/* Returns how many parts there are; 1 if it is not cut. */
static int check_cut(const char *text, const struct kernel_limits *limits)
{
    struct clw_op *op = parse(text);
    assert_null(op->split);
    assert_true(split_if_large(op, limits));
    const int nparts = op->split ? op->split->nparts : 1;
    if (op->split)
        check_parts(op, limits);
    op_destroy(op);
    return nparts;
}

/* ---- tests ---- */

static void test_small_graphs_stay_whole(void **state)
{
    (void)state;
    const struct kernel_limits limits = {8, 8, 8, 8, KERNEL_BYTES};
    assert_int_equal(check_cut("a", &limits), 1);
    assert_int_equal(check_cut("a + b * c - d", &limits), 1);
    assert_int_equal(check_cut("a+b+c+d+f+g+h+i", &limits), 1);
    assert_int_equal(check_cut("sin(a), a, 2, cos(a)", &limits), 1);
}

static void test_what_does_not_fit_is_cut(void **state)
{
    (void)state;
    const struct kernel_limits limits = {8, 8, 8, 8, KERNEL_BYTES};
    assert_int_equal(check_cut("a+b+c+d+f+g+h+i+j", &limits), 2);
    assert_int_equal(check_cut("a+a*2+a*3+a*4+a*5", &limits), 1);
    assert_int_equal(check_cut("a+a*2+a*3+a*4+a*5+a*6", &limits), 2);
    assert_int_equal(check_cut("a*1; a*1+a*2+a*3+a*4, a, 2, sin(a)", &limits), 2);
    assert_int_equal(check_cut("q, r = divmod(a+b+c+d, f+g+h+i); q*q+j, r*r+k", &limits), 2);
}

/* Nine parameters, though few nodes. */
static void test_parameters(void **state)
{
    (void)state;
    const struct kernel_limits limits = {8, 16, 8, 8, KERNEL_BYTES};
    struct text text;
    text_init(&text, NULL);
    text_add(&text, "a");
    for (int i = 0; i < 9; i++)
        text_addf(&text, " + leaky_relu(a, alpha=0.%d)", i + 1);
    /* 18 nodes of 9 parameters. */
    assert_int_equal(check_cut(text_words(&text), &limits), 2);
    text_finish(&text);
}

/* An array and 25 parameters: as many bytes as arguments may have, and one more. */
static void test_bytes(void **state)
{
    (void)state;
    struct kernel_limits limits = {16, 64, 32, 8, 72 + 24 * 6 + 16 * 25};
    struct text text;
    text_init(&text, NULL);
    for (int i = 0; i < 25; i++)
        text_addf(&text, "%sleaky_relu(a, alpha=0.%02d)", i ? " + " : "", i + 1);
    assert_int_equal(check_cut(text_words(&text), &limits), 1);
    limits.bytes--;
    assert_int_equal(check_cut(text_words(&text), &limits), 2);
    text_finish(&text);
}

/* Values that are named first and used last are moved to their readers. */
static void test_order(void **state)
{
    (void)state;
    const struct kernel_limits limits = {8, 16, 8, 8, KERNEL_BYTES};
    struct text text;
    text_init(&text, NULL);
    for (int i = 0; i < 30; i++)
        text_addf(&text, "t%d = a * %d;", i, i + 2);
    for (int i = 0; i < 30; i++)
        text_addf(&text, "%st%d", i ? " + " : "", i);
    assert_int_equal(check_cut(text_words(&text), &limits), 4);
    text_finish(&text);
}

/* An array may be called as a temporary would be. */
static void test_names(void **state)
{
    (void)state;
    const struct kernel_limits limits = {8, 8, 8, 8, KERNEL_BYTES};
    check_cut("t0+_t0+t1+__t0+a+a*2+a*3+a*4+a*5+a*6+t0*t1", &limits);
}

static void test_large_text(void **state)
{
    (void)state;
    struct text text;
    text_init(&text, NULL);
    for (int i = 0; i < 1000; i++)
        text_addf(&text, "%sa%d * %d", i ? " + " : "", i, i);
    struct clw_op *op = parse(text_words(&text));
    assert_non_null(op->split);
    check_parts(op, &largest_kernel);
    assert_true(op->split->nparts <= 70);
    op_destroy(op);
    text_finish(&text);
}

static void add_random_step(struct text *text, struct random_stream *random, int i)
{
    static const char *const calls[] = {"%s = add(%s, %s);", "%s = where(%s, 2, %s);",
                                        "%s = leaky_relu(%s, alpha=0.5) - %s;",
                                        "%s = f32(%s) * %s;"};
    char names[2][32], made[32];
    snprintf(made, sizeof made, "v%d", i);
    for (int k = 0; k < 2; k++) {
        const int from = (int)(random_bits(random) % (uint64_t)(i + 12));
        snprintf(names[k], sizeof names[k], "%c%d", from < 12 ? 'a' : 'v',
                 from < 12 ? from : from - 12);
    }
    if (random_bits(random) % 8 == 0)
        text_addf(text, "v%d, w = divmod(%s, %s); v%d = v%d + w;", i, names[0], names[1], i, i);
    else
        text_addf(text, calls[random_bits(random) % 4], made, names[0], names[1]);
}

static void test_random_graphs(void **state)
{
    (void)state;
    struct random_stream random = random_stream_from_seed();
    for (int round = 0; round < 300; round++) {
        const struct kernel_limits limits = {8 + (int)(random_bits(&random) % 8),
                                             8 + (int)(random_bits(&random) % 24), 8, 8,
                                             608 + (int)(random_bits(&random) % 500)};
        const int nsteps = 1 + (int)(random_bits(&random) % 30);
        struct text text;
        text_init(&text, NULL);
        for (int i = 0; i < nsteps; i++)
            add_random_step(&text, &random, i);
        text_add(&text, "y = 0 + v0");
        for (int i = 1; i < nsteps; i++)
            text_addf(&text, " - v%d", i);
        text_addf(&text, "\ny, v0, v%d, 3", nsteps / 2);
        struct clw_op *op = parse(text_words(&text));
        const int is_large = op->split != NULL;
        assert_true(is_large || split_if_large(op, &limits));
        if (op->split)
            check_parts(op, is_large ? &largest_kernel : &limits);
        op_destroy(op);
        text_finish(&text);
    }
}

static void test_every_allocation_fails(void **state)
{
    (void)state;
    clw_error error;
    struct text text;
    text_init(&text, NULL);
    for (int i = 0; i < 100; i++)
        text_addf(&text, "%sa%d * %d", i ? " + " : "", i, i);
    for (int n = 1;; n++) {
        struct failing_allocator failing;
        struct registry other;
        struct clw_op *op = NULL;
        failing_init(&failing, 0);
        fill_registry(&other, &failing.allocator);
        const int alive = failing.alive;
        failing.fail_at = failing.calls + n;
        const clw_status status = expression_parse(&other, text_words(&text), &op, &error);
        const int failed = failing.calls >= failing.fail_at;
        assert_int_equal(status, failed ? CLW_ERROR_MEMORY : CLW_OK);
        op_destroy(op);
        assert_int_equal(failing.alive, alive);
        registry_finish(&other);
        assert_int_equal(failing.alive, 0);
        if (!failed)
            break;
    }
    text_finish(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_small_graphs_stay_whole),
        cmocka_unit_test(test_what_does_not_fit_is_cut),
        cmocka_unit_test(test_parameters),
        cmocka_unit_test(test_bytes),
        cmocka_unit_test(test_order),
        cmocka_unit_test(test_names),
        cmocka_unit_test(test_large_text),
        cmocka_unit_test(test_random_graphs),
        cmocka_unit_test(test_every_allocation_fails),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
