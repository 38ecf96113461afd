/* The table of works, and the memory that they work on. */
#include "bench/bench.h"

#include <stdlib.h>
#include <string.h>

#define MI ((size_t)1 << 20)

const struct work works[] = {
    {"f32 multiply 64", "multiply", PATTERN_FLAT, CLW_F32, CLW_F32, 1, 64, true},
    {"f32 multiply 4096", "multiply", PATTERN_FLAT, CLW_F32, CLW_F32, 1, 4096, true},
    {"f32 multiply 65536", "multiply", PATTERN_FLAT, CLW_F32, CLW_F32, 1, 65536, true},
    {"f32 multiply 1M", "multiply", PATTERN_FLAT, CLW_F32, CLW_F32, 1, MI, true},
    {"f32 multiply 16M", "multiply", PATTERN_FLAT, CLW_F32, CLW_F32, 1, 16 * MI, true},
    {"f32 4096x4096 * row", "multiply", PATTERN_ROW, CLW_F32, CLW_F32, 4096, 4096, false},
    {"f32 4096x4096 * column", "multiply", PATTERN_COLUMN, CLW_F32, CLW_F32, 4096, 4096, false},
    {"f32 4096x4096 * transposed", "multiply", PATTERN_TRANSPOSED, CLW_F32, CLW_F32, 4096, 4096,
     false},
    {"u8 / 255 to f32 16M", "divide", PATTERN_SCALE, CLW_U8, CLW_F32, 1, 16 * MI, false},
    {"f64 multiply 8M", "multiply", PATTERN_FLAT, CLW_F64, CLW_F64, 1, 8 * MI, false},
};
const size_t work_count = sizeof works / sizeof *works;

const struct work *work_find(const char *name)
{
    for (size_t i = 0; i < work_count; ++i)
        if (strcmp(works[i].name, name) == 0)
            return &works[i];
    return NULL;
}

size_t work_elements(const struct work *work)
{
    return work->rows * work->columns;
}

size_t work_second_elements(const struct work *work)
{
    switch (work->pattern) {
    case PATTERN_ROW:
        return work->columns;
    case PATTERN_COLUMN:
        return work->rows;
    case PATTERN_SCALE:
        return 0;
    default:
        return work_elements(work);
    }
}

static size_t input_bytes(const struct work *work, size_t elements)
{
    return elements * clw_dtype_size(work->input);
}

static size_t output_bytes(const struct work *work)
{
    return work_elements(work) * clw_dtype_size(work->output);
}

double work_bytes(const struct work *work)
{
    return (double)(input_bytes(work, work_elements(work) + work_second_elements(work)) +
                    output_bytes(work));
}

/* Numbers in [-1, 1) and their like, the same on every run: a linear congruential generator. */
static void fill(void *memory, clw_dtype dtype, size_t elements)
{
    uint32_t state = 20240229;
    for (size_t i = 0; i < elements; ++i) {
        state = state * 1664525u + 1013904223u;
        const double value = (double)(int32_t)state / 2147483648.0;
        if (dtype == CLW_U8)
            ((uint8_t *)memory)[i] = (uint8_t)(state >> 24);
        else if (dtype == CLW_F32)
            ((float *)memory)[i] = (float)value;
        else
            ((double *)memory)[i] = value;
    }
}

static size_t second_index(const struct work *work, size_t row, size_t column)
{
    switch (work->pattern) {
    case PATTERN_ROW:
        return column;
    case PATTERN_COLUMN:
        return row;
    case PATTERN_TRANSPOSED:
        return column * work->rows + row;
    default:
        return row * work->columns + column;
    }
}

/* Element by element, with nothing clever: what every peer's result is compared with. */
static void expect(const struct operands *operands)
{
    const struct work *work = operands->work;
    for (size_t row = 0; row < work->rows; ++row)
        for (size_t column = 0; column < work->columns; ++column) {
            const size_t i = row * work->columns + column;
            const size_t j = second_index(work, row, column);
            if (work->pattern == PATTERN_SCALE)
                ((float *)operands->expected)[i] = (float)((uint8_t *)operands->a)[i] / 255.0f;
            else if (work->input == CLW_F32)
                ((float *)operands->expected)[i] =
                    ((float *)operands->a)[i] * ((float *)operands->b)[j];
            else
                ((double *)operands->expected)[i] =
                    ((double *)operands->a)[i] * ((double *)operands->b)[j];
        }
}

