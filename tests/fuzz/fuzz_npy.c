/* Any bytes as an input file of the command line, .npy or PNG: read or refused in a sentence, with
 * memory no larger than the bytes account for. Build with clang
 * -fsanitize=fuzzer,address,undefined.
 */
#include <assert.h>
#include <string.h>

#include "tools/image.h"
#include "tools/npy.h"
#include "tools/report.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

/* Every element that the strides reach lies within the data. */
static void check(const struct host_array *array)
{
    int64_t last = (int64_t)clw_dtype_size(array->dtype);
    assert(array->dtype < CLW_DTYPE_COUNT && array->ndim >= 0 && array->ndim <= CLW_MAX_NDIM);
    if (array->bytes == 0)
        return;
    for (int axis = 0; axis < array->ndim; axis++)
        last += (array->shape[axis] - 1) * array->strides[axis];
    assert(last == (int64_t)array->bytes);
    memset(array->data, 1, array->bytes);
}

static void read_with(int (*read)(struct input *, struct host_array *, clw_error *),
                      const uint8_t *bytes, size_t size)
{
    struct input input;
    struct host_array array;
    clw_error error = {CLW_OK, ""};
    input_open_memory(&input, "bytes", bytes, size);
    if (read(&input, &array, &error) != DONE) {
        assert(error.message[0] != '\0' && !array.data);
        return;
    }
    check(&array);
    if (read == npy_read)
        assert(array.bytes <= size);
    host_array_finish(&array);
}

static int read_image(struct input *input, struct host_array *array, clw_error *error)
{
    return image_read(input, UINT64_MAX, array, error);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    if (size > 0 && bytes[0] == image_magic[0])
        read_with(read_image, bytes, size);
    else
        read_with(npy_read, bytes, size);
    return 0;
}
