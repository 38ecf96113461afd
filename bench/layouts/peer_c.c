/* C with OpenMP, written by hand: sums of arrays that lie unlike their output, in blocks, and a
 * copy with streaming stores. */
#include "bench/layouts/layouts.h"
#include "bench/memory.h"

#include <stdlib.h>
#include <string.h>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

/* Rows and columns of a block. Every work of whole blocks; other works are walked row by row. */
enum { BLOCK = 32, SMALL_BLOCK = 16 };

struct state {
    const struct operands *operands;
    void (*sum)(const void *a, const void *b, void *y, const int64_t *shape);
    void *from, *to; /* of the copy */
    size_t bytes;
};

/* Loops over blocks of two axes, then over a block: `inner` is r or c, and `outer` the other one.
 */
#define DEFINE_BLOCKED(function, type, block, outer, inner, sum)                                   \
    static void function(const void *a_, const void *b_, void *y_, const int64_t *shape)           \
    {                                                                                              \
        const type *restrict a = a_, *restrict b = b_;                                             \
        type *restrict y = y_;                                                                     \
        const int64_t rows = shape[0], columns = shape[1];                                         \
        _Pragma("omp parallel for schedule(static)") for (                                         \
            int64_t r0 = 0; r0 < rows;                                                             \
            r0 += block) for (int64_t c0 = 0; c0 < columns;                                        \
                              c0 += block) for (int64_t outer = outer##0;                          \
                                                outer < outer##0 + block;                          \
                                                ++outer) for (int64_t inner = inner##0;            \
                                                              inner < inner##0 + block; ++inner)   \
            y[r * columns + c] = (type)(sum);                                                      \
    }

/* Of axes i and k, which change places; j stays. */
#define DEFINE_PERMUTED(function, type, outer, inner)                                              \
    static void function(const void *a_, const void *b_, void *y_, const int64_t *shape)           \
    {                                                                                              \
        const type *restrict a = a_, *restrict b = b_;                                             \
        type *restrict y = y_;                                                                     \
        const int64_t l = shape[0], m = shape[1], n = shape[2];                                    \
        _Pragma("omp parallel for schedule(static)") for (                                         \
            int64_t i0 = 0; i0 < l;                                                                \
            i0 += BLOCK) for (int64_t j = 0; j < m;                                                \
                              ++j) for (int64_t k0 = 0; k0 < n;                                    \
                                        k0 += BLOCK) for (int64_t outer = outer##0;                \
                                                          outer < outer##0 + BLOCK;                \
                                                          ++outer) for (int64_t inner = inner##0;  \
                                                                        inner < inner##0 + BLOCK;  \
                                                                        ++inner)                   \
            y[(i * m + j) * n + k] = (type)(a[(k * m + j) * l + i] + b[(i * m + j) * n + k]);      \
    }

/* The innermost loop is along y, or, in those called down, along a. */
#define DEFINE_SUMS(name, type)                                                                    \
    DEFINE_BLOCKED(transposed_##name, type, BLOCK, r, c, a[c * rows + r] + b[r * columns + c])     \
    DEFINE_BLOCKED(transposed_down_##name, type, BLOCK, c, r,                                      \
                   a[c * rows + r] + b[r * columns + c])                                           \
    DEFINE_BLOCKED(both_##name, type, SMALL_BLOCK, r, c, a[c * rows + r] + b[c * rows + r])        \
    DEFINE_BLOCKED(both_down_##name, type, SMALL_BLOCK, c, r, a[c * rows + r] + b[c * rows + r])   \
    DEFINE_PERMUTED(permuted_##name, type, i, k)                                                   \
    DEFINE_PERMUTED(permuted_down_##name, type, k, i)                                              \
    static void reversed_##name(const void *a_, const void *b_, void *y_, const int64_t *shape)    \
    {                                                                                              \
        const int64_t rows = shape[0], columns = shape[1];                                         \
        _Pragma("omp parallel for schedule(static)") for (int64_t r = 0; r < rows; ++r)            \
        {                                                                                          \
            const type *restrict a = (const type *)a_ + r * columns;                               \
            const type *restrict b = (const type *)b_ + r * columns;                               \
            type *restrict y = (type *)y_ + r * columns;                                           \
            for (int64_t c = 0; c < columns; ++c)                                                  \
                y[c] = (type)(a[columns - 1 - c] + b[c]);                                          \
        }                                                                                          \
    }                                                                                              \
    static void second_##name(const void *a_, const void *b_, void *y_, const int64_t *shape)      \
    {                                                                                              \
        const int64_t rows = shape[0], columns = shape[1];                                         \
        _Pragma("omp parallel for schedule(static)") for (int64_t r = 0; r < rows; ++r)            \
        {                                                                                          \
            const type *restrict a = (const type *)a_ + r * columns * 2;                           \
            const type *restrict b = (const type *)b_ + r * columns * 2;                           \
            type *restrict y = (type *)y_ + r * columns;                                           \
            for (int64_t c = 0; c < columns; ++c)                                                  \
                y[c] = (type)(a[2 * c] + b[2 * c]);                                                \
        }                                                                                          \
    }                                                                                              \
    static void planes_##name(const void *a_, const void *b_, void *y_, const int64_t *shape)      \
    {                                                                                              \
        const type *restrict a = a_, *restrict b = b_;                                             \
        type *restrict y = y_;                                                                     \
        const int64_t pixels = shape[0] * shape[1];                                                \
        _Pragma("omp parallel for schedule(static)") for (int64_t i = 0; i < pixels; ++i)          \
        {                                                                                          \
            y[3 * i] = (type)(a[i] + b[3 * i]);                                                    \
            y[3 * i + 1] = (type)(a[pixels + i] + b[3 * i + 1]);                                   \
            y[3 * i + 2] = (type)(a[2 * pixels + i] + b[3 * i + 2]);                               \
        }                                                                                          \
    }                                                                                              \
    static void pixels_##name(const void *a_, const void *b_, void *y_, const int64_t *shape)      \
    {                                                                                              \
        const type *restrict a = a_, *restrict b = b_;                                             \
        type *restrict y = y_;                                                                     \
        const int64_t pixels = shape[1] * shape[2];                                                \
        _Pragma("omp parallel for schedule(static)") for (int64_t i = 0; i < pixels; ++i)          \
        {                                                                                          \
            y[i] = (type)(a[3 * i] + b[i]);                                                        \
            y[pixels + i] = (type)(a[3 * i + 1] + b[pixels + i]);                                  \
            y[2 * pixels + i] = (type)(a[3 * i + 2] + b[2 * pixels + i]);                          \
        }                                                                                          \
    }                                                                                              \
    static void inner_##name(const void *a_, const void *b_, void *y_, const int64_t *shape)       \
    {                                                                                              \
        const int64_t rows = shape[0], columns = shape[1], line = columns + 2;                     \
        _Pragma("omp parallel for schedule(static)") for (int64_t r = 0; r < rows; ++r)            \
        {                                                                                          \
            const type *restrict a = (const type *)a_ + (r + 1) * line + 1;                        \
            const type *restrict b = (const type *)b_ + (r + 1) * line + 1;                        \
            type *restrict y = (type *)y_ + r * columns;                                           \
            for (int64_t c = 0; c < columns; ++c)                                                  \
                y[c] = (type)(a[c] + b[c]);                                                        \
        }                                                                                          \
    }

DEFINE_SUMS(f32, float)
DEFINE_SUMS(f64, double)
DEFINE_SUMS(u8, uint8_t)

#define SUMS(dtype, name)                                                                          \
    {dtype, TRANSPOSED, WHOLE, {transposed_##name, transposed_down_##name}},                       \
        {dtype, TRANSPOSED, TRANSPOSED, {both_##name, both_down_##name}},                          \
        {dtype, PERMUTED, WHOLE, {permuted_##name, permuted_down_##name}},                         \
        {dtype, REVERSED, WHOLE, {reversed_##name, NULL}},                                         \
        {dtype, SECOND, SECOND, {second_##name, NULL}},                                            \
        {dtype, PLANES, WHOLE, {planes_##name, NULL}},                                             \
        {dtype, PIXELS, WHOLE, {pixels_##name, NULL}},                                             \
    {                                                                                              \
        dtype, INNER, INNER,                                                                       \
        {                                                                                          \
            inner_##name, NULL                                                                     \
        }                                                                                          \
    }

static const struct {
    clw_dtype dtype;
    enum layout first, second;
    void (*orders[2])(const void *a, const void *b, void *y, const int64_t *shape);
} sums[] = {SUMS(CLW_F32, f32), SUMS(CLW_F64, f64), SUMS(CLW_U8, u8)};

static bool shares_memory(const struct operands *operands)
{
    clw_device_info device = {.struct_size = sizeof device};
    return clw_context_device(operands->context, &device, NULL) == CLW_OK && device.is_cpu;
}

static void *open_order(const struct operands *operands, int order)
{
    const struct work *work = operands->work;
    if (work->beside != BESIDE_BLOCKED || !shares_memory(operands))
        return NULL;
    for (size_t i = 0; i < sizeof sums / sizeof *sums; ++i)
        if (sums[i].dtype == work->out && sums[i].first == work->layouts[0] &&
            sums[i].second == work->layouts[1] && sums[i].orders[order]) {
            struct state *state = calloc(1, sizeof *state);
            if (state)
                *state = (struct state){.operands = operands, .sum = sums[i].orders[order]};
            return state;
        }
    return NULL;
}

static void *open_blocked(const struct operands *operands)
{
    return open_order(operands, 0);
}

static void *open_other_order(const struct operands *operands)
{
    return open_order(operands, 1);
}

static bool run_sum(void *opaque)
{
    const struct state *state = opaque;
    state->sum(state->operands->in[0], state->operands->in[1], state->operands->y,
               state->operands->work->shape);
    return true;
}

static bool read_result(void *opaque, void *y)
{
    return read_memory(((const struct state *)opaque)->operands, y);
}

static void close_state(void *opaque)
{
    struct state *state = opaque;
    free(state->from);
    free(state->to);
    free(state);
}

/* As many bytes as the work moves, half of them read and half written. */
static void *open_copy(const struct operands *operands)
{
    struct state *state = operands->work->beside == BESIDE_COPY && shares_memory(operands)
                              ? calloc(1, sizeof *state)
                              : NULL;
    if (!state)
        return NULL;
    state->bytes = (size_t)(operands_bytes(operands) / 2) / 4096 * 4096;
    state->from = memory_pages(state->bytes);
    state->to = memory_pages(state->bytes);
    if (state->from && state->to)
        return state;
    close_state(state);
    return NULL;
}

static void copy_page(char *to, const char *from)
{
#ifdef __SSE2__
    for (size_t i = 0; i < 4096; i += sizeof(__m128i))
        _mm_stream_si128((__m128i *)(void *)(to + i),
                         _mm_load_si128((const __m128i *)(const void *)(from + i)));
#else
    memcpy(to, from, 4096);
#endif
}

static bool run_copy(void *opaque)
{
    const struct state *state = opaque;
#pragma omp parallel for schedule(static)
    for (size_t at = 0; at < state->bytes; at += 4096)
        copy_page((char *)state->to + at, (const char *)state->from + at);
    return true;
}

const struct peer peer_c_copy = {"C copy", open_copy, run_copy, NULL, close_state, NULL};
const struct peer peer_c_blocked = {"C", open_blocked, run_sum, read_result, close_state, NULL};
const struct peer peer_c_other_order = {"C other order", open_other_order, run_sum,
                                        read_result,     close_state,      NULL};
