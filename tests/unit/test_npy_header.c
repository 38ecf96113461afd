/* Headers of .npy files: accepted and refused as NumPy does, and written byte for byte as it does.
 * What stands here as NumPy's was read off NumPy 2.4. */
#include "tests/unit/npy_bytes.h"
#include "tests/unit/random_stream.h"
#include "tools/npy.h"
#include "tools/npy_header.h"
#include "tools/report.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static int read_header(const struct npy_bytes *file, struct npy_header *header, clw_error *error)
{
    struct input input;
    input_open_memory(&input, "file", file->bytes, file->size);
    return npy_header_read(&input, header, error);
}

/* The shape words that a header with this shape and "<f8" leads to; "" if it is refused. */
static const char *shape_read(int version, const char *text, size_t length, char *words)
{
    struct npy_bytes file;
    struct npy_header header;
    clw_error error;
    npy_bytes_make(&file, version, text, length, 0);
    if (read_header(&file, &header, &error) != DONE)
        return "";
    assert_int_equal(header.dtype, CLW_F64);
    return shape_text(header.ndim, header.shape, words, SHAPE_TEXT_BYTES);
}

static void shapes(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"(3,4)", "(3, 4)"},
        {"()", "()"},
        {"((12),)", "(12,)"},
        {"(0x3,)", "(3,)"},
        {"(0o17, 0B11)", "(15, 3)"},
        {"(00,)", "(0,)"},
        {"(1_2,)", "(12,)"},
        {"(+12,)", "(12,)"},
        {"(3L,4 L)", "(3, 4)"},
        {"(6,2,\n1,#no\n)", "(6, 2, 1)"},
        {"(-1,)", ""},
        {"(-0,)", "(0,)"},
        {"(True,3)", ""},
        {"(12)", ""},
        {"[12]", ""},
        {"(03,)", ""},
        {"(1__2,)", ""},
        {"(1_,)", ""},
        {"(0x,)", ""},
        {"(3.,)", ""},
        {"(1e2,)", ""},
        {"(12+0j,)", ""},
        {"(--12,)", ""},
        {"(+-12,)", ""},
        {"(1 2,)", ""},
        {"(3LL,)", ""},
        {"(None,)", ""},
        {"('3',)", ""},
        {"(1,)*3", ""},
        {"(3+4,)", ""},
        {"(,)", ""},
        {"(1,,2)", ""},
        {"(1,2", ""},
        {"(0,-1)", ""},
        {"(9223372036854775807,)", ""},
        {"(9223372036854775808,)", ""},
        {"(0,9223372036854775807)", ""},
        {"(0,9223372036854775807,9223372036854775807)", ""},
        {"(4611686018427387904,4)", ""},
        {"(8589934592,4294967296,4294967296)", ""},
        {"(1152921504606846975,)", "(1152921504606846975,)"},
        {"(1152921504606846976,)", ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char text[300], words[SHAPE_TEXT_BYTES];
        const int length = snprintf(
            text, sizeof text, "{'descr':'<f8','fortran_order':False,'shape':%s}", cases[i][0]);
        print_message("shape %s\n", cases[i][0]);
        assert_string_equal(shape_read(1, text, (size_t)length, words), cases[i][1]);
    }
}

#define ENTRIES "'descr': '<f8', 'fortran_order': False, 'shape': (3,)"

static void layouts(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int accepted;
    } cases[] = {
        {" {" ENTRIES "}", 1},
        {"\n{" ENTRIES "}", 1},
        {"\t{" ENTRIES ",}", 1},
        {"{" ENTRIES "}\n\n \n", 1},
        {"{" ENTRIES "} # words", 1},
        {"({" ENTRIES "})", 1},
        {"{\r" ENTRIES "}\r\n", 1},
        {"#words\n{" ENTRIES "}", 1},
        {"\\\n{" ENTRIES "}", 1},
        {"{\\\n" ENTRIES "}", 1},
        {"{" ENTRIES ", 'shape': (3,)}", 1},
        {"{'shape': 7, " ENTRIES "}", 1},
        {"{'descr': '<''f8', 'fortran_order': False, 'shape': (3,)}", 1},
        {"{'descr': ('<' 'f8'), 'fortran_order': (False), 'shape': (3,)}", 1},
        {"{'descr': u'<f8', r'fortran_order': False, 'shape': (3,)}", 1},
        {"{\"descr\": '''<f8''', 'fortran_order': False, 'shape': (3,)}", 1},
        {"{'descr': '\\x3cf8', 'fortran_order': False, 'shape': (3,)}", 1},
        {"{'descr': '\\074\\u00668', 'fortran_order': False, 'shape': (3,)}", 1},
        {"", 0},
        {"3", 0},
        {"{}", 0},
        {"{" ENTRIES "};", 0},
        {"{" ENTRIES "},", 0},
        {"{" ENTRIES "} {}", 0},
        {"{" ENTRIES "}\n {}", 0},
        {"\n {" ENTRIES "}", 0},
        {"{" ENTRIES "}\\\n", 0},
        {"{" ENTRIES "}\xa0", 0},
        {"{," ENTRIES "}", 0},
        {"{" ENTRIES ",,}", 0},
        {"{" ENTRIES ", 1: 2}", 0},
        {"{" ENTRIES ", 'more': 2}", 0},
        {"{" ENTRIES ", **{}}", 0},
        {"{'fortran_order': False, 'shape': (3,)}", 0},
        {"{'descr': b'<f8', 'fortran_order': False, 'shape': (3,)}", 0},
        {"{'descr': f'<f8', 'fortran_order': False, 'shape': (3,)}", 0},
        {"{'descr\\0': '<f8', 'fortran_order': False, 'shape': (3,)}", 0},
        {"{'descr': '<f\n8', 'fortran_order': False, 'shape': (3,)}", 0},
        {"{'descr': '<f8', 'fortran_order': 0, 'shape': (3,)}", 0},
        {"{'descr': '<f8', 'fortran_order': None, 'shape': (3,)}", 0},
        {"{'descr': '<f8', 'fortran_order': not True, 'shape': (3,)}", 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char words[SHAPE_TEXT_BYTES];
        print_message("%s\n", cases[i].text);
        assert_string_equal(shape_read(2, cases[i].text, strlen(cases[i].text), words),
                            cases[i].accepted ? "(3,)" : "");
    }
    char words[SHAPE_TEXT_BYTES];
    static const char with_nul[] = "{" ENTRIES "}\0";
    assert_string_equal(shape_read(2, with_nul, sizeof with_nul, words), "");
}

