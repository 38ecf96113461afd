/* .npy files: elements in every order read right, damaged ones refused, and round trips. */
#include "tests/temporary.h"
#include "tests/unit/npy_bytes.h"
#include "tools/npy.h"
#include "tools/report.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#undef fail /* cmocka's macro hides the function of tools/report.h */

#include <stdlib.h>
#include <unistd.h>

static int read_bytes(const void *bytes, size_t size, struct host_array *array, clw_error *error)
{
    struct input input;
    input_open_memory(&input, "file", bytes, size);
    return npy_read(&input, array, error);
}

static void fortran_order_becomes_strides(void **state)
{
    (void)state;
    struct npy_bytes file;
    struct host_array array;
    clw_error error;
    npy_bytes_of(&file, "'|u1'", "True", "(2, 3)", 6);
    assert_int_equal(read_bytes(file.bytes, file.size, &array, &error), DONE);
    assert_int_equal(array.strides[0], 1);
    assert_int_equal(array.strides[1], 2);
    assert_memory_equal(array.data, ((const unsigned char[]){0, 1, 2, 3, 4, 5}), 6);
    host_array_finish(&array);

    npy_bytes_of(&file, "'<i4'", "False", "(2, 1, 3)", 24);
    assert_int_equal(read_bytes(file.bytes, file.size, &array, &error), DONE);
    assert_int_equal(array.strides[0], 12);
    assert_int_equal(array.strides[1], 12);
    assert_int_equal(array.strides[2], 4);
    host_array_finish(&array);
}

static void other_byte_order_is_swapped(void **state)
{
    (void)state;
    static const struct {
        const char *little, *big;
        size_t size, unit;
    } cases[] = {{"'|u1'", "'>u1'", 1, 1}, {"'<i2'", "'>i2'", 2, 2}, {"'<f4'", "'>f4'", 4, 4},
                 {"'<f8'", "'>f8'", 8, 8}, {"'<c8'", "'>c8'", 8, 4}, {"'<c16'", "'>c16'", 16, 8},
                 {"'<f2'", "'>f2'", 2, 2}, {"'<u8'", "'>u8'", 8, 8}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct npy_bytes little, big;
        struct host_array a, b;
        clw_error error;
        const size_t bytes = 3 * cases[i].size, unit = cases[i].unit;
        npy_bytes_of(&little, cases[i].little, "False", "(3,)", bytes);
        npy_bytes_of(&big, cases[i].big, "False", "(3,)", 0);
        for (size_t at = 0; at < bytes; at++)
            big.bytes[big.size + at] = (unsigned char)(at / unit * unit + unit - 1 - at % unit);
        big.size += bytes;
        assert_int_equal(read_bytes(little.bytes, little.size, &a, &error), DONE);
        assert_int_equal(read_bytes(big.bytes, big.size, &b, &error), DONE);
        assert_int_equal(a.dtype, b.dtype);
        assert_int_equal(a.bytes, bytes);
        assert_memory_equal(a.data, b.data, bytes);
        host_array_finish(&a);
        host_array_finish(&b);
    }
}

static void shapes_at_the_edge(void **state)
{
    (void)state;
    struct npy_bytes file;
    struct host_array array;
    clw_error error;
    npy_bytes_of(&file, "'<f8'", "False", "()", 8);
    assert_int_equal(read_bytes(file.bytes, file.size, &array, &error), DONE);
    assert_int_equal(array.ndim, 0);
    assert_int_equal(array.bytes, 8);
    host_array_finish(&array);

    npy_bytes_of(&file, "'<f8'", "True", "(3, 0, 4611686018427387904)", 0);
    assert_int_equal(read_bytes(file.bytes, file.size, &array, &error), FAILED);
    npy_bytes_of(&file, "'<f8'", "True", "(3, 0, 5)", 0);
    assert_int_equal(read_bytes(file.bytes, file.size, &array, &error), DONE);
    assert_int_equal(array.bytes, 0);
    assert_non_null(array.data);
    host_array_finish(&array);

    npy_bytes_of(&file, "'|u1'", "False",
                 "(1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1)", 1);
    assert_int_equal(read_bytes(file.bytes, file.size, &array, &error), DONE);
    assert_int_equal(array.ndim, 32);
    host_array_finish(&array);
    npy_bytes_of(&file, "'|u1'", "False",
                 "(1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1)", 1);
    assert_int_equal(read_bytes(file.bytes, file.size, &array, &error), FAILED);
    assert_string_equal(error.message, "the shape has 33 axes, more than the 32 that clwise has");
}

