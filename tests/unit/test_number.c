/* Numbers of the command line, read and written. */
#include "tests/unit/random_stream.h"
#include "tools/element_text.h"
#include "tools/float16.h"
#include "tools/number.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <string.h>

static void integers(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        clw_scalar_kind kind;
        uint64_t value; /* as its bits */
    } cases[] = {{"0", CLW_SCALAR_INT, 0},
                 {"-1", CLW_SCALAR_INT, UINT64_MAX},
                 {"+7", CLW_SCALAR_INT, 7},
                 {"010", CLW_SCALAR_INT, 10},
                 {"0x1F", CLW_SCALAR_INT, 31},
                 {"-0Xff", CLW_SCALAR_INT, (uint64_t)-255},
                 {"9223372036854775807", CLW_SCALAR_INT, INT64_MAX},
                 {"-9223372036854775808", CLW_SCALAR_INT, (uint64_t)INT64_MIN},
                 {"9223372036854775808", CLW_SCALAR_UINT, (uint64_t)INT64_MAX + 1},
                 {"0xffffffffffffffff", CLW_SCALAR_UINT, UINT64_MAX},
                 {"True", CLW_SCALAR_BOOL, 1},
                 {"false", CLW_SCALAR_BOOL, 0}};
    static const char *const large[] = {"18446744073709551616", "-9223372036854775809",
                                        "0x10000000000000000", "-18446744073709551615"};
    clw_scalar value;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        assert_int_equal(number_parse(cases[i].text, &value), NUMBER_GOOD);
        assert_int_equal(value.kind, cases[i].kind);
        assert_true(value.value.u == cases[i].value);
    }
    for (size_t i = 0; i < sizeof large / sizeof large[0]; i++)
        assert_int_equal(number_parse(large[i], &value), NUMBER_LARGE);
}

static int same(double a, double b)
{
    return isnan(a) ? isnan(b) : a == b && !signbit(a) == !signbit(b);
}

static void floats(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        double value;
    } cases[] = {{"1.5", 1.5},        {"-.5", -0.5},        {"5.", 5},
                 {"1e3", 1000},       {"-2.5E-3", -0.0025}, {"-0.0", -0.0},
                 {"1e999", INFINITY}, {"inf", INFINITY},    {"-Infinity", -INFINITY},
                 {"nan", NAN},        {"+NaN", NAN},        {"1e-400", 0}};
    clw_scalar value;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        assert_int_equal(number_parse(cases[i].text, &value), NUMBER_GOOD);
        assert_int_equal(value.kind, CLW_SCALAR_FLOAT);
        assert_true(same(cases[i].value, value.value.f));
    }
}

static void complex_numbers(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        double real, imaginary;
    } cases[] = {{"2j", 0, 2},
                 {"-2.5J", 0, -2.5},
                 {"1+2j", 1, 2},
                 {"-1e3-2e-3j", -1000, -0.002},
                 {"nan-infj", NAN, -INFINITY},
                 {"-0.0+0j", -0.0, 0}};
    clw_scalar value;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        assert_int_equal(number_parse(cases[i].text, &value), NUMBER_GOOD);
        assert_int_equal(value.kind, CLW_SCALAR_COMPLEX);
        assert_true(same(cases[i].real, value.value.c[0]));
        assert_true(same(cases[i].imaginary, value.value.c[1]));
    }
}

static void no_numbers(void **state)
{
    (void)state;
    static const char *const cases[] = {
        "",    "-",    "+",     ".",    "-.",    "e5",     "1e",    "1e+", "0x",  "0xg",
        "1 ",  " 1",   "1,5",   "1_0",  "0x1p3", "nan(1)", "infin", "j",   "1+j", "1 + 2j",
        "1+2", "1+2i", "a.npy", "--1",  "1.5.2", "TRUE",   "1+2j3", "j2",  "2jj", "-o",
        "--",  "½",    "1f",    "inff", "-help", "e",      "1e5.5"};
    clw_scalar value;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        print_message("'%s'\n", cases[i]);
        assert_int_equal(number_parse(cases[i], &value), NUMBER_NONE);
    }
}

static void texts(void **state)
{
    (void)state;
    static const double doubles[] = {0.1,  -0.0,      100, 123456.75, 1e15,   1e16,   1e22,
                                     1e-4, 0.0000125, NAN, -INFINITY, 5e-324, 1.0 / 3};
    static const char *const wanted[] = {
        "0.1",      "-0.0", "100.0", "123456.75", "1000000000000000.0", "1e+16", "1e+22", "0.0001",
        "1.25e-05", "nan",  "-inf",  "5e-324",    "0.3333333333333333"};
    static const float parts[] = {0.1f, -2.5f};
    static const int64_t least = INT64_MIN;
    char words[ELEMENT_TEXT_BYTES];
    for (size_t i = 0; i < sizeof doubles / sizeof doubles[0]; i++) {
        element_text(CLW_F64, &doubles[i], words);
        assert_string_equal(words, wanted[i]);
    }
    element_text(CLW_C64, parts, words);
    assert_string_equal(words, "0.1-2.5j");
    element_text(CLW_I64, &least, words);
    assert_string_equal(words, "-9223372036854775808");
    element_text(CLW_U8, "\xff", words);
    assert_string_equal(words, "255");
    element_text(CLW_BOOL, "\2", words);
    assert_string_equal(words, "True");
}

/* The value of this kind that is nearest to what the words say is the one that was written. */
static void nearest_is_itself(clw_dtype dtype, double (*value_of)(uint16_t))
{
    for (unsigned bits = 0; bits <= 0xffff; bits++) {
        const uint16_t element = (uint16_t)bits;
        const double value = value_of(element);
        char words[ELEMENT_TEXT_BYTES];
        element_text(dtype, &element, words);
        const double read = strtod(words, NULL);
        assert_true(isnan(value) ? isnan(read) : signbit(value) == signbit(read));
        if (!isfinite(value)) {
            assert_true(same(value, read));
            continue;
        }
        const unsigned magnitude = bits & 0x7fff;
        const double up = value_of((uint16_t)(element + 1));
        const double down = value_of((uint16_t)(element - 1));
        if (isfinite(up))
            assert_true(fabs(read - value) < fabs(read - up));
        if (magnitude > 0)
            assert_true(fabs(read - value) < fabs(read - down));
    }
}

static void all_floats_of_16_bits(void **state)
{
    (void)state;
    nearest_is_itself(CLW_F16, float16_value);
    nearest_is_itself(CLW_BF16, bfloat16_value);
}

static void random_floats(void **state)
{
    (void)state;
    struct random_stream stream = random_stream_from_seed();
    for (int round = 0; round < 200000; round++) {
        const uint64_t bits = random_bits(&stream);
        char words[ELEMENT_TEXT_BYTES];
        double wide;
        float narrow;
        memcpy(&wide, &bits, sizeof wide);
        memcpy(&narrow, &bits, sizeof narrow);
        element_text(CLW_F64, &wide, words);
        assert_true(isnan(wide) ? isnan(strtod(words, NULL)) : same(wide, strtod(words, NULL)));
        element_text(CLW_F32, &narrow, words);
        assert_true(isnan(narrow) ? isnan(strtof(words, NULL))
                                  : same((double)narrow, (double)strtof(words, NULL)));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(integers),        cmocka_unit_test(floats),
        cmocka_unit_test(complex_numbers), cmocka_unit_test(no_numbers),
        cmocka_unit_test(texts),           cmocka_unit_test(all_floats_of_16_bits),
        cmocka_unit_test(random_floats),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
