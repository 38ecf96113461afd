#include "tests/unit/geometry_cases.h"

enum style {
    SMALL,      /* few elements, views of ordinary arrays */
    SMALL_WILD, /* few elements, any small strides */
    MANY_AXES,  /* most of extent 1 */
    LARGE,      /* up to 2^50 elements, views of ordinary arrays */
    HUGE_WILD,  /* anything */
    STYLES
};

static const struct {
    int max_rank, one_axis_in; /* the others have extent 1 */
    int64_t most_elements;
    int max_extent_bits, wild;
} styles[STYLES] = {
    [SMALL] = {4, 1, CASE_SMALL, 2, 0},
    [SMALL_WILD] = {4, 1, CASE_SMALL, 2, 1},
    [MANY_AXES] = {CLW_MAX_NDIM, 4, INT64_C(1) << 40, 1, 0},
    [LARGE] = {6, 1, INT64_C(1) << 50, 40, 0},
    [HUGE_WILD] = {8, 1, INT64_MAX, 40, 2},
};

int64_t draw_any(struct random_stream *stream)
{
    static const int64_t ends[] = {INT64_MIN, INT64_MIN + 1, INT64_MAX, INT64_MAX - 8};
    if (one_in(stream, 16))
        return ends[random_between(stream, 0, 3)];
    const int64_t shift = random_between(stream, 1, 63);
    const int64_t value = (int64_t)(random_bits(stream) >> shift);
    return one_in(stream, 2) ? value : -value;
}

static void draw_shape(struct random_stream *stream, enum style style, struct layout *full)
{
    int64_t elements = 1;
    full->ndim = (int)random_between(stream, 0, styles[style].max_rank);
    for (int axis = 0; axis < full->ndim; axis++) {
        const int bits = (int)random_between(stream, 0, styles[style].max_extent_bits);
        int64_t extent = (INT64_C(1) << bits) + random_between(stream, bits < 2 ? 0 : -1, 1);
        if (!one_in(stream, styles[style].one_axis_in))
            extent = 1;
        if (style != HUGE_WILD && extent > styles[style].most_elements / elements)
            extent = 1;
        if (style != HUGE_WILD)
            elements *= extent;
        full->shape[axis] = extent;
    }
    if (full->ndim && one_in(stream, 32))
        full->shape[random_between(stream, 0, full->ndim - 1)] = 0;
}

static void draw_operand_shape(struct random_stream *stream, const struct layout *full,
                               struct layout *operand)
{
    const int dropped = one_in(stream, 3) ? (int)random_between(stream, 0, full->ndim) : 0;
    const int stretches = one_in(stream, 2);
    operand->ndim = full->ndim - dropped;
    for (int axis = 0; axis < operand->ndim; axis++) {
        operand->shape[axis] = full->shape[dropped + axis];
        if (stretches && one_in(stream, 3))
            operand->shape[axis] = 1;
    }
    if (operand->ndim && one_in(stream, 40)) {
        const int64_t axis = random_between(stream, 0, operand->ndim - 1);
        operand->shape[axis] = random_between(stream, -1, 7);
    }
}

/* The order of axes in memory: some in C order inside, the others anyhow. */
static void draw_order(struct random_stream *stream, int ndim, uint64_t *keys)
{
    for (int axis = 0; axis < ndim; axis++)
        keys[axis] = one_in(stream, 2) ? (uint64_t)(ndim - axis) : random_bits(stream);
}

/* Strides of a view of a C-order array whose axes were permuted by `keys`, padded and reversed. */
static void draw_view(struct random_stream *stream, const uint64_t *keys, size_t itemsize,
                      struct layout *layout)
{
    uint64_t stride = itemsize;
    const int pads = one_in(stream, 3);
    int done[CLW_MAX_NDIM] = {0};
    for (int turn = 0; turn < layout->ndim; turn++) {
        int next = -1;
        for (int axis = 0; axis < layout->ndim; axis++)
            if (!done[axis] && (next < 0 || keys[axis] < keys[next]))
                next = axis;
        done[next] = 1;
        if (pads && one_in(stream, 2))
            stride += itemsize * (uint64_t)random_between(stream, 0, 3);
        layout->strides[next] = one_in(stream, 5) ? (int64_t)(0 - stride) : (int64_t)stride;
        stride *= (uint64_t)layout->shape[next];
    }
    if (layout->ndim && one_in(stream, 16))
        layout->strides[random_between(stream, 0, layout->ndim - 1)] = 0;
}

static void draw_wild(struct random_stream *stream, int small, size_t itemsize,
                      struct layout *layout)
{
    const int64_t step = one_in(stream, 2) ? (int64_t)itemsize : 1;
    for (int axis = 0; axis < layout->ndim; axis++)
        layout->strides[axis] = small ? step * random_between(stream, -24, 24) : draw_any(stream);
}

void draw_case(struct random_stream *stream, struct geometry_case *out)
{
    static const size_t itemsizes[] = {1, 2, 4, 8, 16, 3};
    const enum style style = (enum style)random_between(stream, 0, STYLES - 1);
    struct layout full;
    draw_shape(stream, style, &full);
    uint64_t keys[CLW_MAX_NDIM];
    const int same_order = one_in(stream, 2);
    out->noperands = (int)random_between(stream, 1, CASE_OPERANDS);
    for (int k = 0; k < out->noperands; k++) {
        struct layout *const operand = &out->operands[k];
        const size_t itemsize = itemsizes[random_between(stream, 0, 5)];
        out->itemsizes[k] = itemsize;
        draw_operand_shape(stream, &full, operand);
        if (k == 0 || !same_order)
            draw_order(stream, full.ndim, keys);
        if (styles[style].wild)
            draw_wild(stream, style == SMALL_WILD, itemsize, operand);
        else
            draw_view(stream, keys + full.ndim - operand->ndim, itemsize, operand);
        out->offsets[k] = style == HUGE_WILD ? draw_any(stream) : random_between(stream, -40, 40);
    }
}

void print_case(const struct geometry_case *c)
{
    for (int k = 0; k < c->noperands; k++) {
        char shape[SHAPE_WORDS], strides[SHAPE_WORDS];
        const struct layout *const layout = &c->operands[k];
        printf("operand %d: shape %s, strides %s, offset %" PRId64 ", itemsize %zu\n", k,
               shape_words(layout->ndim, layout->shape, shape, sizeof shape),
               shape_words(layout->ndim, layout->strides, strides, sizeof strides), c->offsets[k],
               c->itemsizes[k]);
    }
}
