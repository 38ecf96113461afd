#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/ops/registry.h"
#include "tests/unit/promote_cases.h"
#include "tests/unit/tsv.h"

#include <cmocka.h>

static struct registry registry;

static int load_ops(void **state)
{
    (void)state;
    clw_error error = {CLW_OK, ""};
    registry_init(&registry, NULL);
    if (registry_add_builtins(&registry, &error))
        fail_msg("%s", error.message);
    return 0;
}

static int release_ops(void **state)
{
    (void)state;
    registry_finish(&registry);
    return 0;
}

/* Every row of a table of arrays whose op there is. Ops that are absent are counted once each. */
static void check_table(const char *name, clw_promotion rule)
{
    struct tsv table;
    int rows = 0, wrong = 0, absent_rows = 0, absent_ops = 0;
    char absent[OP_NAME_SIZE] = "";
    tsv_open(&table, name);
    while (tsv_next(&table)) {
        const char *op_name = table.column[0];
        const struct clw_op *op = registry_find(&registry, op_name);
        if (!op) {
            absent_rows++;
            absent_ops += strcmp(absent, op_name) != 0;
            snprintf(absent, sizeof absent, "%s", op_name);
            continue;
        }
        struct typed in[OP_MAX_LEAF_INPUTS];
        char inputs[64];
        snprintf(inputs, sizeof inputs, "%s", table.column[1]);
        int nin = 0;
        for (char *rest = table.column[1], *word; (word = tsv_word(&rest)) != NULL;)
            in[nin++] = promote_array(promote_dtype(word), 1);
        assert_int_equal(nin, op->nin);
        char found[64];
        clw_error error = {CLW_OK, ""};
        promote_result(op, in, rule, found, &error);
        rows++;
        if (strcmp(found, table.column[2]) != 0 && wrong++ < 40)
            print_error("%s(%s) [%s]: %s expected, found %s %s\n", op_name, inputs, table.column[3],
                        table.column[2], found, error.message);
    }
    print_message("%s: %d rows checked; left out: %d rows of %d ops that are not there\n", name,
                  rows, absent_rows, absent_ops);
    assert_int_equal(wrong, 0);
    assert_true(rows > 0);
}

static void test_numpy_table(void **state)
{
    (void)state;
    check_table("promotion_numpy", CLW_PROMOTION_NUMPY);
}

static void test_torch_table(void **state)
{
    (void)state;
    check_table("promotion_torch", CLW_PROMOTION_TORCH);
}

/* Where PyTorch wraps an integer that does not fit, clwise refuses. */
static int is_wrapped(const char *result, clw_scalar scalar)
{
    const clw_dtype dtype = promote_dtype(result);
    return dtype != CLW_DTYPE_COUNT && !dtype_holds(dtype, scalar) && strcmp(result, "bool") != 0;
}

/* PyTorch's pow looks at the value of its scalar: x ** 1 is a copy, also of bool, and a scalar that
 * overflows i64 or the array's float dtype is an error. In clwise dtypes decide, as for all other
 * ops. */
static const char *pow_exception(const char *op, const char *array_dtype, const char *scalar)
{
    static const struct {
        const char *array, *scalar, *result;
    } cases[] = {
        {"bool", "b:1", "error"},
        {"u64", "i:9223372036854775808", "u64"},
        {"f16", "i:2147483648", "f16"},
        {"f16", "i:4294967296", "f16"},
        {"f16", "i:9223372036854775808", "f16"},
        {"f16", "f:1e300", "f16"},
        {"bf16", "f:1e300", "bf16"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        if (strcmp(op, "power") == 0 && strcmp(array_dtype, cases[i].array) == 0 &&
            strcmp(scalar, cases[i].scalar) == 0)
            return cases[i].result;
    return NULL;
}

static void check_weak(clw_promotion rule, const char *rule_name)
{
    struct tsv table;
    int rows = 0, wrong = 0, absent = 0, lacking = 0, exceptions = 0;
    tsv_open(&table, "weak_scalar");
    while (tsv_next(&table)) {
        const char *expected = table.column[rule == CLW_PROMOTION_TORCH ? 4 : 3];
        const struct clw_op *op = registry_find(&registry, table.column[0]);
        const struct typed in[] = {promote_array(promote_dtype(table.column[1]), 1),
                                   promote_weak(table.column[2])};
        if (!op || strcmp(expected, "-") == 0) {
            absent += !op;
            lacking += op != NULL;
            continue;
        }
        if (rule == CLW_PROMOTION_TORCH && is_wrapped(expected, in[1].scalar))
            expected = "error";
        const char *exception =
            rule == CLW_PROMOTION_TORCH
                ? pow_exception(table.column[0], table.column[1], table.column[2])
                : NULL;
        if (exception) {
            assert_string_not_equal(expected, exception);
            expected = exception;
            exceptions++;
        }
        char found[64];
        clw_error error = {CLW_OK, ""};
        promote_result(op, in, rule, found, &error);
        rows++;
        if (strcmp(found, expected) != 0 && wrong++ < 40)
            print_error("%s(%s, %s): %s expected, found %s %s\n", table.column[0], table.column[1],
                        table.column[2], expected, found, error.message);
    }
    print_message(
        "weak_scalar, %s: %d rows checked; left out: %d of ops that are not there, %d of complex "
        "with 16-bit parts; %d exceptions of pow\n",
        rule_name, rows, absent, lacking, exceptions);
    assert_int_equal(wrong, 0);
    assert_true(rows > 0);
}

static void test_weak_numpy(void **state)
{
    (void)state;
    check_weak(CLW_PROMOTION_NUMPY, "numpy");
}

static void test_weak_torch(void **state)
{
    (void)state;
    check_weak(CLW_PROMOTION_TORCH, "torch");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_numpy_table),
        cmocka_unit_test(test_torch_table),
        cmocka_unit_test(test_weak_numpy),
        cmocka_unit_test(test_weak_torch),
    };
    return cmocka_run_group_tests_name("promote", tests, load_ops, release_ops);
}
