#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "runtime/ops/opfile.h"
#include "tests/unit/promote_cases.h"
#include "tests/unit/tsv.h"

#include <cmocka.h>

/* Ops of these tests only, so that they say what promotion does whatever cl/ops has. */
static struct clw_op *ops[OPFILE_MAX_OPS];
static int op_count;

static int parse_ops(void **state)
{
    (void)state;
    static const char text[] = "//! op add(a, b) -> y\n"
                               "//! loop bool bool -> bool\n"
                               "//! loop T T -> T for int float complex\n"
                               "//! op bits(a, b) -> y\n"
                               "//! loop T T -> T for i8 u8 u64\n"
                               "//! numpy_error bool bool\n"
                               "//! torch_error bool any\n"
                               "//! op pick(m, a, b) -> y\n"
                               "//! loop bool T T -> T for any\n"
                               "//! op scale(x, n) -> y\n"
                               "//! loop T i32 -> T for float\n"
                               "//! loop T i64 -> T for float\n"
                               "//! torch T i64 -> T for float\n"
                               "//! op raise(a, b) -> y\n"
                               "//! loop T T -> T for int float\n"
                               "//! nonnegative b\n"
                               "//! op before(a, b) -> y\n"
                               "//! loop T T -> bool for bool int float\n"
                               "//! loop i64 u64 -> bool\n"
                               "//! loop u64 i64 -> bool\n"
                               "//! flags exact_compare\n"
                               "//! op same(a, b) -> y\n"
                               "//! loop T T -> T for int float\n"
                               "//! flags torch_same torch_no_bool\n"
                               "//! op ratio(a, b) -> y\n"
                               "//! loop f64 f64 -> f64 from bool int\n"
                               "//! loop T T -> T for float\n"
                               "//! op wide(a, b) -> y\n"
                               "//! loop f64 f64 -> f64\n";
    clw_error error = {CLW_OK, ""};
    if (opfile_parse(NULL, "ops", text, sizeof text - 1, ops, &op_count, &error))
        fail_msg("%s", error.message);
    return 0;
}

static int destroy_ops(void **state)
{
    (void)state;
    for (int i = 0; i < op_count; i++)
        op_destroy(ops[i]);
    return 0;
}

static const struct clw_op *op_called(const char *name)
{
    for (int i = 0; i < op_count; i++)
        if (strcmp(ops[i]->name, name) == 0)
            return ops[i];
    fail_msg("no op '%s'", name);
    return NULL;
}

/* "i8 u8:0 i:3": arrays of one axis, a 0-d array, a host integer. */
static void read_inputs(const char *text, struct typed *in)
{
    char words[128];
    snprintf(words, sizeof words, "%s", text);
    for (char *rest = words, *word; (word = tsv_word(&rest)) != NULL; in++) {
        char *colon = strchr(word, ':');
        if (colon == word + 1) {
            *in = promote_weak(word);
        } else {
            if (colon)
                *colon = '\0';
            *in = promote_array(promote_dtype(word), colon == NULL);
        }
    }
}

struct promotion_case {
    const char *op, *inputs, *numpy, *torch; /* results, or messages */
};

static void check_case(const struct promotion_case *wanted, clw_promotion rule)
{
    struct typed in[OP_MAX_LEAF_INPUTS];
    char found[64];
    clw_error error = {CLW_OK, ""};
    read_inputs(wanted->inputs, in);
    promote_result(op_called(wanted->op), in, rule, found, &error);
    const char *expected = rule == CLW_PROMOTION_TORCH ? wanted->torch : wanted->numpy;
    const char *result = error.code ? error.message : found;
    if (strcmp(result, expected) != 0)
        fail_msg("%s(%s): '%s' expected, found '%s'", wanted->op, wanted->inputs, expected, result);
}

static void check_cases(const struct promotion_case *cases, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        check_case(&cases[i], CLW_PROMOTION_NUMPY);
        check_case(&cases[i], CLW_PROMOTION_TORCH);
    }
}

static void test_zero_dimensional(void **state)
{
    (void)state;
    static const struct promotion_case cases[] = {
        {"add", "f32 f64:0", "f64", "f32"},      {"add", "f32:0 f64:0", "f64", "f64"},
        {"add", "i8 i64:0", "i64", "i8"},        {"add", "i8 f64:0", "f64", "f64"},
        {"add", "bool i16:0", "i16", "i16"},     {"add", "f16 c128:0", "c128", "c64"},
        {"add", "f64 c64:0", "c128", "c128"},    {"add", "u8:0 i:3", "u8", "u8"},
        {"add", "f16:0 f:1e300", "f16", "f16"},  {"add", "i32:0 f:2.5", "f64", "f32"},
        {"before", "i64 u64:0", "bool", "bool"},
    };
    check_cases(cases, sizeof cases / sizeof *cases);
}