/* Whole pages, touched. */
static void *pages(size_t bytes)
{
    const size_t page = 4096;
    const size_t rounded = (bytes / page + 1) * page;
    void *memory = aligned_alloc(page, rounded);
    if (memory)
        memset(memory, 0, rounded);
    return memory;
}

static bool wrap(clw_context *context, clw_dtype dtype, int ndim, const int64_t shape[2],
                 const int64_t *strides, void *data, clw_array **array, clw_error *error)
{
    size_t bytes = clw_dtype_size(dtype);
    for (int axis = 0; axis < ndim; ++axis)
        bytes *= (size_t)shape[axis];
    return clw_array_wrap_host(context, dtype, ndim, shape, strides, data, bytes, NULL, NULL, array,
                               error) == CLW_OK;
}

static bool wrap_second(struct operands *operands, clw_error *error)
{
    const struct work *work = operands->work;
    const int64_t rows = (int64_t)work->rows, columns = (int64_t)work->columns;
    const int64_t size = (int64_t)clw_dtype_size(work->input);
    const int64_t transposed[2] = {size, size * rows};
    const int64_t shapes[][2] = {[PATTERN_FLAT] = {rows * columns, 1},
                                 [PATTERN_ROW] = {columns, 1},
                                 [PATTERN_COLUMN] = {rows, 1},
                                 [PATTERN_TRANSPOSED] = {rows, columns}};
    const int ndims[] = {
        [PATTERN_FLAT] = 1, [PATTERN_ROW] = 1, [PATTERN_COLUMN] = 2, [PATTERN_TRANSPOSED] = 2};
    if (work->pattern == PATTERN_SCALE)
        return true;
    return wrap(operands->context, work->input, ndims[work->pattern], shapes[work->pattern],
                work->pattern == PATTERN_TRANSPOSED ? transposed : NULL, operands->b,
                &operands->array_b, error);
}

bool operands_init(struct operands *operands, const struct work *work, clw_context *context,
                   clw_error *error)
{
    const bool flat = work->pattern == PATTERN_FLAT || work->pattern == PATTERN_SCALE;
    const size_t elements = work_elements(work);
    const int64_t flat_shape[2] = {(int64_t)elements, 1};
    const int64_t shape[2] = {(int64_t)work->rows, (int64_t)work->columns};
    *operands = (struct operands){
        .work = work,
        .context = context,
        .a = pages(input_bytes(work, elements)),
        .b = pages(input_bytes(work, work_second_elements(work))),
        .y = pages(output_bytes(work)),
        .expected = pages(output_bytes(work)),
    };
    if (!operands->a || !operands->b || !operands->y || !operands->expected) {
        *error = (clw_error){CLW_ERROR_MEMORY, "no memory for the operands"};
        operands_finish(operands);
        return false;
    }
    fill(operands->a, work->input, elements);
    fill(operands->b, work->input, work_second_elements(work));
    expect(operands);
    if (wrap(context, work->input, flat ? 1 : 2, flat ? flat_shape : shape, NULL, operands->a,
             &operands->array_a, error) &&
        wrap(context, work->output, flat ? 1 : 2, flat ? flat_shape : shape, NULL, operands->y,
             &operands->array_y, error) &&
        wrap_second(operands, error))
        return true;
    operands_finish(operands);
    return false;
}

void operands_finish(struct operands *operands)
{
    clw_array_release(operands->array_a);
    clw_array_release(operands->array_b);
    clw_array_release(operands->array_y);
    /* The memory is borrowed until the last use of the arrays, which queued work may be. */
    if (clw_finish(operands->context, NULL) == CLW_OK) {
        free(operands->a);
        free(operands->b);
        free(operands->y);
    }
    free(operands->expected);
    *operands = (struct operands){0};
}
