/* Philox 4x32-10 of lib against the vectors published with it (Random123 1.14, tests/kat_vectors).
 */
#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "tests/device/fixture.h"

#include <cmocka.h>

static const char source[] = "// words -- the four words, in two\n"
                             "//! op    words(low, high, seed) -> first, second\n"
                             "//! loop  u64 u64 u64 -> u64 u64\n"
                             "//! use   philox\n"
                             "static inline void words(ulong low, ulong high, ulong seed,\n"
                             "                         ulong *first, ulong *second)\n"
                             "{\n"
                             "    uint word[4];\n"
                             "    philox(low, high, seed, word);\n"
                             "    *first = (ulong)word[1] << 32 | word[0];\n"
                             "    *second = (ulong)word[3] << 32 | word[2];\n"
                             "}\n";

static const struct vector {
    uint64_t in[3], out[2];
} vectors[] = {
    {{0, 0, 0}, {0xe169c58d6627e8d5, 0x9b00dbd8bc57ac4c}},
    {{UINT64_MAX, UINT64_MAX, UINT64_MAX}, {0x41c83b0e408f276d, 0x6d5451fda20bc7c6}},
    {{0x85a308d3243f6a88, 0x0370734413198a2e, 0x299f31d0a4093822},
     {0x94fdccebd16cfe09, 0x24126ea15001e420}},
};

enum { VECTORS = sizeof vectors / sizeof *vectors };

static clw_context *context;
static clw_error error;

static void test_published_vectors(void **state)
{
    (void)state;
    clw_op *op = NULL;
    clw_operand in[3];
    clw_array *arrays[3], *out[2] = {NULL, NULL};
    uint64_t elements[3][VECTORS], got[2][VECTORS];
    CHECK(clw_op_define(context, source, &op, &error));
    for (int i = 0; i < 3; i++) {
        for (int k = 0; k < VECTORS; k++)
            elements[i][k] = vectors[k].in[i];
        arrays[i] = fixture_vector(context, CLW_U64, VECTORS, elements[i]);
        in[i] = CLW_ARRAY(arrays[i]);
    }
    CHECK(clw_call(context, op, in, 3, out, 2, NULL, &error));
    for (int i = 0; i < 2; i++) {
        CHECK(clw_array_read(out[i], got[i], sizeof got[i], &error));
        clw_array_release(out[i]);
    }
    for (int k = 0; k < VECTORS; k++)
        for (int i = 0; i < 2; i++)
            assert_true(got[i][k] == vectors[k].out[i]);
    for (int i = 0; i < 3; i++)
        clw_array_release(arrays[i]);
    clw_op_release(op);
}

/* Mean and variance of 10^5 numbers within five standard errors. */
static void check_moments(const char *name, double mean, double variance, double fourth)
{
    enum { COUNT = 100000 };
    static uint32_t index[COUNT];
    static float got[COUNT];
    double sum = 0, squares = 0;
    clw_array *out = NULL;
    for (uint32_t i = 0; i < COUNT; i++)
        index[i] = i;
    clw_array *const array = fixture_vector(context, CLW_U32, COUNT, index);
    const clw_operand in[2] = {CLW_ARRAY(array), CLW_INT(12345)};
    CHECK(clw_call(context, fixture_op(context, name), in, 2, &out, 1, NULL, &error));
    CHECK(clw_array_read(out, got, sizeof got, &error));
    for (int i = 0; i < COUNT; i++) {
        sum += got[i] - mean;
        squares += (got[i] - mean) * (got[i] - mean);
    }
    assert_true(sum * sum / COUNT < 25 * variance);
    const double excess = squares / COUNT - variance;
    assert_true(excess * excess * COUNT < 25 * (fourth - variance * variance));
    clw_array_release(array);
    clw_array_release(out);
}

static void test_moments(void **state)
{
    (void)state;
    check_moments("random_uniform", 0.5, 1.0 / 12, 1.0 / 80);
    check_moments("random_normal", 0, 1, 3);
}

static int open_context(void **state)
{
    (void)state;
    context = fixture_context(NULL, NULL);
    return 0;
}

static int close_context(void **state)
{
    (void)state;
    clw_context_release(context);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_published_vectors),
        cmocka_unit_test(test_moments),
    };
    return cmocka_run_group_tests_name("philox", tests, open_context, close_context);
}
