#include <fenv.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/plan/promote.h"
#include "tests/unit/tsv.h"

#include <cmocka.h>

static clw_dtype dtype_named(const char *name)
{
    const clw_dtype dtype = dtype_find(name, strlen(name));
    if (dtype == CLW_DTYPE_COUNT)
        fail_msg("no dtype '%s'", name);
    return dtype;
}

static void test_table(void **state)
{
    (void)state;
    for (int i = 0; i < CLW_DTYPE_COUNT; i++) {
        const struct dtype_info *info = &dtype_table[i];
        assert_int_equal(dtype_named(info->name), i);
        assert_int_equal(dtype_order[info->order], i);
        assert_int_equal(strlen(info->macro), strlen(info->name));
        assert_int_equal(info->wrap != NULL, info->kind == KIND_INT);
        assert_int_equal(dtype_table[info->real].real, info->real);
        assert_int_equal(info->size,
                         dtype_table[info->real].size * (info->kind == KIND_COMPLEX ? 2 : 1));
        assert_true(dtype_is_valid((clw_dtype)i));
    }
    assert_false(dtype_is_valid(CLW_DTYPE_COUNT));
    assert_false(dtype_is_valid((clw_dtype)-1));
    assert_int_equal(dtype_find("f3", 2), CLW_DTYPE_COUNT);
    assert_int_equal(dtype_find("f32 ", 3), CLW_F32);
    assert_int_equal(dtype_find("", 0), CLW_DTYPE_COUNT);
}

static void test_relations(void **state)
{
    (void)state;
    assert_int_equal(dtype_complex(CLW_F16), CLW_C64);
    assert_int_equal(dtype_complex(CLW_F64), CLW_C128);
    assert_int_equal(dtype_complex(CLW_C64), CLW_C64);
    assert_int_equal(dtype_demoted(CLW_F64), CLW_F32);
    assert_int_equal(dtype_demoted(CLW_C128), CLW_C64);
    assert_int_equal(dtype_demoted(CLW_I64), CLW_I64);
    assert_true(dtype_needs_fp64(CLW_C128));
    assert_false(dtype_needs_fp64(CLW_U64));
    assert_int_equal(dtype_least(CLW_I64), INT64_MIN);
    assert_int_equal(dtype_least(CLW_I8), -128);
    assert_int_equal(dtype_least(CLW_U16), 0);
    assert_true(dtype_greatest(CLW_U64) == UINT64_MAX);
    assert_true(dtype_greatest(CLW_I64) == INT64_MAX);
    assert_true(dtype_greatest(CLW_BOOL) == 1);
}

static void test_holds(void **state)
{
    (void)state;
    const clw_scalar minus = CLW_INT(-1).scalar, above = CLW_UINT((uint64_t)INT64_MAX + 1).scalar;
    assert_true(dtype_holds(CLW_I8, minus));
    assert_false(dtype_holds(CLW_U64, minus));
    assert_false(dtype_holds(CLW_I64, above));
    assert_true(dtype_holds(CLW_U64, above));
    assert_true(dtype_holds(CLW_F16, above));
    assert_true(dtype_holds(CLW_U8, CLW_INT(255).scalar));
    assert_false(dtype_holds(CLW_U8, CLW_INT(256).scalar));
    assert_true(dtype_holds(CLW_I8, CLW_INT(-128).scalar));
    assert_false(dtype_holds(CLW_I8, CLW_INT(-129).scalar));
    assert_true(dtype_holds(CLW_I8, CLW_FLOAT(1e300).scalar));
}

static void check_common(const char *name, clw_dtype (*promote_two)(clw_dtype, clw_dtype))
{
    struct tsv table;
    int rows = 0;
    tsv_open(&table, name);
    while (tsv_next(&table)) {
        if (strcmp(table.column[0], "add") != 0)
            continue;
        char *rest = table.column[1];
        const clw_dtype a = dtype_named(tsv_word(&rest)), b = dtype_named(tsv_word(&rest));
        const clw_dtype common = promote_two(a, b);
        assert_string_equal(common == CLW_DTYPE_COUNT ? "error" : dtype_table[common].name,
                            table.column[2]);
        rows++;
    }
    assert_int_equal(rows, 225);
}

static void test_common(void **state)
{
    (void)state;
    check_common("promotion_numpy", dtype_promote_numpy);
    check_common("promotion_torch", dtype_promote_torch);
}

static void test_can_cast(void **state)
{
    (void)state;
    static const clw_casting rules[] = {CLW_CASTING_NO, CLW_CASTING_EQUIV, CLW_CASTING_SAFE,
                                        CLW_CASTING_SAME_KIND, CLW_CASTING_UNSAFE};
    struct tsv table;
    int rows = 0;
    tsv_open(&table, "can_cast");
    for (int i = 0; i < 5; i++)
        assert_string_equal(casting_name(rules[i]), table.column[2 + i]);
    for (; tsv_next(&table); rows++) {
        const clw_dtype from = dtype_named(table.column[0]), to = dtype_named(table.column[1]);
        for (int i = 0; i < 5; i++)
            if (can_cast(from, to, rules[i]) != atoi(table.column[2 + i]))
                fail_msg("%s to %s, %s: %s expected", table.column[0], table.column[1],
                         casting_name(rules[i]), table.column[2 + i]);
        assert_int_equal(can_cast(from, to, CLW_CASTING_DEFAULT),
                         can_cast(from, to, CLW_CASTING_SAME_KIND));
    }
    assert_int_equal(rows, 225);
    assert_string_equal(casting_name(CLW_CASTING_DEFAULT), "same_kind");
    assert_string_equal(casting_name((clw_casting)17), "?");
    assert_int_equal(can_cast(CLW_DTYPE_COUNT, CLW_F32, CLW_CASTING_UNSAFE), 0);
    assert_int_equal(can_cast(CLW_F32, CLW_F32, (clw_casting)17), 0);
}

