#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "runtime/ops/nearest.h"
#include "runtime/ops/opfile.h"
#include "tests/unit/failing_allocator.h"

#include <cmocka.h>

static const char sample[] = "// mix -- weighted mean\n"
                             "//\n"
                             "int shared_code;\n"
                             "//! op mix(a, b, weight) -> y\n"
                             "//! loop T T T.real -> T for complex\n"
                             "//! loop T T T -> T for float\n"
                             "//! loop T T T -> f64 for f64 from bool\n"
                             "//! torch f32 f32 f32 -> f32 from bool int\n"
                             "//! alias blend lerp_\n"
                             "//! param gain : T.real = -0.5\n"
                             "//! param count : u8 = 200\n"
                             "//! param on : bool = true\n"
                             "//! param far : f32 = -inf\n"
                             "//! use complex order\n"
                             "//! function mix_\n"
                             "//! require fp64\n"
                             "//! nonnegative weight\n"
                             "//! identity 0\n"
                             "//! ulp f32 1 f64   0.5\n"
                             "//! flags commutative exact_compare\n"
                             "//! flags torch_same torch_no_bool\n"
                             "//! numpy_error bool bool,i8 any\n"
                             "//! torch_error int any complex,f16\n"
                             "//!\n"
                             "body of mix\n"
                             "  //! op split(x)->low,high\r\n"
                             "//! doc two halves: low, high\r\n"
                             "//! loop u16 -> u8 u8\r\n"
                             "body of split";

static struct clw_op *ops[OPFILE_MAX_OPS];
static int count;

static void parse_sample(void)
{
    clw_error error = {CLW_OK, ""};
    if (opfile_parse(NULL, "dir/mix.cl", sample, sizeof sample - 1, ops, &count, &error))
        fail_msg("%s", error.message);
    assert_int_equal(count, 2);
}

static void destroy_ops(void)
{
    for (int i = 0; i < count; i++)
        op_destroy(ops[i]);
}

static void assert_source(struct source source, const char *text, int line)
{
    assert_int_equal(source.length, strlen(text));
    assert_memory_equal(source.text, text, source.length);
    assert_int_equal(source.line, line);
    assert_string_equal(source.file, "dir/mix.cl");
}

static void test_facts(void **state)
{
    (void)state;
    parse_sample();
    const struct clw_op *op = ops[0];
    assert_string_equal(op->name, "mix");
    assert_string_equal(op->doc, "weighted mean");
    assert_string_equal(op->ulp, "f32 1  f64 0.5");
    assert_string_equal(op->function, "mix_");
    assert_int_equal(op->nin, 3);
    assert_string_equal(op->in_name[2], "weight");
    assert_int_equal(op->nout, 1);
    assert_string_equal(op->out_name[0], "y");
    assert_int_equal(op->naliases, 2);
    assert_string_equal(op->aliases[1], "lerp_");
    assert_int_equal(op->nuses, 2);
    assert_string_equal(op->uses[0].name, "complex");
    assert_true(op->require_fp64);
    assert_int_equal(op->nonnegative, 2);
    assert_int_equal(op->flags,
                     OP_COMMUTATIVE | OP_EXACT_COMPARE | OP_TORCH_SAME | OP_TORCH_NO_BOOL);
    assert_string_equal(ops[1]->name, "split");
    assert_string_equal(ops[1]->doc, "two halves: low, high");
    assert_string_equal(ops[1]->function, "split");
    assert_string_equal(ops[1]->ulp, "");
    assert_string_equal(ops[1]->out_name[1], "high");
    assert_int_equal(ops[1]->nonnegative, -1);
    assert_int_equal(ops[1]->naliases, 0);
    destroy_ops();
}

static void test_sources(void **state)
{
    (void)state;
    parse_sample();
    const char shared[] = "// mix -- weighted mean\n//\nint shared_code;\n";
    assert_source(ops[0]->shared, shared, 1);
    assert_source(ops[1]->shared, shared, 1);
    const char *body = strstr(sample, "//! loop"), *second = strstr(sample, "  //! op split");
    char words[sizeof sample];
    snprintf(words, sizeof words, "%.*s", (int)(second - body), body);
    assert_source(ops[0]->body, words, 5);
    assert_source(ops[1]->body, strstr(sample, "//! doc two"), 27);
    destroy_ops();
}

static void test_params(void **state)
{
    (void)state;
    parse_sample();
    const struct param *params = ops[0]->params;
    assert_int_equal(ops[0]->nparams, 4);
    assert_string_equal(params[0].name, "gain");
    assert_string_equal(params[0].default_text, "-0.5");
    assert_true(params[0].is_t_real && !params[0].is_t);
    assert_int_equal(params[0].default_value.kind, CLW_SCALAR_FLOAT);
    assert_true(params[0].default_value.value.f == -0.5);
    assert_int_equal(params[1].dtype, CLW_U8);
    assert_int_equal(params[1].default_value.value.i, 200);
    assert_int_equal(params[2].default_value.kind, CLW_SCALAR_BOOL);
    assert_int_equal(params[2].default_value.value.i, 1);
    assert_true(params[3].default_value.value.f < -1e308);
    destroy_ops();
}

static void assert_loop(const struct loop *loop, const char *words)
{
    char found[128];
    size_t at = 0;
    for (int i = 0; i < 3; i++)
        at += (size_t)snprintf(found + at, sizeof found - at, "%s ", dtype_table[loop->in[i]].name);
    snprintf(found + at, sizeof found - at, "-> %s, T %s", dtype_table[loop->out[0]].name,
             dtype_table[loop->t].name);
    assert_string_equal(found, words);
}

