/* Plain C with OpenMP, with plain and with streaming stores. */
#include "bench/bench.h"

#include <stdlib.h>
#include <string.h>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

/* Below this many elements waking a second thread costs more than it gains. */
#define PARALLEL_FROM 100000
/* The part that is computed in the first-level cache before it is streamed out, in bytes; every
 * work of many rows has rows of a multiple of it. */
#define BLOCK_BYTES 1024
#define TILE 16

/* One block of the output, to `y`, which is part of it or a place in the cache. */
typedef void (*block_fn)(const struct operands *operands, size_t begin, size_t count, void *y);

#define DEFINE_BLOCKS(name, type)                                                                  \
    static void flat_##name(const struct operands *operands, size_t begin, size_t count, void *y)  \
    {                                                                                              \
        const type *restrict a = (const type *)operands->a + begin;                                \
        const type *restrict b = (const type *)operands->b + begin;                                \
        type *restrict result = y;                                                                 \
        for (size_t i = 0; i < count; ++i)                                                         \
            result[i] = a[i] * b[i];                                                               \
    }

DEFINE_BLOCKS(f32, float)
DEFINE_BLOCKS(f64, double)

static void row_f32(const struct operands *operands, size_t begin, size_t count, void *y)
{
    const float *restrict a = (const float *)operands->a + begin;
    const float *restrict b = (const float *)operands->b + begin % operands->work->columns;
    float *restrict result = y;
    for (size_t i = 0; i < count; ++i)
        result[i] = a[i] * b[i];
}

static void column_f32(const struct operands *operands, size_t begin, size_t count, void *y)
{
    const float *restrict a = (const float *)operands->a + begin;
    const float factor = ((const float *)operands->b)[begin / operands->work->columns];
    float *restrict result = y;
    for (size_t i = 0; i < count; ++i)
        result[i] = a[i] * factor;
}

static void scale_f32(const struct operands *operands, size_t begin, size_t count, void *y)
{
    const uint8_t *restrict a = (const uint8_t *)operands->a + begin;
    float *restrict result = y;
    for (size_t i = 0; i < count; ++i)
        result[i] = (float)a[i] / 255.0f;
}

/* Rows [tile, tile + TILE) in square tiles; streaming stores would need whole lines of y. */
static void transposed_f32(const struct operands *operands, size_t first_row)
{
    const size_t rows = operands->work->rows, columns = operands->work->columns;
    const float *restrict a = operands->a;
    const float *restrict b = operands->b;
    float *restrict y = operands->y;
    for (size_t tile = 0; tile < columns; tile += TILE)
        for (size_t r = first_row; r < first_row + TILE; ++r)
            for (size_t c = tile; c < tile + TILE; ++c)
                y[r * columns + c] = a[r * columns + c] * b[c * rows + r];
}

struct state {
    const struct operands *operands;
    block_fn block; /* NULL: transposed */
    bool streaming;
};

static block_fn find_block(const struct work *work)
{
    static const struct {
        enum pattern pattern;
        clw_dtype output;
        block_fn block;
    } blocks[] = {
        {PATTERN_FLAT, CLW_F32, flat_f32},   {PATTERN_FLAT, CLW_F64, flat_f64},
        {PATTERN_ROW, CLW_F32, row_f32},     {PATTERN_COLUMN, CLW_F32, column_f32},
        {PATTERN_SCALE, CLW_F32, scale_f32},
    };
    for (size_t i = 0; i < sizeof blocks / sizeof *blocks; ++i)
        if (blocks[i].pattern == work->pattern && blocks[i].output == work->output)
            return blocks[i].block;
    return NULL;
}

static void *open_with(const struct operands *operands, bool streaming)
{
    clw_device_info device = {.struct_size = sizeof device};
    const block_fn block = find_block(operands->work);
    if (!block && (operands->work->pattern != PATTERN_TRANSPOSED || streaming))
        return NULL;
    /* Elsewhere the wrapped memory is not where the arrays are, and the comparison says nothing. */
    if (clw_context_device(operands->context, &device, NULL) || !device.is_cpu)
        return NULL;
    struct state *state = malloc(sizeof *state);
    if (state)
        *state = (struct state){operands, block, streaming};
    return state;
}

static void *open_plain(const struct operands *operands)
{
    return open_with(operands, false);
}

#ifdef __SSE2__
static void *open_streaming(const struct operands *operands)
{
    return open_with(operands, true);
}

static void stream(void *to, const void *from, size_t bytes)
{
    for (size_t i = 0; i < bytes; i += sizeof(__m128i))
        _mm_stream_si128((__m128i *)((char *)to + i),
                         _mm_load_si128((const __m128i *)((const char *)from + i)));
}
#else
static void *open_streaming(const struct operands *operands)
{
    (void)operands;
    return NULL;
}

static void stream(void *to, const void *from, size_t bytes)
{
    memcpy(to, from, bytes);
}
#endif

static void run_block(const struct state *state, size_t begin, size_t count, size_t size)
{
    char *y = (char *)state->operands->y + begin * size;
    if (state->streaming) {
        _Alignas(64) char block[BLOCK_BYTES];
        state->block(state->operands, begin, count, block);
        stream(y, block, count * size);
    } else {
        state->block(state->operands, begin, count, y);
    }
}

static bool run(void *opaque)
{
    const struct state *state = opaque;
    const struct work *work = state->operands->work;
    const size_t elements = work_elements(work), size = clw_dtype_size(work->output);
    const size_t count = BLOCK_BYTES / size;
    if (!state->block) {
#pragma omp parallel for schedule(static)
        for (size_t row = 0; row < work->rows; row += TILE)
            transposed_f32(state->operands, row);
        return true;
    }
#pragma omp parallel for schedule(static) if (elements >= PARALLEL_FROM)
    for (size_t begin = 0; begin < elements; begin += count)
        run_block(state, begin, elements - begin < count ? elements - begin : count, size);
    return true;
}

static bool read_result(void *opaque, void *y)
{
    const struct state *state = opaque;
    const struct work *work = state->operands->work;
    memcpy(y, state->operands->y, work_elements(work) * clw_dtype_size(work->output));
    return true;
}

const struct peer peer_c = {"C", open_plain, run, read_result, free};
const struct peer peer_c_streaming = {"C streaming", open_streaming, run, read_result, free};