static void test_scalars_alone(void **state)
{
    (void)state;
    static const struct promotion_case cases[] = {
        {"add", "b:1 b:0", "bool", "bool"},
        {"add", "i:1 b:1", "i64", "i64"},
        {"add", "i:1 f:2.5", "f64", "f32"},
        {"add", "f:2.5 c:1+2j", "c128", "c64"},
        {"add", "i:9223372036854775808 i:9223372036854775809", "u64", "u64"},
        {"pick", "bool i:1 f:2.5", "f64", "f32"},
        {"pick", "bool i:1 u8", "u8", "u8"},
        {"pick", "b:1 u8 f32", "f32", "f32"},
        {"pick", "bool f16 c:1+2j", "c64", "c64"},
    };
    check_cases(cases, sizeof cases / sizeof *cases);
}

/* An input that is not written T follows its own row only. */
static void test_inputs_without_t(void **state)
{
    (void)state;
    static const struct promotion_case cases[] = {
        {"scale", "f32 i:3", "f32", "f32"},
        {"scale", "f32 i:4294967296", "f32", "f32"},
        {"scale", "f16 i64", "f16", "f16"},
        {"scale", "f:2.5 i8", "f64", "f32"},
        {"scale", "f32 i:9223372036854775808",
         "scale: no loop for (f32, int scalar); there are loops for f16, bf16, f32, f64",
         "scale: 9223372036854775808 does not fit i64 (-9223372036854775808 to "
         "9223372036854775807)"},
        {"scale", "f32 f32",
         "scale: no loop for (f32, f32); there are loops for f16, bf16, f32, f64",
         "scale: no loop for (f32, f32) under PyTorch's rule; there are loops for f16, bf16, f32, "
         "f64"},
        {"scale", "f32 bool", "f32",
         "scale: no loop for (f32, bool) under PyTorch's rule; there are loops for f16, bf16, f32, "
         "f64"},
        {"pick", "i8 f32 f32",
         "pick: no loop for (i8, f32, f32); there are loops for bool, i8, u8, i16, u16, i32, u32, "
         "i64, u64, f16, bf16, f32, f64, c64, c128",
         "pick: no loop for (i8, f32, f32) under PyTorch's rule; there are loops for bool, i8, u8, "
         "i16, u16, i32, u32, i64, u64, f16, bf16, f32, f64, c64, c128"},
        {"ratio", "i8 u8", "f64", "f32"},
        {"ratio", "i8 f16", "f16", "f16"},
        {"ratio", "u8 i:300", "f64", "f32"},
        {"wide", "u16 i8", "f64", "f64"},
    };
    check_cases(cases, sizeof cases / sizeof *cases);
}

static void test_messages(void **state)
{
    (void)state;
    static const struct promotion_case cases[] = {
        {"add", "u8 i:300", "add: 300 does not fit u8 (0 to 255)",
         "add: 300 does not fit u8 (0 to 255)"},
        {"add", "i8 i:-129", "add: -129 does not fit i8 (-128 to 127)",
         "add: -129 does not fit i8 (-128 to 127)"},
        {"add", "i64 i:9223372036854775808",
         "add: 9223372036854775808 does not fit i64 (-9223372036854775808 to "
         "9223372036854775807)",
         "add: 9223372036854775808 does not fit i64 (-9223372036854775808 to "
         "9223372036854775807)"},
        {"add", "i32 u32", "i64",
         "add: no common dtype for (i32, u32) under PyTorch's rule; there are loops for bool, i8, "
         "u8, i16, u16, i32, u32, i64, u64, f16, bf16, f32, f64, c64, c128"},
        {"bits", "u8 f32", "bits: no loop for (u8, f32); there are loops for i8, u8, u64",
         "bits: no loop for (u8, f32) under PyTorch's rule; there are loops for i8, u8, u64"},
        {"bits", "bool bool", "bits: no loop for (bool, bool); there are loops for i8, u8, u64",
         "bits: no loop for (bool, bool) under PyTorch's rule; there are loops for i8, u8, u64"},
        {"bits", "bool b:1",
         "bits: no loop for (bool, bool scalar); there are loops for i8, u8, u64",
         "bits: no loop for (bool, bool scalar) under PyTorch's rule; there are loops for i8, u8, "
         "u64"},
        {"bits", "bool i8", "i8",
         "bits: no loop for (bool, i8) under PyTorch's rule; there are loops for i8, u8, u64"},
        {"raise", "i32 i:-1", "raise: b is -1, but must not be negative among integers",
         "raise: b is -1, but must not be negative among integers"},
        {"raise", "f32 i:-1", "f32", "f32"},
        {"raise", "i:-1 i32", "i32", "i32"},
        {"before", "u8 i:-1", "bool", "bool"},
        {"before", "u64 i:-1", "bool", "bool"},
        {"before", "i64 i:9223372036854775808", "bool", "bool"},
        {"before", "bool i:-1", "bool", "bool"},
        {"before", "bool i:9223372036854775808",
         "before: 9223372036854775808 does not fit i64 (-9223372036854775808 to "
         "9223372036854775807)",
         "before: 9223372036854775808 does not fit i64 (-9223372036854775808 to "
         "9223372036854775807)"},
        {"same", "f32 f64", "f64",
         "same: inputs of one dtype are wanted under PyTorch's rule, given (f32, f64)"},
        {"same", "i32 f:2.5", "f64",
         "same: inputs of one dtype are wanted under PyTorch's rule, given (i32, float scalar)"},
        {"same", "f32 i:2", "f32", "f32"},
        {"same", "bool bool", "i8",
         "same: no loop for (bool, bool) under PyTorch's rule; there are loops for i8, u8, i16, "
         "u16, i32, u32, i64, u64, f16, bf16, f32, f64"},
    };
    check_cases(cases, sizeof cases / sizeof *cases);
}