static void test_rows(void **state)
{
    (void)state;
    parse_sample();
    const struct clw_op *op = ops[0];
    assert_int_equal(op->nloops, 7);
    assert_loop(&op->loops[0], "f16 f16 f16 -> f16, T f16");
    assert_loop(&op->loops[3], "f64 f64 f64 -> f64, T f64");
    assert_int_equal(op->loops[3].from, 1u << CLW_F64);
    assert_loop(&op->loops[4], "f64 f64 f64 -> f64, T f64");
    assert_int_equal(op->loops[4].from, 1u << CLW_BOOL);
    assert_loop(&op->loops[5], "c64 c64 f32 -> c64, T c64");
    assert_int_equal(op->loops[5].t_inputs, 3);
    assert_int_equal(op->t_inputs, 7);
    assert_int_equal(op->npicks, 7);
    assert_int_equal(op->picks[0].place, CLW_BOOL);
    assert_int_equal(op->picks[0].loop, 4);
    assert_int_equal(op->picks[4].place, CLW_F64);
    assert_int_equal(op->picks[4].loop, 3);
    assert_int_equal(op->ntorch, 1);
    assert_loop(&op->torch[0], "f32 f32 f32 -> f32, T f32");
    assert_int_equal(op->torch[0].t_inputs, 7);
    assert_int_equal(op->torch[0].from, (1u << (CLW_U64 + 1)) - 1);
    assert_int_equal(op->nrefusals, 2);
    assert_int_equal(op->refusals[0].rule, CLW_PROMOTION_NUMPY);
    assert_int_equal(op->refusals[0].in[1], 1u << CLW_BOOL | 1u << CLW_I8);
    assert_int_equal(op->refusals[0].in[2], (1u << CLW_DTYPE_COUNT) - 1);
    assert_int_equal(op->refusals[1].rule, CLW_PROMOTION_TORCH);
    assert_int_equal(op->refusals[1].in[2], 1u << CLW_C64 | 1u << CLW_C128 | 1u << CLW_F16);
    assert_int_equal(ops[1]->loops[0].from, 0);
    assert_int_equal(ops[1]->loops[0].t, CLW_U16);
    assert_int_equal(ops[1]->picks[0].place, CLW_U16);
    assert_int_equal(ops[1]->t_inputs, 0);
    destroy_ops();
}

/* Rows of one place keep the order of the file; a row without T stands by its highest input. */
static void test_row_order(void **state)
{
    (void)state;
    static const char text[] = "//! op f(a, b) -> y\n"
                               "//! loop u64 i64 -> bool\n"
                               "//! loop T T -> T for any\n"
                               "//! loop i64 u64 -> bool\n";
    clw_error error = {CLW_OK, ""};
    assert_int_equal(opfile_parse(NULL, "f", text, sizeof text - 1, ops, &count, &error), CLW_OK);
    static const clw_dtype first[] = {CLW_BOOL, CLW_I8,  CLW_U8,  CLW_I16, CLW_U16, CLW_I32,
                                      CLW_U32,  CLW_I64, CLW_U64, CLW_U64, CLW_I64, CLW_F16,
                                      CLW_BF16, CLW_F32, CLW_F64, CLW_C64, CLW_C128};
    assert_int_equal(ops[0]->nloops, sizeof first / sizeof *first);
    for (int i = 0; i < ops[0]->nloops; i++) {
        assert_int_equal(ops[0]->loops[i].in[0], first[i]);
        assert_int_equal(ops[0]->picks[i].loop, i);
    }
    assert_int_equal(ops[0]->loops[8].in[1], CLW_I64);
    assert_int_equal(ops[0]->loops[10].in[1], CLW_U64);
    destroy_ops();
}

/* Every allocation fails in turn, until the text is parsed. */
static void test_memory(void **state)
{
    (void)state;
    for (int n = 1;; n++) {
        struct failing_allocator failing;
        failing_init(&failing, n);
        clw_error error = {CLW_OK, ""};
        const clw_status status = opfile_parse(&failing.allocator, "m.cl", sample,
                                               sizeof sample - 1, ops, &count, &error);
        if (failing.calls >= n) {
            assert_int_equal(status, CLW_ERROR_MEMORY);
            assert_string_equal(error.message, "out of host memory");
            assert_int_equal(count, 0);
        }
        destroy_ops();
        assert_int_equal(failing.alive, 0);
        if (failing.calls < n) {
            assert_int_equal(status, CLW_OK);
            assert_true(n > 10);
            return;
        }
    }
}

static void test_edit_distance(void **state)
{
    (void)state;
    static const struct {
        const char *a, *b;
        int limit, distance;
    } cases[] = {
        {"", "", 3, 0},        {"sin", "sin", 3, 0},
        {"sin", "sinh", 3, 1}, {"sni", "sin", 3, 1},
        {"cos", "sin", 3, 3},  {"", "abc", 3, 3},
        {"abcdef", "", 2, 3},  {"maximum", "minimum", 9, 2},
        {"ab", "ba", 0, 1},    {"kitten", "sitting", 9, 3},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_int_equal(edit_distance(cases[i].a, cases[i].b, cases[i].limit), cases[i].distance);
        assert_int_equal(edit_distance(cases[i].b, cases[i].a, cases[i].limit), cases[i].distance);
    }
    char name[66];
    memset(name, 'n', sizeof name);
    name[65] = '\0';
    assert_int_equal(edit_distance(name, name, 3), 4);
    name[64] = '\0';
    assert_int_equal(edit_distance(name, name, 3), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_facts),         cmocka_unit_test(test_sources),
        cmocka_unit_test(test_params),        cmocka_unit_test(test_rows),
        cmocka_unit_test(test_row_order),     cmocka_unit_test(test_memory),
        cmocka_unit_test(test_edit_distance),
    };
    return cmocka_run_group_tests_name("opfile", tests, NULL, NULL);
}