/* The host scalar that has a golden pattern of a dtype without loss; kind NONE: there is none. */
static clw_scalar scalar_of(clw_dtype dtype, const char *pattern)
{
    const uint64_t bits = strtoull(pattern, NULL, 16);
    double parts[2] = {0, 0};
    switch (dtype) {
    case CLW_BOOL:
        return CLW_BOOLEAN(bits != 0).scalar;
    case CLW_I64:
        return CLW_INT((int64_t)bits).scalar;
    case CLW_U64:
        return CLW_UINT(bits).scalar;
    case CLW_F64:
        memcpy(parts, &bits, sizeof bits);
        return CLW_FLOAT(parts[0]).scalar;
    case CLW_C128: {
        const uint64_t imaginary = strtoull(strchr(pattern, ',') + 1, NULL, 16);
        memcpy(parts, &bits, sizeof bits);
        memcpy(parts + 1, &imaginary, sizeof imaginary);
        return CLW_COMPLEX(parts[0], parts[1]).scalar;
    }
    default:
        return (clw_scalar){CLW_SCALAR_NONE, {0}};
    }
}

/* An f16 or bf16 pattern as the float that it stands for. */
static float widened(clw_dtype dtype, uint64_t bits)
{
    if (dtype == CLW_BF16) {
        const uint32_t wide = (uint32_t)bits << 16;
        float x;
        memcpy(&x, &wide, sizeof x);
        return x;
    }
    const int exponent = (int)(bits >> 10 & 31), fraction = (int)(bits & 1023);
    const float size = exponent == 31 ? (fraction ? NAN : INFINITY)
                       : exponent     ? ldexpf((float)(1024 + fraction), exponent - 25)
                                      : ldexpf((float)fraction, -24);
    return bits >> 15 ? -size : size;
}

static int same_part(clw_dtype dtype, const char *pattern, const unsigned char *found)
{
    const struct dtype_info *info = &dtype_table[dtype];
    const uint64_t bits = strtoull(pattern, NULL, 16);
    if (info->kind != KIND_FLOAT)
        return memcmp(&bits, found, (size_t)info->size) == 0;
    double x;
    float narrow;
    memcpy(&x, found, sizeof x);
    memcpy(&narrow, found, sizeof narrow);
    if (strncmp(pattern, "nan", 3) == 0)
        return isnan(dtype == CLW_F64 ? x : (double)narrow);
    if (dtype == CLW_F64 || dtype == CLW_F32)
        return memcmp(&bits, found, (size_t)info->size) == 0;
    const float wide = widened(dtype, bits);
    return memcmp(&wide, found, sizeof wide) == 0;
}

static void check_casts(void)
{
    struct tsv table;
    int rows = 0;
    tsv_open(&table, "casts");
    while (tsv_next(&table)) {
        const clw_dtype from = dtype_named(table.column[0]), to = dtype_named(table.column[1]);
        const clw_scalar scalar = scalar_of(from, table.column[2]);
        if (scalar.kind == CLW_SCALAR_NONE)
            continue;
        unsigned char bits[16];
        const clw_dtype real = dtype_table[to].real;
        const size_t size = scalar_bits(scalar, to, bits);
        const size_t part = dtype_table[real].kind == KIND_FLOAT && real != CLW_F64
                                ? sizeof(float)
                                : (size_t)dtype_table[real].size;
        const char *second = strchr(table.column[3], ',');
        assert_int_equal(size, second ? 2 * part : part);
        if (!same_part(real, table.column[3], bits) ||
            (second && !same_part(real, second + 1, bits + part)))
            fail_msg("%s %s to %s: %s expected", table.column[0], table.column[2], table.column[1],
                     table.column[3]);
        rows++;
    }
    assert_true(rows > 4000);
}

static void test_scalar_bits(void **state)
{
    (void)state;
    check_casts();
}

/* The process may compute in any rounding mode. */
static void test_scalar_bits_rounding_mode(void **state)
{
    (void)state;
    const int old = fegetround();
    assert_int_equal(fesetround(FE_UPWARD), 0);
    check_casts();
    assert_int_equal(fesetround(FE_DOWNWARD), 0);
    check_casts();
    assert_int_equal(fesetround(old), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_table),
        cmocka_unit_test(test_relations),
        cmocka_unit_test(test_holds),
        cmocka_unit_test(test_common),
        cmocka_unit_test(test_can_cast),
        cmocka_unit_test(test_scalar_bits),
        cmocka_unit_test(test_scalar_bits_rounding_mode),
    };
    return cmocka_run_group_tests_name("dtype", tests, NULL, NULL);
}
