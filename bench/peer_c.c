/* Plain C with OpenMP, with plain and with streaming stores. */
#include "bench/bench.h"

#include <omp.h>
#include <stdlib.h>
#include <string.h>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

/* The part that is computed in the first-level cache before it is streamed out, in bytes. */
#define BLOCK_BYTES 1024
/* One thread only where more would wait for each other, in elements. */
#define ALONE_TO ((size_t)1 << 20)

/* Elements [begin, begin + count), to `y`, which is part of the output or a place in the cache. */
typedef void (*block_fn)(const struct operands *operands, size_t begin, size_t count, void *y);

#define DEFINE_BLOCK(name, type)                                                                   \
    static void block_##name(const struct operands *operands, size_t begin, size_t count, void *y) \
    {                                                                                              \
        const type *restrict a = (const type *)operands->a + begin;                                \
        const type *restrict b = (const type *)operands->b + begin;                                \
        type *restrict result = y;                                                                 \
        for (size_t i = 0; i < count; ++i)                                                         \
            result[i] = (type)(a[i] * b[i]);                                                       \
    }

DEFINE_BLOCK(f32, float)
DEFINE_BLOCK(f64, double)
DEFINE_BLOCK(u8, uint8_t)

static void block_c64(const struct operands *operands, size_t begin, size_t count, void *y)
{
    const float *restrict a = (const float *)operands->a + 2 * begin;
    const float *restrict b = (const float *)operands->b + 2 * begin;
    float *restrict result = y;
    for (size_t i = 0; i < 2 * count; i += 2) {
        result[i] = a[i] * b[i] - a[i + 1] * b[i + 1];
        result[i + 1] = a[i] * b[i + 1] + a[i + 1] * b[i];
    }
}

struct state {
    const struct operands *operands;
    block_fn block;
    bool streaming;
};

static void *open_with(const struct operands *operands, bool streaming)
{
    static const block_fn blocks[CLW_DTYPE_COUNT] = {
        [CLW_F32] = block_f32, [CLW_F64] = block_f64, [CLW_U8] = block_u8, [CLW_C64] = block_c64};
    clw_device_info device = {.struct_size = sizeof device};
    /* Elsewhere the wrapped memory is not where the arrays are, and the comparison says nothing. */
    if (clw_context_device(operands->context, &device, NULL) || !device.is_cpu)
        return NULL;
    struct state *state = malloc(sizeof *state);
    if (state)
        *state = (struct state){operands, blocks[operands->work->dtype], streaming};
    return state;
}

static void *open_plain(const struct operands *operands)
{
    return open_with(operands, false);
}

static void *open_one(const struct operands *operands)
{
    return operands->work->elements <= ALONE_TO ? open_with(operands, false) : NULL;
}

#ifdef __SSE2__
/* Stores are of 16 bytes. */
static void *open_streaming(const struct operands *operands)
{
    return work_array_bytes(operands->work) % BLOCK_BYTES ? NULL : open_with(operands, true);
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

static void run_part(const struct state *state, size_t begin, size_t end)
{
    const size_t size = clw_dtype_size(state->operands->work->dtype);
    const size_t whole = BLOCK_BYTES / size;
    char *y = state->operands->y;
    if (!state->streaming) {
        state->block(state->operands, begin, end - begin, y + begin * size);
        return;
    }
    for (; begin < end; begin += whole) {
        _Alignas(64) char block[BLOCK_BYTES];
        state->block(state->operands, begin, whole, block);
        stream(y + begin * size, block, BLOCK_BYTES);
    }
}

/* A part for each thread, of whole blocks. */
static bool run(void *opaque)
{
    const struct state *state = opaque;
    const size_t elements = state->operands->work->elements;
    const size_t whole = BLOCK_BYTES / clw_dtype_size(state->operands->work->dtype);
    const size_t blocks = (elements + whole - 1) / whole;
#pragma omp parallel
    {
        const size_t threads = (size_t)omp_get_num_threads(), self = (size_t)omp_get_thread_num();
        const size_t begin = blocks * self / threads * whole;
        const size_t end = blocks * (self + 1) / threads * whole;
        run_part(state, begin, end < elements ? end : elements);
    }
    return true;
}

static bool run_one(void *opaque)
{
    const struct state *state = opaque;
    run_part(state, 0, state->operands->work->elements);
    return true;
}

static bool read_result(void *opaque, void *y)
{
    const struct state *state = opaque;
    memcpy(y, state->operands->y, work_array_bytes(state->operands->work));
    return true;
}

const struct peer peer_c = {"C", open_plain, run, read_result, free, NULL};
const struct peer peer_c_one = {"C, one thread", open_one, run_one, read_result, free, NULL};
const struct peer peer_c_streaming = {"C streaming", open_streaming, run, read_result, free, NULL};