/* An exact comparison computes in the loop that holds both, not only gives the same result. */
static void test_exact_loop(void **state)
{
    (void)state;
    static const struct {
        const char *inputs;
        clw_dtype a, b;
    } cases[] = {
        {"u8 i:300", CLW_I64, CLW_I64},
        {"u64 i:-1", CLW_U64, CLW_I64},
        {"i64 i:9223372036854775808", CLW_I64, CLW_U64},
        {"i8 i:9223372036854775808", CLW_I64, CLW_U64},
        {"u8 i:9223372036854775808", CLW_U64, CLW_U64},
        {"i64 u64", CLW_I64, CLW_U64},
        {"u64 i64", CLW_U64, CLW_I64},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct typed in[2];
        struct loop loop;
        const struct promotion how = {.rule = CLW_PROMOTION_NUMPY};
        read_inputs(cases[i].inputs, in);
        assert_int_equal(promote(op_called("before"), in, &how, &loop, NULL), CLW_OK);
        assert_int_equal(loop.in[0], cases[i].a);
        assert_int_equal(loop.in[1], cases[i].b);
    }
}

static void test_forced_result(void **state)
{
    (void)state;
    static const struct {
        const char *op, *inputs;
        clw_dtype dtype;
        clw_casting casting;
        clw_status status;
        const char *result;
    } cases[] = {
        {"add", "i8 u8", CLW_F32, CLW_CASTING_DEFAULT, CLW_OK, "f32"},
        {"add", "f64 f64", CLW_F32, CLW_CASTING_DEFAULT, CLW_OK, "f32"},
        {"add", "f64 f64", CLW_F32, CLW_CASTING_SAFE, CLW_ERROR_CAST,
         "add: input a cannot be cast from f64 to f32 with casting safe"},
        {"add", "f32 f64", CLW_I32, CLW_CASTING_UNSAFE, CLW_OK, "i32"},
        {"add", "i32 f:2.5", CLW_I32, CLW_CASTING_DEFAULT, CLW_ERROR_CAST,
         "add: input b cannot be cast from float scalar to i32 with casting same_kind"},
        {"add", "i32 f:2.5", CLW_I32, CLW_CASTING_UNSAFE, CLW_OK, "i32"},
        {"add", "i8 i:300", CLW_I16, CLW_CASTING_DEFAULT, CLW_OK, "i16"},
        {"add", "i8 i:70000", CLW_I16, CLW_CASTING_DEFAULT, CLW_ERROR_RANGE,
         "add: 70000 does not fit i16 (-32768 to 32767)"},
        {"bits", "i8 i8", CLW_F32, CLW_CASTING_DEFAULT, CLW_ERROR_DTYPE,
         "bits: no loop has a result of f32; there are i8, u8, u64"},
        {"raise", "i8 i:-1", CLW_I16, CLW_CASTING_DEFAULT, CLW_ERROR_RANGE,
         "raise: b is -1, but must not be negative among integers"},
        {"scale", "f64 i64", CLW_F32, CLW_CASTING_DEFAULT, CLW_OK, "f32"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct typed in[2];
        struct loop loop;
        clw_error error = {CLW_OK, ""};
        const struct promotion how = {CLW_PROMOTION_NUMPY, 1, cases[i].dtype, cases[i].casting};
        read_inputs(cases[i].inputs, in);
        const clw_status status = promote(op_called(cases[i].op), in, &how, &loop, &error);
        assert_string_equal(status ? error.message : dtype_table[loop.out[0]].name,
                            cases[i].result);
        assert_int_equal(status, cases[i].status);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_zero_dimensional), cmocka_unit_test(test_scalars_alone),
        cmocka_unit_test(test_inputs_without_t), cmocka_unit_test(test_messages),
        cmocka_unit_test(test_exact_loop),       cmocka_unit_test(test_forced_result),
    };
    return cmocka_run_group_tests_name("promote_rules", tests, parse_ops, destroy_ops);
}