static void sentences(void **state)
{
    (void)state;
    static const struct {
        const char *descr, *order, *shape, *sentence;
    } cases[] = {
        {"'<f8'", "False", "(3, 4)",
         "is truncated: shape (3, 4) of f64 needs 96 bytes, and there are 40"},
        {"'|O'", "False", "(5,)",
         "elements of dtype '|O' cannot be read: clwise has bool, integers, floats and complex "
         "numbers of standard sizes"},
        {"[('a', '<f8')]", "False", "(5,)",
         "elements of dtype [('a', '<f8')] cannot be read: clwise has bool, integers, floats and "
         "complex numbers of standard sizes"},
        {"'<f8'", "1", "(5,)", "the header's fortran_order 1 is neither True nor False"},
        {"'<f8'", "False", "(5.5,)", "the header's shape (5.5,) is not a tuple of integers"},
        {"'<f8'", "False", "(5, -1)", "the header's shape (5, -1) has a negative extent"},
        {"'<f8'", "False", "(4611686018427387904, 4)",
         "shape (4611686018427387904, 4) of f64 exceeds what can be addressed"},
        {"'<f8'", "False", "(5",
         "the header cannot be understood: {'descr': '<f8', 'fortran_order': False, 'shape': (5, "
         "}\n"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct npy_bytes file;
        struct host_array array;
        clw_error error;
        npy_bytes_of(&file, cases[i].descr, cases[i].order, cases[i].shape, 40);
        assert_int_equal(read_bytes(file.bytes, file.size, &array, &error), FAILED);
        assert_string_equal(error.message, cases[i].sentence);
        assert_null(array.data);
    }
}

/* A file that ends early, anywhere, whether its size is known before or not. */
static void truncated(void **state)
{
    (void)state;
    struct npy_bytes file;
    npy_bytes_of(&file, "'>f8'", "True", "(3, 4)", 96);
    for (size_t size = 0; size < file.size; size++) {
        struct host_array array;
        struct input input;
        clw_error error;
        int ends[2];
        assert_int_equal(read_bytes(file.bytes, size, &array, &error), FAILED);
        assert_non_null(strstr(error.message, "is truncated"));
        assert_null(array.data);

        assert_int_equal(pipe(ends), 0);
        assert_int_equal(write(ends[1], file.bytes, size), size);
        close(ends[1]);
        input_open_memory(&input, "pipe", NULL, 0);
        input.fd = ends[0];
        input.size = UINT64_MAX;
        assert_int_equal(npy_read(&input, &array, &error), FAILED);
        assert_non_null(strstr(error.message, "is truncated"));
        assert_null(array.data);
        input_close(&input);
    }
}

struct source {
    const unsigned char *bytes;
    size_t size;
    int reads_left; /* then it fails */
};

static int read_source(void *data, int64_t first, int64_t count, void *bytes, clw_error *error)
{
    struct source *const source = data;
    if (source->reads_left-- == 0)
        return fail(error, "no more");
    memcpy(bytes, source->bytes + (size_t)first * source->size, (size_t)count * source->size);
    return DONE;
}

static void round_trips(void **state)
{
    (void)state;
    static unsigned char bytes[16 * 600000];
    char path[200];
    temporary_name(path, sizeof path);
    const int fd = mkstemp(path);
    assert_true(fd >= 0);
    close(fd);
    for (size_t i = 0; i < sizeof bytes; i++)
        bytes[i] = (unsigned char)(i * 7 ^ i >> 8);
    for (int dtype = 0; dtype < CLW_DTYPE_COUNT; dtype++) {
        const int64_t shape[] = {2, 300000};
        struct source source = {bytes, clw_dtype_size((clw_dtype)dtype), -1};
        const struct elements elements = {(clw_dtype)dtype, 2, shape, read_source, &source};
        struct output output;
        struct input input;
        struct host_array array;
        clw_error error;
        if (npy_check(&elements, &error) != DONE) {
            assert_int_equal(dtype, CLW_BF16);
            continue;
        }
        assert_int_equal(output_open(&output, path, &error), DONE);
        assert_int_equal(npy_write(&output, &elements, &error), DONE);
        assert_int_equal(outputs_commit(&output, 1, &error), DONE);
        output_finish(&output);
        assert_int_equal(input_open(&input, path, &error), DONE);
        assert_int_equal(npy_read(&input, &array, &error), DONE);
        input_close(&input);
        assert_int_equal(array.dtype, dtype);
        assert_int_equal(array.bytes, 600000 * source.size);
        assert_memory_equal(array.data, bytes, array.bytes);
        assert_int_equal(array.strides[0], 300000 * (int64_t)source.size);
        host_array_finish(&array);
    }
    unlink(path);
}

/* A failure after the first block leaves the old file as it was, and nothing beside it. */
static void failed_write_leaves_the_old_file(void **state)
{
    (void)state;
    static unsigned char bytes[16 << 20];
    char folder[200], path[220], content[4];
    temporary_name(folder, sizeof folder);
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/y.npy", folder);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_true(fputs("old", file) >= 0);
    assert_int_equal(fclose(file), 0);

    const int64_t shape = sizeof bytes;
    struct source source = {bytes, 1, 2};
    const struct elements elements = {CLW_U8, 1, &shape, read_source, &source};
    struct output output;
    clw_error error;
    assert_int_equal(output_open(&output, path, &error), DONE);
    assert_int_equal(npy_write(&output, &elements, &error), FAILED);
    assert_string_equal(error.message, "no more");
    output_finish(&output);

    file = fopen(path, "r");
    assert_non_null(file);
    assert_int_equal(fread(content, 1, sizeof content, file), 3);
    assert_memory_equal(content, "old", 3);
    fclose(file);
    assert_int_equal(unlink(path), 0);
    assert_int_equal(rmdir(folder), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fortran_order_becomes_strides),
        cmocka_unit_test(other_byte_order_is_swapped),
        cmocka_unit_test(shapes_at_the_edge),
        cmocka_unit_test(sentences),
        cmocka_unit_test(truncated),
        cmocka_unit_test(round_trips),
        cmocka_unit_test(failed_write_leaves_the_old_file),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
