/* The works of clwise-layouts. */
#include "bench/layouts/layouts.h"

const char *const layout_names[LAYOUT_COUNT] = {
    [WHOLE] = "whole",           [ROW] = "row",
    [COLUMN] = "column",         [SCALAR] = "scalar",
    [TRANSPOSED] = "transposed", [REVERSED] = "reversed",
    [SECOND] = "second",         [PERMUTED] = "permuted",
    [INNER] = "inner",           [PLANES] = "planes",
    [PIXELS] = "pixels",
};

#define SQUARE                                                                                     \
    2,                                                                                             \
    {                                                                                              \
        4096, 4096                                                                                 \
    }
#define LINE                                                                                       \
    1,                                                                                             \
    {                                                                                              \
        (int64_t)1 << 24                                                                           \
    }

#define IMAGE                                                                                      \
    3,                                                                                             \
    {                                                                                              \
        2048, 2730, 3                                                                              \
    }

/* clang-format off */
#define BROADCAST(prefix, dtype, quick) \
    {prefix " a * row", "multiply", {dtype, dtype}, dtype, {WHOLE, ROW}, SQUARE, BESIDE_CONTIGUOUS, false, quick}, \
    {prefix " a * column", "multiply", {dtype, dtype}, dtype, {WHOLE, COLUMN}, SQUARE, BESIDE_CONTIGUOUS, false, false}, \
    {prefix " column * row", "multiply", {dtype, dtype}, dtype, {COLUMN, ROW}, SQUARE, BESIDE_CONTIGUOUS, false, false}, \
    {prefix " a * scalar", "multiply", {dtype, dtype}, dtype, {WHOLE, SCALAR}, SQUARE, BESIDE_CONTIGUOUS, false, false}, \
    {prefix " image * mask", "multiply", {dtype, dtype}, dtype, {WHOLE, COLUMN}, IMAGE, BESIDE_CONTIGUOUS, false, quick}, \
    {prefix " image * gains", "multiply", {dtype, dtype}, dtype, {WHOLE, ROW}, IMAGE, BESIDE_CONTIGUOUS, false, false}

#define LAYOUTS(prefix, dtype, quick) \
    {prefix " a.T + b", "add", {dtype, dtype}, dtype, {TRANSPOSED, WHOLE}, SQUARE, BESIDE_BLOCKED, false, quick}, \
    {prefix " a.T + b.T", "add", {dtype, dtype}, dtype, {TRANSPOSED, TRANSPOSED}, SQUARE, BESIDE_BLOCKED, false, false}, \
    {prefix " a[:, ::-1] + b", "add", {dtype, dtype}, dtype, {REVERSED, WHOLE}, SQUARE, BESIDE_BLOCKED, false, false}, \
    {prefix " a[:, ::2] + b[:, ::2]", "add", {dtype, dtype}, dtype, {SECOND, SECOND}, 2, {4096, 2048}, BESIDE_BLOCKED, false, false}, \
    {prefix " a.transpose(2, 1, 0) + b", "add", {dtype, dtype}, dtype, {PERMUTED, WHOLE}, 3, {256, 256, 256}, BESIDE_BLOCKED, false, false}, \
    {prefix " image + planes", "add", {dtype, dtype}, dtype, {PLANES, WHOLE}, IMAGE, BESIDE_BLOCKED, false, quick}, \
    {prefix " planes + image", "add", {dtype, dtype}, dtype, {PIXELS, WHOLE}, 3, {3, 2048, 2730}, BESIDE_BLOCKED, false, false}, \
    {prefix " a[1:-1, 1:-1] + b[...]", "add", {dtype, dtype}, dtype, {INNER, INNER}, 2, {4094, 4094}, BESIDE_BLOCKED, false, false}

const struct work works[] = {
    BROADCAST("f32", CLW_F32, true),
    BROADCAST("f64", CLW_F64, false),
    BROADCAST("u8", CLW_U8, false),
    LAYOUTS("f32", CLW_F32, true),
    LAYOUTS("f64", CLW_F64, false),
    LAYOUTS("u8", CLW_U8, false),
    {"u8 * f32", "multiply", {CLW_U8, CLW_F32}, CLW_F32, {WHOLE, WHOLE}, LINE, BESIDE_COPY, false, true},
    {"i16 + f64", "add", {CLW_I16, CLW_F64}, CLW_F64, {WHOLE, WHOLE}, LINE, BESIDE_COPY, false, false},
    {"bool * f32", "multiply", {CLW_BOOL, CLW_F32}, CLW_F32, {WHOLE, WHOLE}, LINE, BESIDE_COPY, false, false},
    {"f32 a * b where mask", "multiply", {CLW_F32, CLW_F32}, CLW_F32, {WHOLE, WHOLE}, LINE, BESIDE_COPY, true, false},
    {"f32 a < b", "less", {CLW_F32, CLW_F32}, CLW_BOOL, {WHOLE, WHOLE}, LINE, BESIDE_COPY, false, false},
    {"u8 a < b", "less", {CLW_U8, CLW_U8}, CLW_BOOL, {WHOLE, WHOLE}, LINE, BESIDE_COPY, false, false},
    {"f16 a * b", "multiply", {CLW_F16, CLW_F16}, CLW_F16, {WHOLE, WHOLE}, LINE, BESIDE_COPY, false, false},
    {"bf16 a * b", "multiply", {CLW_BF16, CLW_BF16}, CLW_BF16, {WHOLE, WHOLE}, LINE, BESIDE_COPY, false, false},
    {"f32 new output 4096", "multiply", {CLW_F32, CLW_F32}, CLW_F32, {WHOLE, WHOLE}, 1, {4096}, BESIDE_GIVEN, false, true},
    {"f32 new output 1M", "multiply", {CLW_F32, CLW_F32}, CLW_F32, {WHOLE, WHOLE}, 1, {(int64_t)1 << 20}, BESIDE_GIVEN, false, false},
    {"f32 new output 16M", "multiply", {CLW_F32, CLW_F32}, CLW_F32, {WHOLE, WHOLE}, LINE, BESIDE_GIVEN, false, false},
};
/* clang-format on */
const size_t work_count = sizeof works / sizeof *works;

size_t work_elements(const struct work *work)
{
    size_t elements = 1;
    for (int axis = 0; axis < work->ndim; ++axis)
        elements *= (size_t)work->shape[axis];
    return elements;
}
