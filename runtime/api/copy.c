/* Elements between arrays and the host. */
#include <string.h>

#include "runtime/api/objects.h"

static int64_t element_count(const clw_array *array)
{
    int64_t count = 1;
    for (int d = 0; d < array->layout.ndim; d++)
        count *= array->layout.shape[d];
    return count;
}

/* The elements as unsigned integers of `size` bytes, `offset` bytes into each. */
static void view_bits(const clw_array *array, int size, int64_t offset, clw_array *bits)
{
    static const clw_dtype dtypes[] = {[1] = CLW_U8, [2] = CLW_U16, [4] = CLW_U32, [8] = CLW_U64};
    bits->context = array->context;
    bits->buffer = array->buffer;
    bits->dtype = dtypes[size];
    bits->offset = array->offset + offset;
    bits->layout = array->layout;
}

static clw_status move_bits(const clw_array *from, clw_array *to, clw_error *error)
{
    clw_context *context = from->context;
    const clw_operand in = CLW_ARRAY(from);
    clw_call_options options;
    clw_call_options_init(&options);
    return call_checked(context, context->move, &in, &to, &options, error);
}

clw_status copy_elements(const clw_array *from, clw_array *to, clw_error *error)
{
    const int size = dtype_table[from->dtype].size, word = size > 8 ? 8 : size;
    clw_status status = CLW_OK;
    for (int64_t part = 0; !status && part < size; part += word) {
        clw_array from_bits, to_bits;
        view_bits(from, word, part, &from_bits);
        view_bits(to, word, part, &to_bits);
        status = move_bits(&from_bits, &to_bits, error);
    }
    return status;
}

static clw_status check_transfer(const clw_array *array, const void *memory, size_t bytes,
                                 const char *function, const char *argument, clw_error *error)
{
    if (!array)
        return fail(error, CLW_ERROR_ARGUMENT, "%s: array is NULL", function);
    const size_t needed = (size_t)element_count(array) * (size_t)dtype_table[array->dtype].size;
    if (needed != bytes)
        return fail(error, CLW_ERROR_ARGUMENT, "%s: %zu bytes given, the array has %zu", function,
                    bytes, needed);
    if (bytes && !memory)
        return fail(error, CLW_ERROR_ARGUMENT, "%s: %s is NULL", function, argument);
    return api_status(function, device_check(&array->context->device, error), error);
}

static clw_status contiguous_twin(const clw_array *array, clw_array **out, clw_error *error)
{
    return array_new(array->context, array->dtype, array->layout.ndim, array->layout.shape, out,
                     error);
}

static int is_contiguous(const clw_array *array)
{
    return layout_is_contiguous(&array->layout, (size_t)dtype_table[array->dtype].size);
}

clw_status clw_array_read(const clw_array *array, void *dst, size_t bytes, clw_error *error)
{
    clw_status status = check_transfer(array, dst, bytes, "clw_array_read", "dst", error);
    if (status || bytes == 0)
        return status;
    if (is_contiguous(array))
        return buffer_read(array->buffer, (size_t)array->offset, dst, bytes, error);
    clw_array *twin = NULL;
    status = contiguous_twin(array, &twin, error);
    if (!status)
        status = copy_elements(array, twin, error);
    if (!status)
        status = buffer_read(twin->buffer, 0, dst, bytes, error);
    clw_array_release(twin);
    return status;
}

clw_status clw_array_write(clw_array *array, const void *src, size_t bytes, clw_error *error)
{
    clw_status status = check_transfer(array, src, bytes, "clw_array_write", "src", error);
    if (status || bytes == 0)
        return status;
    if (is_contiguous(array))
        return buffer_write(array->buffer, (size_t)array->offset, src, bytes, error);
    if (layout_overlaps_itself(&array->layout, (size_t)dtype_table[array->dtype].size))
        return fail(error, CLW_ERROR_OVERLAP,
                    "clw_array_write: elements of the array share memory with each other");
    clw_array *twin = NULL;
    status = contiguous_twin(array, &twin, error);
    if (!status)
        status = buffer_write(twin->buffer, 0, src, bytes, error);
    if (!status)
        status = copy_elements(twin, array, error);
    clw_array_release(twin);
    return status;
}