static void versions(void **state)
{
    (void)state;
    static const char long_form[] = "{'descr': '<f8', 'fortran_order': False, 'shape': (3L,)}";
    static const char latin[] = "{" ENTRIES "} # \xe9";
    static const char utf8[] = "{" ENTRIES "} # \xc3\xa9";
    static const char surrogate[] = "{" ENTRIES "} # \xed\xa0\x80";
    char words[SHAPE_TEXT_BYTES];
    assert_string_equal(shape_read(2, long_form, sizeof long_form - 1, words), "(3,)");
    assert_string_equal(shape_read(3, long_form, sizeof long_form - 1, words), "");
    assert_string_equal(shape_read(1, latin, sizeof latin - 1, words), "(3,)");
    assert_string_equal(shape_read(3, latin, sizeof latin - 1, words), "");
    assert_string_equal(shape_read(3, utf8, sizeof utf8 - 1, words), "(3,)");
    assert_string_equal(shape_read(3, surrogate, sizeof surrogate - 1, words), "");
    assert_string_equal(shape_read(0, utf8, sizeof utf8 - 1, words), "");
    assert_string_equal(shape_read(4, utf8, sizeof utf8 - 1, words), "");
}

static void descrs(void **state)
{
    (void)state;
    static const struct {
        const char *descr;
        clw_dtype dtype;
        int swapped;
    } cases[] = {{"'|b1'", CLW_BOOL, 0},    {"'?'", CLW_BOOL, 0},    {"'>b1'", CLW_BOOL, 1},
                 {"'|i1'", CLW_I8, 0},      {"'<i2'", CLW_I16, 0},   {"'>i4'", CLW_I32, 1},
                 {"'=i8'", CLW_I64, 0},     {"'|u1'", CLW_U8, 0},    {"'>u2'", CLW_U16, 1},
                 {"'<u4'", CLW_U32, 0},     {"'Q'", CLW_U64, 0},     {"'<e'", CLW_F16, 0},
                 {"'>f4'", CLW_F32, 1},     {"'|f8'", CLW_F64, 0},   {"'f08'", CLW_F64, 0},
                 {"'<c8'", CLW_C64, 0},     {"'>c16'", CLW_C128, 1}, {"'float32'", CLW_F32, 0},
                 {"'complex'", CLW_C128, 0}};
    static const char *const refused[] = {
        "''",      "'<'",    "'f3'",    "'<f16'",   "'|O'",  "'O8'",      "'<U4'",
        "'|S3'",   "'V8'",   "'M8[s]'", "'b2'",     "' f8'", "'f8 '",     "'<float64'",
        "'f8,f8'", "'2f8'",  "3",       "None",     "[]",    "('<f8',2)", "[('a','<f8')]",
        "'|V2'",   "'<f-8'", "'é'",     "'f8\\x00'"};
    struct npy_bytes file;
    struct npy_header header;
    clw_error error;
    const uint16_t one = 1;
    const int little = *(const unsigned char *)&one;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        npy_bytes_of(&file, cases[i].descr, "False", "(2,)", 0);
        assert_int_equal(read_header(&file, &header, &error), DONE);
        assert_int_equal(header.dtype, cases[i].dtype);
        if (little)
            assert_int_equal(header.swapped, cases[i].swapped);
    }
    for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++) {
        npy_bytes_of(&file, refused[i], "False", "(2,)", 0);
        print_message("descr %s\n", refused[i]);
        assert_int_equal(read_header(&file, &header, &error), FAILED);
    }
}

