#include "tools/npy.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "tools/npy_descr.h"
#include "tools/report.h"

enum { BLOCK_BYTES = 4 << 20 };

static int is_complex(clw_dtype dtype)
{
    return dtype == CLW_C64 || dtype == CLW_C128;
}

void npy_swap(clw_dtype dtype, void *bytes, size_t count)
{
    const size_t width = clw_dtype_size(dtype) / (is_complex(dtype) ? 2 : 1);
    unsigned char *const all = bytes;
    for (size_t start = 0; start < count; start += width)
        for (size_t i = 0; i < width / 2; i++) {
            const unsigned char byte = all[start + i];
            all[start + i] = all[start + width - 1 - i];
            all[start + width - 1 - i] = byte;
        }
}

int npy_truncated(const struct npy_header *header, uint64_t got, clw_error *error)
{
    char shape[SHAPE_TEXT_BYTES];
    return fail(error, "is truncated: shape %s of %s needs %zu bytes, and there are %" PRIu64,
                shape_text(header->ndim, header->shape, shape, sizeof shape),
                clw_dtype_name(header->dtype), header->bytes, got);
}

int npy_read_elements(struct input *input, const struct npy_header *header,
                      struct host_array *array, clw_error *error)
{
    memset(array, 0, sizeof *array);
    array->dtype = header->dtype;
    array->ndim = header->ndim;
    memcpy(array->shape, header->shape, sizeof array->shape);
    array->bytes = header->bytes;
    const uint64_t left = input->size == UINT64_MAX ? UINT64_MAX : input->size - input->position;
    if (array->bytes > left)
        return npy_truncated(header, left, error);
    size_t got;
    const int status = input_read_new(input, array->bytes, &array->data, &got, error);
    if (status != DONE)
        return status;
    if (got < array->bytes) {
        host_array_finish(array);
        return npy_truncated(header, got, error);
    }
    if (header->swapped)
        npy_swap(array->dtype, array->data, array->bytes);
    host_array_set_strides(array, header->fortran_order);
    return DONE;
}

int npy_read(struct input *input, struct host_array *array, clw_error *error)
{
    struct npy_header header;
    memset(array, 0, sizeof *array);
    const int status = npy_header_read(input, &header, error);
    return status == DONE ? npy_read_elements(input, &header, array, error) : status;
}

int npy_check(const struct elements *elements, clw_error *error)
{
    if (npy_descr(elements->dtype))
        return DONE;
    return fail(error, "%s has no .npy form; --dtype f32 gives one that has",
                clw_dtype_name(elements->dtype));
}

static int write_elements(struct output *output, const struct elements *elements, void *block,
                          clw_error *error)
{
    const size_t size = clw_dtype_size(elements->dtype);
    const int64_t total = elements_count(elements), most = (int64_t)(BLOCK_BYTES / size);
    for (int64_t first = 0; first < total; first += most) {
        const int64_t count = total - first < most ? total - first : most;
        int status = elements->read(elements->data, first, count, block, error);
        if (status == DONE)
            status = output_write(output, block, (size_t)count * size, error);
        if (status != DONE)
            return status;
    }
    return DONE;
}

int npy_write(struct output *output, const struct elements *elements, clw_error *error)
{
    char header[NPY_HEADER_ROOM];
    int status = npy_check(elements, error);
    if (status != DONE)
        return status;
    void *const block = host_memory(BLOCK_BYTES);
    if (!block)
        return fail(error, "no memory for %d bytes", BLOCK_BYTES);
    const size_t length =
        npy_header_write(elements->dtype, elements->ndim, elements->shape, 0, header);
    status = output_write(output, header, length, error);
    if (status == DONE)
        status = write_elements(output, elements, block, error);
    free(block);
    return status;
}
