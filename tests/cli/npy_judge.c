/* Judges .npy files for compare_numpy.py. Standard input: for each file its length, as four bytes
 * in host order, and its bytes. Standard output: a line for each: "dtype shape hash" or "-". */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "tools/npy.h"
#include "tools/report.h"

/* FNV-1a over the elements in C order. */
static uint32_t hash(const struct host_array *array)
{
    const size_t size = clw_dtype_size(array->dtype);
    uint32_t value = 2166136261u;
    for (size_t index = 0; index < array->bytes / size; index++) {
        const unsigned char *element = array->data;
        size_t rest = index;
        for (int axis = array->ndim - 1; axis >= 0; axis--) {
            const size_t extent = (size_t)array->shape[axis];
            element += rest % extent * (size_t)array->strides[axis];
            rest /= extent;
        }
        for (size_t i = 0; i < size; i++)
            value = (value ^ element[i]) * 16777619u;
    }
    return value;
}

static void judge(const void *bytes, size_t size)
{
    struct input input;
    struct host_array array;
    clw_error error;
    char shape[SHAPE_TEXT_BYTES];
    input_open_memory(&input, "file", bytes, size);
    if (npy_read(&input, &array, &error) != DONE) {
        puts("-");
        return;
    }
    printf("%s %s %08" PRIx32 "\n", clw_dtype_name(array.dtype),
           shape_text(array.ndim, array.shape, shape, sizeof shape), hash(&array));
    host_array_finish(&array);
}

int main(void)
{
    uint32_t size;
    while (fread(&size, sizeof size, 1, stdin) == 1) {
        unsigned char *const bytes = malloc(size + (size_t)1);
        if (!bytes || fread(bytes, 1, size, stdin) != size) {
            free(bytes);
            return 1;
        }
        judge(bytes, size);
        free(bytes);
    }
    return fflush(stdout) ? 1 : 0;
}
