#include "tools/accuracy/device.h"

#include <stdlib.h>

static clw_status no_memory(clw_error *error)
{
    error->code = CLW_ERROR_MEMORY;
    error->message[0] = '\0';
    return CLW_ERROR_MEMORY;
}

static clw_status upload(clw_context *context, clw_dtype dtype, double *const *columns,
                         size_t first, size_t count, clw_array **array, clw_error *error)
{
    const struct float_format *const format = float_format_of(dtype);
    const size_t parts = dtype_is_complex(dtype) ? 2 : 1;
    const int64_t shape[] = {(int64_t)count};
    char *const memory = malloc(count * clw_dtype_size(dtype));
    if (!memory)
        return no_memory(error);
    for (size_t part = 0; part < parts; part++)
        for (size_t i = 0; i < count; i++)
            float_store(format, memory, i * parts + part, columns[part][first + i]);
    const clw_status status =
        clw_array_from_host(context, dtype, 1, shape, NULL, memory, array, error);
    free(memory);
    return status;
}

static clw_status download(const clw_array *array, size_t count, double *y[2], clw_error *error)
{
    const clw_dtype dtype = clw_array_dtype(array);
    const struct float_format *const format = float_format_of(dtype);
    const size_t parts = dtype_is_complex(dtype) ? 2 : 1;
    const size_t bytes = count * clw_dtype_size(dtype);
    char *const memory = malloc(bytes);
    if (!memory)
        return no_memory(error);
    const clw_status status = clw_array_read(array, memory, bytes, error);
    for (size_t part = 0; part < parts && !status; part++)
        for (size_t i = 0; i < count; i++)
            y[part][i] = float_load(format, memory, i * parts + part);
    free(memory);
    return status;
}

clw_status device_run(clw_context *context, const struct loop *loop, const struct points *points,
                      size_t first, size_t count, double *y[2], clw_error *error)
{
    clw_array *in[MAX_OPERANDS] = {NULL}, *out[MAX_OPERANDS] = {NULL};
    clw_operand operands[MAX_OPERANDS];
    clw_call_options options;
    clw_status status = CLW_OK;
    int column = 0;
    const int outputs = clw_op_output_count(loop->op);
    for (int i = 0; i < loop->inputs && !status; i++) {
        status = upload(context, loop->in[i], points->x + column, first, count, &in[i], error);
        operands[i] = clw_operand_array(in[i]);
        column += dtype_is_complex(loop->in[i]) ? 2 : 1;
    }
    clw_call_options_init(&options);
    options.params = loop->params;
    options.nparams = loop->param_count;
    if (!status)
        status = clw_call(context, loop->op, operands, loop->inputs, out, outputs, &options, error);
    if (!status)
        status = download(out[0], count, y, error);
    for (int i = 0; i < MAX_OPERANDS; i++) {
        clw_array_release(in[i]);
        clw_array_release(out[i]);
    }
    return status;
}