static void lengths(void **state)
{
    (void)state;
    static unsigned char bytes[10 + NPY_MAX_HEADER + 1];
    static const char entries[] = "{" ENTRIES "}";
    memset(bytes, ' ', sizeof bytes);
    memcpy(bytes, "\x93NUMPY\1\0", 8);
    memcpy(bytes + 10, entries, sizeof entries - 1);
    for (int length = NPY_MAX_HEADER; length <= NPY_MAX_HEADER + 1; length++) {
        struct input input;
        struct npy_header header;
        clw_error error;
        bytes[8] = (unsigned char)(length & 255);
        bytes[9] = (unsigned char)(length >> 8);
        input_open_memory(&input, "file", bytes, 10 + (size_t)length);
        const int status = npy_header_read(&input, &header, &error);
        assert_int_equal(status, length == NPY_MAX_HEADER ? DONE : FAILED);
        if (status != DONE)
            assert_string_equal(error.message,
                                "a header of 10001 bytes is longer than the 10000 allowed");
    }
}

static void written_as_numpy_does(void **state)
{
    (void)state;
    static const struct {
        clw_dtype dtype;
        int ndim;
        int64_t shape[20];
        size_t length;
        const char *text;
    } cases[] = {
        {CLW_BOOL, 0, {0}, 128, "{'descr': '|b1', 'fortran_order': False, 'shape': (), }"},
        {CLW_I8, 1, {3}, 128, "{'descr': '|i1', 'fortran_order': False, 'shape': (3,), }"},
        {CLW_I16, 2, {2, 3}, 128, "{'descr': '<i2', 'fortran_order': False, 'shape': (2, 3), }"},
        {CLW_U64, 1, {0}, 128, "{'descr': '<u8', 'fortran_order': False, 'shape': (0,), }"},
        {CLW_C64,
         1,
         {1000000000000},
         128,
         "{'descr': '<c8', 'fortran_order': False, 'shape': (1000000000000,), }"},
        {CLW_F32,
         20,
         {7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7},
         192,
         "{'descr': '<f4', 'fortran_order': False, 'shape': (7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, "
         "7, 7, 7, 7, 7, 7, 7, 7), }"}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char bytes[NPY_HEADER_ROOM], expected[NPY_HEADER_ROOM];
        const size_t length =
            npy_header_write(cases[i].dtype, cases[i].ndim, cases[i].shape, 0, bytes);
        assert_int_equal(length, cases[i].length);
        memset(expected, ' ', length);
        memcpy(expected, "\x93NUMPY\1\0", 8);
        expected[8] = (char)(length - 10);
        expected[9] = 0;
        memcpy(expected + 10, cases[i].text, strlen(cases[i].text));
        expected[length - 1] = '\n';
        assert_memory_equal(bytes, expected, length);
    }
}

static void mutate(struct random_stream *stream, unsigned char *header, size_t length)
{
    static const char bytes[] = " \t\n\r\\#'\"()[]{},:0123456789+-._jLxbuTFN<>=|?ifc";
    for (int count = one_in(stream, 3) ? 3 : 1; count > 0; count--) {
        const size_t at = (size_t)random_between(stream, 0, (int64_t)length - 1);
        header[at] = one_in(stream, 4)
                         ? (unsigned char)random_between(stream, 0, 255)
                         : (unsigned char)bytes[random_between(stream, 0, sizeof bytes - 2)];
    }
}

/* Whatever a header says, memory stays within what the file holds. */
static void mutated(void **state)
{
    (void)state;
    static const char *const headers[] = {
        "{'descr': '<f8', 'fortran_order': False, 'shape': (3, 4), }",
        "{'descr': '>i4', 'fortran_order': True, 'shape': (2, 3, 2), }",
        "{'shape': (0, 5), 'fortran_order': True, 'descr': '|u1'}",
        "{'descr': [('a', '<f4'), ('b', '<i2')], 'fortran_order': False, 'shape': (2,), }"};
    enum { DATA_BYTES = 96 };
    struct random_stream stream = random_stream_from_seed();
    int accepted = 0;
    for (int round = 0; round < 1000000; round++) {
        unsigned char text[100];
        struct npy_bytes file;
        struct host_array array;
        struct input input;
        clw_error error;
        const char *const header = headers[random_between(&stream, 0, 3)];
        memcpy(text, header, strlen(header));
        mutate(&stream, text, strlen(header));
        npy_bytes_make(&file, (int)random_between(&stream, 1, 3), text, strlen(header), DATA_BYTES);
        input_open_memory(&input, "file", file.bytes, file.size);
        if (npy_read(&input, &array, &error) != DONE)
            continue;
        accepted++;
        assert_true(array.bytes <= DATA_BYTES);
        host_array_finish(&array);
    }
    print_message("%d of 1000000 accepted\n", accepted);
    assert_in_range(accepted, 10000, 900000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shapes),   cmocka_unit_test(layouts),
        cmocka_unit_test(versions), cmocka_unit_test(descrs),
        cmocka_unit_test(lengths),  cmocka_unit_test(written_as_numpy_does),
        cmocka_unit_test(mutated),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
